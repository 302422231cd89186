import { spawn } from 'node:child_process';
import { existsSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  const path = join(folder, LOCK_NAME);
  expect(existsSync(path)).toBe(true);
  // Six seconds pass on the file system instead of in the test.
  const then = statSync(path).mtimeMs / 1_000 - 6;
  utimesSync(path, then, then);
  const lock = await lockFolder(folder, AT_ONCE);
  await lock.release();
});
