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
  const parent = dirname(path);
  try {
    return await makeOne(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' || parent === path) throw error;
  }
  const topmost = await makeFolder(parent);
  await makeOne(path);
  return topmost ?? path;
}

/** The path, or `undefined` when the folder was there. */
async function makeOne(path: string): Promise<string | undefined> {
  try {
    await mkdir(path, { mode: FOLDER_MODE });
    return path;
  } catch (error) {
    // Not by the error's code: a drive of Windows is not permitted rather than there.
    if (await isFolder(path)) return undefined;
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  return facts?.isDirectory() === true;
}
