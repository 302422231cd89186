import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { isFolderLocked, LOCK_NAME, lockFolder } from '../../../core/node/folder-lock.ts';
import { canRunAsCounted, COUNTED_USER } from './refuse-threads.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const AT_ONCE = { waitMs: 0 };
const DAY_S = 86_400;

test('a locked folder cannot be locked again until it is released', async () => {
  const folder = join(temporaryFolder(), 'new');
  const lock = await lockFolder(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  await expect(lockFolder(folder, AT_ONCE)).rejects.toMatchObject({ code: 'store.locked', params: { path: folder } });
  await lock.release();
  await lock.release();
  const again = await lockFolder(folder, AT_ONCE);
  await again.release();
  expect(existsSync(join(folder, LOCK_NAME))).toBe(false);
});

test('a waiting caller gets the lock as soon as it is released', async () => {
  const folder = temporaryFolder();
  const lock = await lockFolder(folder);
  const waiting = lockFolder(folder, { waitMs: 5_000 });
  await lock.release();
  await (await waiting).release();
});

test('checking a folder shows whether a running process holds its lock, without taking the lock', async () => {
  const folder = temporaryFolder();
  expect(await isFolderLocked(folder)).toBe(false);
  const lock = await lockFolder(folder);
  expect(await isFolderLocked(folder)).toBe(true);
  await lock.release();
  expect(await isFolderLocked(folder)).toBe(false);
  // A process killed a moment ago leaves these files behind.
  mkdirSync(join(folder, LOCK_NAME));
  writeFileSync(join(folder, LOCK_NAME, 'owner'), '1\n');
  expect(await isFolderLocked(folder)).toBe(false);
  await (await lockFolder(folder)).release();
});

test('two folders can be locked at the same time', async () => {
  const locks = [await lockFolder(temporaryFolder()), await lockFolder(temporaryFolder())];
  for (const lock of locks) await lock.release();
});

test('locking a folder that cannot be created fails', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  await expect(lockFolder(join(file, 'x'), AT_ONCE)).rejects.toMatchObject({ code: 'file.not-writable' });
});

test('the holder is notified if its lock disappears, and can still release it', async () => {
  const folder = temporaryFolder();
  let lock: Awaited<ReturnType<typeof lockFolder>> | undefined;
  const lost = new Promise<void>((resolve) => {
    void lockFolder(folder, { onLost: resolve }).then((held) => {
      lock = held;
      rmSync(join(folder, LOCK_NAME), { recursive: true });
    });
  });
  await lost;
  await lock?.release();
});

function ownerIn(folder: string): string {
  const [name = ''] = readdirSync(join(folder, LOCK_NAME));
  return join(folder, LOCK_NAME, name);
}

let holder: string;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'arcwarden-'));
  holder = join(folder, 'holder.cjs');
  const entry = join(process.cwd(), 'tests/core/node/lock-holder.ts');
  await build({ entryPoints: [entry], outfile: holder, bundle: true, platform: 'node', format: 'cjs' });
  chmodSync(folder, 0o755);
  return () => rmSync(folder, { recursive: true });
});

class Holder {
  readonly process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(words: readonly string[], options: SpawnOptions = {}) {
    const [program = '', ...args] = words;
    this.process = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.process.stdout! })[Symbol.asyncIterator]();
    onTestFinished(() => void this.process.kill('SIGKILL'));
  }

  async nextLine(): Promise<unknown> {
    return (await this.#lines.next()).value;
  }
}

test('a holder that lost its lock cannot use it, and releasing it does not affect the new holder', async () => {
  const folder = temporaryFolder();
  const first = new Holder([process.execPath, holder, folder]);
  expect(await first.nextLine()).toBe('locked');
  first.process.kill('SIGSTOP');
  const second = await lockFolder(folder);
  first.process.kill('SIGCONT');
  expect(await first.nextLine()).toBe('lost store.lock-lost');
  await once(first.process, 'close');
  second.check();
  await expect(lockFolder(folder, AT_ONCE)).rejects.toMatchObject({ code: 'store.locked' });
  await second.release();
});

test('a late check renews a lock unless another process has taken it over', async () => {
  const folder = temporaryFolder();
  const lock = await lockFolder(folder);
  utimesSync(ownerIn(folder), 1, 1);
  lock.check();
  expect(Date.now() - statSync(ownerIn(folder)).mtimeMs).toBeLessThan(3_000);
  await lock.release();
});

test('a lock is renewed even while the main thread of its process is busy', async () => {
  const folder = temporaryFolder();
  const lock = await lockFolder(folder);
  // The thread starts with its first message.
  const begun = statSync(ownerIn(folder)).mtimeMs;
  while (statSync(ownerIn(folder)).mtimeMs === begun) await pause(50);
  const until = Date.now() + 4_000;
  while (Date.now() < until);
  expect(Date.now() - statSync(ownerIn(folder)).mtimeMs).toBeLessThan(3_000);
  expect(Date.now() - statSync(join(folder, LOCK_NAME)).mtimeMs).toBeLessThan(3_000);
  await lock.release();
});

test('only one of many simultaneous callers holds the lock at a time', async () => {
  const folder = temporaryFolder();
  let holders = 0;
  const work = async (): Promise<void> => {
    const lock = await lockFolder(folder, { waitMs: 15_000 });
    holders += 1;
    expect(holders).toBe(1);
    await pause(1);
    holders -= 1;
    await lock.release();
  };
  await Promise.all(Array.from({ length: 12 }, work));
});

test('an incomplete lock of a killed process does not block other processes', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, LOCK_NAME));
  await (await lockFolder(folder, AT_ONCE)).release();
  expect(existsSync(join(folder, LOCK_NAME))).toBe(false);
});

/** Returns the path of a lock file that a killed process left behind. */
async function leaveOwner(folder: string): Promise<string> {
  const killed = new Holder([process.execPath, holder, folder]);
  expect(await killed.nextLine()).toBe('locked');
  await expect(lockFolder(folder, AT_ONCE)).rejects.toMatchObject({ code: 'store.locked' });
  killed.process.kill('SIGKILL');
  await once(killed.process, 'close');
  return ownerIn(folder);
}

test('the lock of a process killed on this computer is taken over immediately', async () => {
  const folder = temporaryFolder();
  await leaveOwner(folder);
  await (await lockFolder(folder, AT_ONCE)).release();
});

test.each([-DAY_S, 0, DAY_S])(
  'the lock of a process killed on another computer is taken over even if the clocks differ by %s s',
  async (seconds) => {
    const folder = temporaryFolder();
    const owner = await leaveOwner(folder);
    const [pid] = readFileSync(owner, 'utf8').split('\n');
    writeFileSync(owner, `${pid}\nanother computer\n`);
    const time = Date.now() / 1_000 + seconds;
    utimesSync(owner, time, time);
    await expect(lockFolder(folder, AT_ONCE)).rejects.toMatchObject({ code: 'store.locked' });
    await (await lockFolder(folder)).release();
  },
);

test('a process keeps its lock on a computer whose clock is a minute slow', async () => {
  const [folder, late] = [temporaryFolder(), join(temporaryFolder(), 'late.cjs')];
  writeFileSync(
    late,
    `const { now } = Date; globalThis.Date = class extends Date {
      constructor(...given) { super(...(given.length === 0 ? [now() - 60_000] : given)); }
      static now() { return now() - 60_000; }
    };`,
  );
  const slow = new Holder([process.execPath, '--require', late, holder, folder]);
  expect(await slow.nextLine()).toBe('locked');
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'store.locked' });
  expect(Date.now() - statSync(ownerIn(folder)).mtimeMs).toBeGreaterThan(50_000);
});

test('empty lock files left by a full disk do not block other processes for long', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, LOCK_NAME));
  for (const name of ['a', 'b', 'c']) writeFileSync(join(folder, LOCK_NAME, name), '');
  await (await lockFolder(folder)).release();
  expect(existsSync(join(folder, LOCK_NAME))).toBe(false);
});

test.skipIf(process.platform === 'win32')('a process that cannot write its lock file leaves no file', async () => {
  const folder = temporaryFolder();
  // The limit permits only empty files, as on a full disk.
  const full = new Holder(['/bin/sh', '-c', 'ulimit -f 0; exec "$@"', 'sh', process.execPath, holder, folder]);
  expect(await full.nextLine()).toMatch(/^failed (?:file|store)\./u);
  expect(existsSync(join(folder, LOCK_NAME))).toBe(false);
});

test.skipIf(process.platform !== 'linux')('a process that cannot start a thread keeps its lock', async (context) => {
  context.skip(!canRunAsCounted(), `${process.execPath} is closed to the user whose threads are counted`);
  const folder = temporaryFolder();
  chmodSync(folder, 0o777);
  const bare = new Holder([process.execPath, holder, folder, 'no-threads'], COUNTED_USER);
  expect(await bare.nextLine()).toBe('locked');
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'store.locked' });
});
