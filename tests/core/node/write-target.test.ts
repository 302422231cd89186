import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, type TestContext } from 'vitest';
import { createFiles } from '../../../core/node/files.ts';
import { isDeviceName } from '../../../core/shared/files/saved-file.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const files = createFiles();

async function catchProblem(action: Promise<unknown>): Promise<string> {
  try {
    await action;
    return 'none';
  } catch (error) {
    return error instanceof ConsoleError ? error.code : String(error);
  }
}

/** Creates a pipe or a device; skips the test if that is impossible. */
function makeNode(context: TestContext, path: string, kind: 'pipe' | 'device'): void {
  if (process.platform === 'win32') context.skip('Windows has no such nodes in folders');
  if (kind === 'device' && process.getuid?.() !== 0) context.skip('only root makes devices');
  execFileSync('mknod', [path, ...(kind === 'pipe' ? ['p'] : ['c', '1', '3'])]);
}

describe('replacing a file is refused for', () => {
  for (const kind of ['pipe', 'device'] as const)
    test(`a ${kind}, directly or behind a link`, async (context) => {
      const folder = temporaryFolder();
      const path = join(folder, 'node');
      makeNode(context, path, kind);
      symlinkSync(path, join(folder, 'link'));
      const before = lstatSync(path);
      for (const name of ['node', 'link'])
        expect(await catchProblem(files.replace(join(folder, name), 'rows'))).toBe('file.not-regular');
      expect(lstatSync(path)).toMatchObject({ ino: before.ino, mode: before.mode, rdev: before.rdev });
      expect(readdirSync(folder).sort()).toEqual(['link', 'node']);
    });

  test('a link that leads nowhere or to a folder', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'target'));
    symlinkSync('target', join(folder, 'to-folder'));
    symlinkSync('nothing', join(folder, 'to-nothing'));
    for (const name of ['to-folder', 'to-nothing'])
      expect(await catchProblem(files.replace(join(folder, name), 'rows'))).toBe('file.not-regular');
    expect(readdirSync(folder).sort()).toEqual(['target', 'to-folder', 'to-nothing']);
  });
});

describe('writing through a link', () => {
  test('replaces the target file and keeps the link', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'other'));
    writeFileSync(join(folder, 'other/file'), 'old');
    symlinkSync('other/file', join(folder, 'link'));
    const before = lstatSync(join(folder, 'other/file')).ino;
    await files.replace(join(folder, 'link'), 'new');
    expect(readlinkSync(join(folder, 'link'))).toBe('other/file');
    expect(readFileSync(join(folder, 'other/file'), 'utf8')).toBe('new');
    // A file is replaced as a whole, so a reader of the old file can still read all of it.
    expect(lstatSync(join(folder, 'other/file')).ino).not.toBe(before);
    expect(readdirSync(join(folder, 'other'))).toEqual(['file']);
  });

  test('keeps the previous content of the file beside the link', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), 'old');
    symlinkSync('file', join(folder, 'link'));
    await files.replace(join(folder, 'link'), 'new', { keepPrevious: true });
    expect(readFileSync(join(folder, 'link.previous'), 'utf8')).toBe('old');
    expect(readFileSync(join(folder, 'link'), 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['file', 'link', 'link.previous']);
  });

  test('fails if another user put the link into a shared folder', async (context) => {
    if (process.platform !== 'linux' || process.getuid?.() !== 0)
      context.skip('only root on Linux acts as another user');
    if (readFileSync('/proc/sys/fs/protected_symlinks', 'utf8').trim() === '0')
      context.skip('fs.protected_symlinks is off');
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), 'old');
    execFileSync('chmod', ['1777', folder]);
    symlinkSync(join(folder, 'file'), join(folder, 'link'));
    execFileSync('chown', ['-h', '12345', join(folder, 'link')]);
    expect(await catchProblem(files.replace(join(folder, 'link'), 'new'))).toBe('file.not-writable');
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('old');
  });
});

describe('names that Windows reserves for devices', () => {
  test.each([
    ...['CON', 'nul.md', 'COM1.html', 'COM¹.md', 'lpt9.ps1', 'aux', 'PRN.tar.gz', 'nul .txt', 'CONIN$', 'com0'],
    ...[String.raw`C:\t\con.md`, String.raw`\\?\C:\t\con.md`, 'C:/t/nul', '/srv/out/con.csv', 'con/', 'nul:'],
  ])('include %s', (path) => expect(isDeviceName(path)).toBe(true));

  test.each(['console.md', 'com10.md', 'null', 'a.con', 'CON1', 'my con.md', '/con/report.md', 'COM.md', 'lpt'])(
    'do not include %s',
    (path) => expect(isDeviceName(path)).toBe(false),
  );

  test('are rejected for files and folders on every system, since files may be copied to Windows', async () => {
    const folder = temporaryFolder();
    expect(await catchProblem(files.replace(join(folder, 'nul.md'), 'rows'))).toBe('file.device-name');
    expect(await catchProblem(files.createFolder(join(folder, 'aux/inner')))).toBe('file.device-name');
    expect(readdirSync(folder)).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('are accepted if the folder already exists', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'con'));
    await files.createFolder(join(folder, 'con/inner'));
    await files.replace(join(folder, 'con/a.md'), 'rows');
    expect(existsSync(join(folder, 'con/inner'))).toBe(true);
  });
});
