import { randomBytes } from 'node:crypto';
import { constants, open as openDescriptor, renameSync } from 'node:fs';
import { copyFile, link, lstat, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isDeviceName } from '../shared/files/saved-file.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { FileContent } from '../shared/ports.ts';
import { whileHeld, type Patience } from './patience.ts';
import { flushFailure, systemCode } from './system-error.ts';

export const FILE_MODE = 0o600;
const TEMPORARY_BYTES = 8;

/** Codes from file systems without hard links (FAT, some network shares). */
const NO_LINK_CODES = new Set(['EPERM', 'EXDEV', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL', 'EISDIR']);

/** System calls that tests replace to simulate another system. */
export interface FileSystem {
  platform: string;
  pause: (ms: number) => Promise<unknown>;
  open: typeof open;
  openToRead: (path: string, flags: number) => Promise<number>;
  rename: typeof rename;
  renameSync: typeof renameSync;
  link: typeof link;
}

export const THIS_SYSTEM: FileSystem = {
  platform: process.platform,
  pause,
  open,
  openToRead: promisify<string, number, number>(openDescriptor),
  rename,
  renameSync,
  link,
};

export interface Writing extends Patience {
  system: FileSystem;
  /** Called immediately before each change that others can see; throws to forbid the change. */
  fence?: () => void;
}

/** Returns the path of a temporary file beside `path`. The store removes such files if a killed process left them. */
export function temporaryPath(path: string): string {
  return `${path}.${randomBytes(TEMPORARY_BYTES).toString('hex')}.tmp`;
}

/**
 * Renames a file. Retries while another program on Windows has either file open; other systems do not lock open files.
 */
export async function renameHeld(from: string, to: string, writing: Writing): Promise<void> {
  const { system, fence } = writing;
  await whileHeld(to, writing, () => {
    if (fence === undefined) return system.rename(from, to);
    // Nothing may run between these two calls, not even queued work of the thread pool.
    fence();
    return system.renameSync(from, to);
  });
}

/** Flushes the names in `folder`. Windows cannot flush a folder, but NTFS journals names. */
export async function flushFolder(folder: string, { platform }: Pick<FileSystem, 'platform'>): Promise<void> {
  if (platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Flushes the folder of a file to disk. Throws `file.not-flushed`. */
export async function flushNames(path: string, system: Pick<FileSystem, 'platform'>): Promise<void> {
  try {
    await flushFolder(dirname(path), system);
  } catch (error) {
    throw flushFailure(path, error);
  }
}

/**
 * Throws `file.stream-name` for an alternate data stream, which no listing shows. Source: Microsoft Learn, “File
 * Streams (Local File Systems)”: `filename:stream`; a colon has no other use after the drive.
 */
export function refuseStream(path: string, { platform }: Pick<FileSystem, 'platform'>): void {
  if (platform === 'win32' && /:[^\\/]*$/u.test(path.replace(/^[a-z]:/iu, '')))
    throw new ConsoleError('file.stream-name', { path });
}

/**
 * Returns the target of a link, to keep the link itself. Throws `file.not-regular` for a device, a pipe, and a link to
 * anything but a file.
 */
async function fileBehind(path: string): Promise<string> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined || found.isFile() || found.isDirectory()) return path;
  const target = found.isSymbolicLink() ? await stat(path).catch(() => undefined) : undefined;
  if (target?.isFile() !== true) throw new ConsoleError('file.not-regular', { path });
  // The system refuses to open a link that another user put into a shared folder; `realpath` would follow such a link.
  await (await open(path, 'r+')).close();
  return realpath(path);
}

/**
 * Replaces the content of `path` durably: the new content survives a power failure once the promise resolves; until
 * then, `path` has either the complete old or the complete new content. With `keepPrevious`, also renames the old
 * content to `<path>.previous`, which is therefore always complete.
 */
export async function durableReplace(
  path: string,
  content: FileContent,
  { keepPrevious = false, mode = FILE_MODE }: { keepPrevious?: boolean; mode?: number },
  writing: Writing,
): Promise<void> {
  refuseStream(path, writing.system);
  // A file with such a name can be neither opened nor deleted normally on a Windows host, even if it was copied there.
  if (isDeviceName(path)) throw new ConsoleError('file.device-name', { path });
  const file = await fileBehind(path);
  const temporary = temporaryPath(file);
  try {
    await writeNew(temporary, content, mode);
    if (keepPrevious) await keepAsPrevious(file, path, writing);
    await renameHeld(temporary, file, writing);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await flushNames(file, writing.system);
}

async function writeNew(path: string, content: FileContent, mode: number): Promise<void> {
  const handle = await open(path, 'wx', mode);
  try {
    if (typeof content === 'string' || content instanceof Uint8Array) await handle.writeFile(content);
    else for await (const piece of content) await handle.appendFile(piece);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

async function keepAsPrevious(file: string, path: string, writing: Writing): Promise<void> {
  const copy = temporaryPath(path);
  try {
    await linkOrCopy(file, copy, writing.system);
    await renameHeld(copy, `${path}.previous`, writing);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    await rm(copy, { force: true });
    throw error;
  }
  // On POSIX, renaming one hard link of a file onto another does nothing and keeps both.
  await rm(copy, { force: true });
}

async function linkOrCopy(from: string, to: string, system: FileSystem): Promise<void> {
  try {
    await system.link(from, to);
  } catch (error) {
    if (!NO_LINK_CODES.has(systemCode(error))) throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
    const handle = await open(to, 'r+');
    try {
      await handle.datasync();
    } finally {
      await handle.close();
    }
  }
}
