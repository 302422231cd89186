import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { LOCK_NAME, lockFolder } from '../../../core/node/folder-lock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const AT_ONCE = { waitMs: 0 };

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

test('two folders are locked independently', async () => {
  const locks = [await lockFolder(temporaryFolder()), await lockFolder(temporaryFolder())];
  for (const lock of locks) await lock.release();
});

test('a folder that cannot be created cannot be locked', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  await expect(lockFolder(join(file, 'x'), AT_ONCE)).rejects.toMatchObject({ code: 'file.not-writable' });
});

test('the holder is told when its lock is taken away, and may still release it', async () => {
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

/** The file that stands for the process which has the lock. */
function ownerIn(folder: string): string {
  const [name = ''] = readdirSync(join(folder, LOCK_NAME));
  return join(folder, LOCK_NAME, name);
}

/** Six seconds pass on the file system instead of in the test. */
function letStale(path: string): void {
  const then = statSync(path).mtimeMs / 1_000 - 6;
  utimesSync(path, then, then);
}

test('a lock that another process has taken over cannot be used, and is not released for the other one', async () => {
  const folder = temporaryFolder();
  const first = await lockFolder(folder);
  first.check();
  letStale(ownerIn(folder));
  const second = await lockFolder(folder, AT_ONCE);
  expect(() => first.check()).toThrow(expect.objectContaining({ code: 'store.lock-lost', params: { path: folder } }));
  await first.release();
  second.check();
  await expect(lockFolder(folder, AT_ONCE)).rejects.toMatchObject({ code: 'store.locked' });
  await second.release();
});

test('a lock that nobody has taken over is renewed by its use, however late', async () => {
  const folder = temporaryFolder();
  const lock = await lockFolder(folder);
  letStale(ownerIn(folder));
  lock.check();
  await expect(lockFolder(folder, AT_ONCE)).rejects.toMatchObject({ code: 'store.locked' });
  await lock.release();
});

test('a lock stays fresh while the main thread of its process is busy', async () => {
  const folder = temporaryFolder();
  const lock = await lockFolder(folder);
  // The thread begins with its first message.
  const begun = statSync(ownerIn(folder)).mtimeMs;
  while (statSync(ownerIn(folder)).mtimeMs === begun) await pause(50);
  const until = Date.now() + 4_000;
  while (Date.now() < until);
  expect(Date.now() - statSync(ownerIn(folder)).mtimeMs).toBeLessThan(3_000);
  expect(Date.now() - statSync(join(folder, LOCK_NAME)).mtimeMs).toBeLessThan(3_000);
  await lock.release();
});

test('of many that want a folder at the same time, one at a time has it', async () => {
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

test('what a killed process left of a lock before it had it hinders nobody', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, LOCK_NAME));
  await (await lockFolder(folder, AT_ONCE)).release();
  expect(existsSync(join(folder, LOCK_NAME))).toBe(false);
});

test('the lock of a process that was killed is taken over once it is stale', async () => {
  const folder = temporaryFolder();
  const outfile = join(temporaryFolder(), 'holder.cjs');
  const entry = join(process.cwd(), 'tests/core/node/lock-holder.ts');
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'cjs' });
  const child = spawn(process.execPath, [outfile, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  await expect(lockFolder(folder, AT_ONCE)).rejects.toMatchObject({ code: 'store.locked' });
  child.kill('SIGKILL');
  await ended;
  letStale(ownerIn(folder));
  const lock = await lockFolder(folder, AT_ONCE);
  await lock.release();
});
