import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from './system-error.ts';

/** For their owner alone. */
const FOLDER_MODE = 0o700;

/**
 * Makes a folder and the folders above it that are not there. The topmost that was made, `undefined` when none was. Throws
 * what the system says. Not by Node's own `recursive`: on file systems that answer `ENOENT` for whatever cannot be made in
 * a folder that is there, as Linux does in `/proc`, that never ends.
 */
export async function makeFolder(path: string): Promise<string | undefined> {
  const failure = await attempt(path);
  if (failure === undefined) return path;
  if (await isFolder(path)) return undefined;
  const parent = dirname(path);
  if (systemCode(failure) !== 'ENOENT' || parent === path) throw failure;
  const topmost = await makeFolder(parent);
  const again = await attempt(path);
  if (again !== undefined && !(await isFolder(path))) throw again;
  return topmost ?? path;
}

/** What went wrong. */
function attempt(path: string): Promise<unknown> {
  return mkdir(path, { mode: FOLDER_MODE }).then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function isFolder(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  return facts?.isDirectory() === true;
}
