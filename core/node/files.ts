import { readdir, rm, stat, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { instantFromMs } from '../shared/instant.ts';
import type { FileFacts, Files } from '../shared/ports.ts';
import { durableReplace, flushFolder, renameHeld, THIS_SYSTEM, type Writing } from './durable-replace.ts';
import { makeFolder } from './make-folder.ts';
import { whileHeld } from './patience.ts';
import { readOnce, readPart } from './read-file.ts';
import { readFailure, systemCode, writeFailure } from './system-error.ts';
import { within } from './time-limit.ts';

const FILE_MODE = 0o600;
const PERMISSION_BITS = 0o777;

/** The file system of this computer. */
export function createFiles(given: Partial<Writing> = {}): Files {
  const writing: Writing = { system: THIS_SYSTEM, ...given };
  return {
    facts,
    read: (path, limitBytes, { waits = false } = {}) =>
      waits
        ? whileHeld(path, writing, () => readOnce(path, limitBytes, writing), { opens: true }).catch(failedRead(path))
        : readOnce(path, limitBytes, writing).catch(failedRead(path)),
    readPart: (path, part) =>
      whileHeld(path, writing, () => readPart(path, part, writing), { opens: true }).catch(failedRead(path)),
    list,
    replace: async (path, content, options) => {
      try {
        await durableReplace(path, content, options ?? {}, writing);
      } catch (error) {
        throw writeFailure(path, error);
      }
    },
    append: (path, text) => changeInPlace(path, 'a', writing, (handle) => handle.writeFile(text)),
    shorten: (path, bytes) => changeInPlace(path, 'r+', writing, (handle) => handle.truncate(bytes)),
    move: (from, to) => move(from, to, writing),
    remove: (path) => remove(path, writing),
    removeFolder: (path) => removeFolder(path, writing),
    createFolder: (path) => createFolder(path, writing),
    fenced: (fence) => createFiles({ ...writing, fence }),
    join,
    nameOf: (path) => path.replace(/[\\/]+$/u, '').replace(/^.*[\\/]/su, ''),
    folderOf: dirname,
    absolute: (path) => resolve(path),
  };
}

function failedRead(path: string): (error: unknown) => never {
  return (error) => {
    throw readFailure(path, error);
  };
}

/** Nothing is written twice: only opening the file is tried again. */
async function changeInPlace(
  path: string,
  flags: string,
  writing: Writing,
  change: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  try {
    const handle = await whileHeld(path, writing, () => writing.system.open(path, flags, FILE_MODE), { opens: true });
    try {
      writing.fence?.();
      await change(handle);
      await handle.datasync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw writeFailure(path, error);
  }
}

async function facts(path: string, { withinMs }: { withinMs?: number } = {}): Promise<FileFacts> {
  try {
    const asked = stat(path);
    const found = await (withinMs === undefined ? asked : within(asked, withinMs));
    const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
    const size = kind === 'folder' ? 0 : found.size;
    // Windows makes them up of its one attribute for read-only.
    const mode = process.platform === 'win32' ? undefined : found.mode & PERMISSION_BITS;
    return { path, kind, size, modified: instantFromMs(found.mtimeMs), mode };
  } catch (error) {
    throw readFailure(path, error);
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort(byCodePoint);
  } catch (error) {
    throw readFailure(folder, error);
  }
}

/** UTF-8 byte order equals code point order; JavaScript's `<` compares UTF-16 units. */
function byCodePoint(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

async function move(from: string, to: string, writing: Writing): Promise<void> {
  try {
    await renameHeld(from, to, writing);
    await flushFolder(dirname(to), writing.system);
    if (dirname(from) !== dirname(to)) await flushFolder(dirname(from), writing.system);
  } catch (error) {
    throw systemCode(error) === 'ENOENT' ? readFailure(from, error) : writeFailure(to, error);
  }
}

async function remove(path: string, writing: Writing): Promise<void> {
  try {
    await whileHeld(path, writing, async () => {
      writing.fence?.();
      await unlink(path);
    });
    await flushFolder(dirname(path), writing.system);
  } catch (error) {
    throw systemCode(error) === 'ENOENT' ? readFailure(path, error) : writeFailure(path, error);
  }
}

async function removeFolder(path: string, { system, fence }: Writing): Promise<void> {
  try {
    fence?.();
    // Retried on Windows, where a virus scanner may hold a file for a moment.
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
    await flushFolder(dirname(path), system).catch(() => undefined);
  } catch (error) {
    throw writeFailure(path, error);
  }
}

async function createFolder(path: string, { system, fence }: Writing): Promise<void> {
  try {
    fence?.();
    const firstCreated = await makeFolder(path);
    if (firstCreated !== undefined) await flushFolder(dirname(firstCreated), system);
  } catch (error) {
    throw writeFailure(path, error);
  }
}
