import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConsoleError } from '../../../core/shared/problem.ts';
import { refuseStream, THIS_SYSTEM, type FileSystem } from '../../../core/node/durable-replace.ts';
import { createFiles } from '../../../core/node/files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const files = createFiles();
const ROOM = 1_000;

async function catchProblem(action: Promise<unknown>): Promise<unknown> {
  try {
    await action;
  } catch (error) {
    if (error instanceof ConsoleError) return { code: error.code, ...error.params };
    throw error;
  }
  return 'none';
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/**
 * Returns a function that rejects its first `times` calls, cycling through these codes, and then performs the action.
 */
function refuseFirst<A extends unknown[], R>(
  action: (...given: A) => Promise<R>,
  times: number,
  codes: readonly string[],
): (...given: A) => Promise<R> {
  let refused = 0;
  return (...given) => {
    if (refused === times) return action(...given);
    refused += 1;
    return Promise.reject(failure(codes[refused % codes.length] ?? ''));
  };
}

/** Imitates a system on which pauses take no time and are added up. */
function makeFiles(system: Partial<FileSystem>) {
  let waited = 0;
  const told: string[] = [];
  const own = createFiles({
    system: {
      ...THIS_SYSTEM,
      pause: (ms) => {
        waited += ms;
        return Promise.resolve();
      },
      ...system,
    },
    waiting: (path) => told.push(path),
  });
  return { files: own, told, waitedMs: () => waited };
}

describe('a name with a colon', () => {
  test.each(['plan:today.ps1', 'C:plan:today.ps1', String.raw`C:\arc\plan:today.ps1`, 'plan.ps1:'])(
    'is rejected on Windows, which would hide the content: %s',
    async (name) => {
      const folder = temporaryFolder();
      const { files: own } = makeFiles({ platform: 'win32' });
      expect(await catchProblem(own.replace(name, 'content'))).toMatchObject({ path: name });
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  test('is a name like any other elsewhere', async () => {
    const path = join(temporaryFolder(), 'plan:today.ps1');
    await makeFiles({ platform: 'linux' }).files.replace(path, 'content');
    expect(readFileSync(path, 'utf8')).toBe('content');
  });

  test.each([String.raw`C:\arc\a.ps1`, String.raw`\\?\C:\arc\a.ps1`, 'C:a.ps1'])('may name a drive: %s', (path) => {
    expect(() => refuseStream(path, { platform: 'win32' })).not.toThrow();
  });
});

describe('a file that another program holds open', () => {
  const WINDOWS = { platform: 'win32' };
  const ALWAYS = Infinity;

  test('is replaced without a message if it is released after a moment', async () => {
    const path = join(temporaryFolder(), 'a');
    const own = makeFiles({ ...WINDOWS, rename: refuseFirst(rename, 3, ['EPERM', 'EBUSY', 'EACCES']) });
    await own.files.replace(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(own.told).toEqual([]);
  });

  test('is replaced with one message about the wait if it is released after half a minute', async () => {
    const path = join(temporaryFolder(), 'a');
    const own = makeFiles({ ...WINDOWS, rename: refuseFirst(rename, 37, ['EPERM']) });
    await own.files.replace(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(own.told).toEqual([path]);
    expect(own.waitedMs()).toBeGreaterThan(29_000);
  });

  test('is not replaced after a minute and keeps its old content', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a');
    writeFileSync(path, 'old');
    const own = makeFiles({ ...WINDOWS, rename: refuseFirst(rename, ALWAYS, ['EACCES']) });
    expect(await catchProblem(own.files.replace(path, 'new'))).toMatchObject({ reason: 'EACCES' });
    expect(own.waitedMs()).toBeGreaterThanOrEqual(60_000);
    expect(own.waitedMs()).toBeLessThan(62_000);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  test('is awaited when it is read in the data folder, but not when it is read elsewhere', async () => {
    const path = join(temporaryFolder(), 'a');
    writeFileSync(path, 'content');
    const busy = (): FileSystem['openToRead'] => refuseFirst(THIS_SYSTEM.openToRead, 20, ['EBUSY']);
    const own = makeFiles({ ...WINDOWS, openToRead: busy() });
    expect(Buffer.from(await own.files.read(path, ROOM, { waits: true })).toString()).toBe('content');
    const foreign = makeFiles({ ...WINDOWS, openToRead: busy() });
    expect(await catchProblem(foreign.files.read(path, ROOM))).toMatchObject({ reason: 'EBUSY' });
    expect(foreign.waitedMs()).toBe(0);
    const part = makeFiles({ ...WINDOWS, openToRead: busy() });
    expect(await part.files.readPart(path, { from: 0, to: 2 })).toHaveLength(2);
  });

  test('gets appended text exactly once, after its release', async () => {
    const path = join(temporaryFolder(), 'a');
    writeFileSync(path, '1\n');
    const own = makeFiles({ ...WINDOWS, open: refuseFirst(open, 20, ['EBUSY']) });
    await own.files.append(path, '2\n');
    expect(readFileSync(path, 'utf8')).toBe('1\n2\n');
  });

  test('cannot be opened without permission, and the error comes within six seconds', async () => {
    const path = join(temporaryFolder(), 'a');
    writeFileSync(path, '');
    const refused = refuseFirst(open, ALWAYS, ['EPERM']);
    const openToRead = refuseFirst(THIS_SYSTEM.openToRead, ALWAYS, ['EPERM']);
    const own = makeFiles({ ...WINDOWS, open: refused, openToRead });
    expect(await catchProblem(own.files.read(path, ROOM, { waits: true }))).toMatchObject({
      code: 'file.not-readable',
    });
    expect(await catchProblem(own.files.append(path, 'x'))).toMatchObject({ code: 'file.not-writable' });
    expect(own.waitedMs()).toBeLessThan(6_000);
  });
});

describe('fenced files', () => {
  const throwLockLost = (): never => {
    throw new ConsoleError('store.lock-lost', { path: '/data' });
  };

  test('can be read but not changed once the fence is closed', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a');
    writeFileSync(path, 'old');
    const own = files.createFenced(throwLockLost);
    const changes = [
      () => own.replace(path, 'new'),
      () => own.replace(path, 'new', { keepPrevious: true }),
      () => own.append(path, 'more'),
      () => own.shorten(path, 0),
      () => own.move(path, join(folder, 'b')),
      () => own.remove(path),
      () => own.removeFolder(folder),
      () => own.createFolder(join(folder, 'new')),
    ];
    for (const change of changes)
      expect(await catchProblem(change())).toEqual({ code: 'store.lock-lost', path: '/data' });
    expect(readdirSync(folder)).toEqual(['a']);
    expect(Buffer.from(await own.read(path, ROOM)).toString()).toBe('old');
  });

  test('are not changed if the fence closes during the wait for another program', async () => {
    const path = join(temporaryFolder(), 'a');
    let asked = 0;
    const held = makeFiles({
      platform: 'win32',
      renameSync: () => {
        throw failure('EPERM');
      },
    });
    const own = held.files.createFenced(() => {
      asked += 1;
      if (asked === 3) throwLockLost();
    });
    expect(await catchProblem(own.replace(path, 'new'))).toMatchObject({ code: 'store.lock-lost' });
    expect(existsSync(path)).toBe(false);
  });
});

describe('reading', () => {
  test('a file is read completely, up to the limit and not beyond', async () => {
    const path = join(temporaryFolder(), 'a');
    writeFileSync(path, 'x'.repeat(100));
    expect(await files.read(path, 100)).toEqual(new Uint8Array(100).fill(120));
    expect(await catchProblem(files.read(path, 99))).toEqual({ code: 'file.too-large', path, limitBytes: 99 });
  });

  test('an empty file has no content', async () => {
    const path = join(temporaryFolder(), 'a');
    writeFileSync(path, '');
    expect(await files.read(path, 0)).toEqual(new Uint8Array());
  });

  test.runIf(existsSync('/proc/self/status'))(
    'a file without a stated size is read to its end, up to the limit',
    async () => {
      const content = await files.read('/proc/self/status', 100_000);
      expect(Buffer.from(content).toString()).toContain('VmRSS');
      expect(await catchProblem(files.read('/proc/self/status', 50))).toMatchObject({ code: 'file.too-large' });
    },
  );

  test.each([
    ['has grown', 3],
    ['has shrunk', 300],
    ['is unchanged', 100],
  ])('a file that %s since its size was read is read completely, up to the limit', async (_how, expectedBytes) => {
    const path = join(temporaryFolder(), 'a');
    writeFileSync(path, 'x'.repeat(100));
    expect(await files.read(path, ROOM, { expectedBytes })).toEqual(new Uint8Array(100).fill(120));
    expect(await catchProblem(files.read(path, 99, { expectedBytes }))).toMatchObject({ code: 'file.too-large' });
  });

  test('returns the same content in a process without other work, which still handles pending events', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a');
    writeFileSync(path, 'content');
    const alone = createFiles({ isAlone: true });
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    for (let time = 0; time < 3_000; time += 1)
      expect(Buffer.from(await alone.read(path, ROOM, { waits: true })).toString()).toBe('content');
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
    expect(await catchProblem(alone.read(path, 6, { waits: true }))).toMatchObject({ code: 'file.too-large' });
    expect(await catchProblem(alone.read(folder, ROOM, { waits: true }))).toMatchObject({ code: 'file.not-readable' });
    const absent = alone.read(join(folder, 'b'), ROOM, { waits: true });
    expect(await catchProblem(absent)).toMatchObject({ code: 'file.not-found' });
  });

  test('reading a part stops at the end of the file', async () => {
    const path = join(temporaryFolder(), 'a');
    writeFileSync(path, '0123456789');
    const part = async (from: number, to: number): Promise<string> =>
      Buffer.from(await files.readPart(path, { from, to })).toString();
    expect(await part(2, 5)).toBe('234');
    expect(await part(8, 20)).toBe('89');
    expect(await part(10, 20)).toBe('');
    expect(await catchProblem(files.readPart(`${path}b`, { from: 0, to: 1 }))).toMatchObject({
      code: 'file.not-found',
    });
  });

  test('a path that does not exist or is below a file is not found', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a'), '');
    for (const path of [join(folder, 'b'), join(folder, 'a', 'b')]) {
      expect(await catchProblem(files.read(path, ROOM))).toMatchObject({ code: 'file.not-found', path });
      expect(await catchProblem(files.facts(path))).toMatchObject({ code: 'file.not-found', path });
      expect(await catchProblem(files.list(path))).toMatchObject({ code: 'file.not-found', path });
    }
  });

  test('a folder cannot be read as a file', async () => {
    const path = temporaryFolder();
    expect(await catchProblem(files.read(path, ROOM))).toMatchObject({ code: 'file.not-readable', path });
  });

  test.skipIf(process.platform === 'win32')('a pipe without a writer is rejected immediately', async () => {
    const path = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [path]);
    expect(await catchProblem(files.read(path, ROOM))).toMatchObject({ code: 'file.not-readable' });
    expect(await files.facts(path)).toMatchObject({ kind: 'other' });
  });
});

describe('file information', () => {
  test('includes kind, size and last change, even through a link', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a');
    writeFileSync(path, 'abc', { mode: 0o640 });
    utimesSync(path, 1_700_000_000.9, 1_700_000_000.9);
    symlinkSync(path, join(folder, 'link'));
    const expected = { kind: 'file', size: 3, modified: '2023-11-14T22:13:20Z', mode: 0o640 };
    expect(await files.facts(path)).toEqual({ path, ...expected });
    expect(await files.facts(join(folder, 'link'))).toMatchObject(expected);
    expect(await files.facts(folder)).toMatchObject({ kind: 'folder', size: 0 });
  });

  test('names in a folder are sorted by code point', async () => {
    const folder = temporaryFolder();
    const names = ['B', 'a', 'z', 'ä', '日本', '\uffee', '𠮷'];
    for (const name of [...names].reverse()) writeFileSync(join(folder, name), '');
    expect(await files.list(folder)).toEqual(names);
    expect(await files.entries(folder)).toEqual(names.map((name) => ({ name, kind: 'file' })));
  });

  test('states whether each entry of a folder is a file or a folder', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'folder'));
    writeFileSync(join(folder, 'file'), '');
    expect(await files.entries(folder)).toEqual([
      { name: 'file', kind: 'file' },
      { name: 'folder', kind: 'folder' },
    ]);
    expect(await catchProblem(files.entries(join(folder, 'file')))).toMatchObject({ code: 'file.not-found' });
  });

  test('says of a link neither that it is a folder nor that it is a file', async () => {
    const folder = temporaryFolder();
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'link'));
    expect(await files.entries(folder)).toEqual([{ name: 'link' }]);
  });

  test.each([
    ['/pki/ca.crt', 'ca.crt'],
    ['C:\\pki\\ca.crt', 'ca.crt'],
    ['\\\\server\\share\\ca.crt', 'ca.crt'],
    ['/pki/folder/', 'folder'],
    ['ca.crt', 'ca.crt'],
    ['/', ''],
  ])('the name of %s is %s', (path, name) => {
    expect(files.fileName(path)).toBe(name);
  });
});

describe('replacing a file', () => {
  test('a new file has its content and mode 0600', async () => {
    const path = join(temporaryFolder(), 'a');
    await files.replace(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('a file that others could read is replaced by one that they cannot read', async () => {
    const path = join(temporaryFolder(), 'a');
    writeFileSync(path, 'old');
    chmodSync(path, 0o644);
    await files.replace(path, new Uint8Array([1, 2]));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path)).toEqual(Buffer.from([1, 2]));
  });

  test('exactly one previous copy is kept if requested', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a');
    for (const content of ['1', '2', '3']) await files.replace(path, content, { keepPrevious: true });
    expect(readFileSync(path, 'utf8')).toBe('3');
    expect(readFileSync(`${path}.previous`, 'utf8')).toBe('2');
    await files.replace(path, '4');
    expect(readFileSync(`${path}.previous`, 'utf8')).toBe('2');
    expect(readdirSync(folder)).toEqual(['a', 'a.previous']);
  });

  test('an old hard link that a killed process left as the previous copy is replaced', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a');
    writeFileSync(path, '1');
    linkSync(path, `${path}.previous`);
    await files.replace(path, '2', { keepPrevious: true });
    expect(readFileSync(`${path}.previous`, 'utf8')).toBe('1');
    expect(readdirSync(folder)).toEqual(['a', 'a.previous']);
  });

  test('on a file system without links, the previous content is copied', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a');
    const own = makeFiles({ platform: 'linux', link: () => Promise.reject(failure('EPERM')) }).files;
    for (const content of ['1', '2', '3']) await own.replace(path, content, { keepPrevious: true });
    expect(readFileSync(`${path}.previous`, 'utf8')).toBe('2');
    expect(statSync(`${path}.previous`).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['a', 'a.previous']);
  });

  test('on systems other than Windows, a refused rename fails immediately and leaves nothing behind', async () => {
    const folder = temporaryFolder();
    const refuse = refuseFirst(rename, 1, ['EPERM']);
    const { files: own, waitedMs } = makeFiles({ platform: 'linux', rename: refuse });
    expect(await catchProblem(own.replace(join(folder, 'a'), 'new'))).toMatchObject({ reason: 'EPERM' });
    expect(waitedMs()).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('writing to a folder that does not exist fails with a reason', async () => {
    const path = join(temporaryFolder(), 'none', 'a');
    expect(await catchProblem(files.replace(path, 'content'))).toEqual({
      code: 'file.not-writable',
      path,
      reason: 'ENOENT',
    });
  });

  test('twenty simultaneous replacements leave the complete content of one of them', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a');
    const contents = Array.from({ length: 20 }, (_, at) => String(at).repeat(5_000));
    await Promise.all(contents.map((content) => files.replace(path, content)));
    expect(contents).toContain(readFileSync(path, 'utf8'));
    expect(readdirSync(folder)).toEqual(['a']);
  });
});

describe('moving, removing, creating', () => {
  test('a file can be moved to another folder and replaces a file with the same name there', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'to'));
    writeFileSync(join(folder, 'a'), 'new');
    writeFileSync(join(folder, 'to', 'a'), 'old');
    await files.move(join(folder, 'a'), join(folder, 'to', 'a'));
    expect(readFileSync(join(folder, 'to', 'a'), 'utf8')).toBe('new');
    expect(existsSync(join(folder, 'a'))).toBe(false);
  });

  test('moving or removing a missing file is an error', async () => {
    const path = join(temporaryFolder(), 'a');
    expect(await catchProblem(files.move(path, `${path}2`))).toMatchObject({ code: 'file.not-found', path });
    expect(await catchProblem(files.remove(path))).toMatchObject({ code: 'file.not-found', path });
  });

  test('a removed file no longer exists', async () => {
    const path = join(temporaryFolder(), 'a');
    writeFileSync(path, '');
    await files.remove(path);
    expect(existsSync(path)).toBe(false);
  });

  test('a folder is created with its parents for its owner alone, and creating it again changes nothing', async () => {
    const path = join(temporaryFolder(), 'a', 'b');
    await files.createFolder(path);
    await files.createFolder(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(files.parentFolder(path)).mode & 0o777).toBe(0o700);
  });

  test('a folder cannot be created below a file', async () => {
    const file = join(temporaryFolder(), 'a');
    writeFileSync(file, '');
    expect(await catchProblem(files.createFolder(join(file, 'b')))).toMatchObject({ code: 'file.not-writable' });
  });

  // Node would retry forever if one call created several folders.
  test.runIf(process.platform === 'linux')('creating a folder where none is possible fails', async () => {
    const failed = { code: 'file.not-writable' };
    expect(await catchProblem(files.createFolder('/proc/arcwarden/a'))).toMatchObject(failed);
  });
});

test('chunks are written completely, or not at all if producing one fails', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'a');
  async function* pieces(count: number): AsyncGenerator<string> {
    for (let at = 0; at < 3; at += 1) {
      if (at === count) throw failure('EIO');
      yield await Promise.resolve(`証${at}\n`);
    }
  }
  await files.replace(path, pieces(9));
  expect(readFileSync(path, 'utf8')).toBe('証0\n証1\n証2\n');
  expect(await catchProblem(files.replace(path, pieces(1)))).toMatchObject({ code: 'file.not-writable' });
  expect(readFileSync(path, 'utf8')).toBe('証0\n証1\n証2\n');
  expect(readdirSync(folder)).toEqual(['a']);
});

test('shortening a file keeps the given number of bytes, and fails for a missing file', async () => {
  const path = join(temporaryFolder(), 'a');
  writeFileSync(path, '0123456789');
  await files.shorten(path, 4);
  expect(readFileSync(path, 'utf8')).toBe('0123');
  expect(await catchProblem(files.shorten(`${path}b`, 0))).toMatchObject({ code: 'file.not-writable' });
});
