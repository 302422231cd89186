import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDeviceName } from '../shared/files/saved-file.ts';
import { ConsoleError } from '../shared/problem.ts';
import { systemCode } from './system-error.ts';

export const FOLDER_MODE = 0o700;

/**
 * Creates a folder and its missing parents. Returns the topmost folder created, or `undefined` if all existed. Throws
 * `file.device-name` for names that Windows reserves for devices, or else the system's error. Node's `recursive` never
 * returns on file systems such as `/proc`, which answer `ENOENT` for anything that cannot be created.
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

async function makeOne(path: string): Promise<string | undefined> {
  if (isDeviceName(path) && !(await isFolder(path))) throw new ConsoleError('file.device-name', { path });
  try {
    await mkdir(path, { mode: FOLDER_MODE });
    return path;
  } catch (error) {
    // The code is unreliable: for the root of a Windows drive it is "not permitted" instead of "exists".
    if (await isFolder(path)) return undefined;
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  return facts?.isDirectory() === true;
}
