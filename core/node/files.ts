import { constants } from 'node:fs';
import { open, readdir, rm, stat, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { instantFromMs } from '../shared/instant.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { FileFacts, Files } from '../shared/ports.ts';
import { durableReplace, flushFolder, renameHeld } from './durable-replace.ts';
import { makeFolder } from './make-folder.ts';
import { readFailure, systemCode, writeFailure } from './system-error.ts';
import { within } from './time-limit.ts';

const FILE_MODE = 0o600;
const PERMISSION_BITS = 0o777;

/** Opening a pipe waits for its other end unless told not to; Windows has neither the pipe nor the flag. */
const READ_WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The file system of this computer. */
export function createFiles(): Files {
  return {
    facts,
    read,
    readPart,
    list,
    replace: async (path, content, options) => {
      try {
        await durableReplace(path, content, options ?? {});
      } catch (error) {
        throw writeFailure(path, error);
      }
    },
    append,
    shorten,
    move,
    remove,
    removeFolder,
    createFolder,
    join,
    nameOf: (path) => path.replace(/[\\/]+$/u, '').replace(/^.*[\\/]/su, ''),
    folderOf: dirname,
    absolute: (path) => resolve(path),
  };
}

async function append(path: string, text: string): Promise<void> {
  try {
    const handle = await open(path, 'a', FILE_MODE);
    try {
      await handle.writeFile(text);
      await handle.datasync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw writeFailure(path, error);
  }
}

async function shorten(path: string, bytes: number): Promise<void> {
  try {
    const handle = await open(path, 'r+');
    try {
      await handle.truncate(bytes);
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

async function read(path: string, limitBytes: number): Promise<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, READ_WITHOUT_WAITING);
    const found = await handle.stat();
    if (!found.isFile()) throw new ConsoleError('file.not-readable', { path, reason: 'not a file' });
    if (found.size > limitBytes) throw new ConsoleError('file.too-large', { path, limitBytes });
    return await readAtMost(handle, { path, limitBytes, expectedBytes: found.size });
  } catch (error) {
    throw readFailure(path, error);
  } finally {
    await handle?.close();
  }
}

async function readPart(path: string, { from, to }: { from: number; to: number }): Promise<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, READ_WITHOUT_WAITING);
    const content = new Uint8Array(to - from);
    let length = 0;
    while (length < content.length) {
      const left = content.length - length;
      const { bytesRead } = await handle.read(content, length, left, from + length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return content.subarray(0, length);
  } catch (error) {
    throw readFailure(path, error);
  } finally {
    await handle?.close();
  }
}

/** Reads to the end within the limit, even when the file grows meanwhile or states no size (as in `/proc`). */
async function readAtMost(
  handle: FileHandle,
  { path, limitBytes, expectedBytes }: { path: string; limitBytes: number; expectedBytes: number },
): Promise<Uint8Array> {
  let content = new Uint8Array(expectedBytes + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(content, length, content.length - length, null);
    if (bytesRead === 0) return content.subarray(0, length);
    length += bytesRead;
    if (length > limitBytes) throw new ConsoleError('file.too-large', { path, limitBytes });
    if (length === content.length) {
      const larger = new Uint8Array(Math.min(content.length * 2, limitBytes + 1));
      larger.set(content);
      content = larger;
    }
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

async function move(from: string, to: string): Promise<void> {
  try {
    await renameHeld(from, to);
    await flushFolder(dirname(to));
    if (dirname(from) !== dirname(to)) await flushFolder(dirname(from));
  } catch (error) {
    throw systemCode(error) === 'ENOENT' ? readFailure(from, error) : writeFailure(to, error);
  }
}

async function remove(path: string): Promise<void> {
  try {
    await unlink(path);
    await flushFolder(dirname(path));
  } catch (error) {
    throw systemCode(error) === 'ENOENT' ? readFailure(path, error) : writeFailure(path, error);
  }
}

async function removeFolder(path: string): Promise<void> {
  try {
    // Retried on Windows, where a virus scanner may hold a file for a moment.
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
    await flushFolder(dirname(path)).catch(() => undefined);
  } catch (error) {
    throw writeFailure(path, error);
  }
}

async function createFolder(path: string): Promise<void> {
  try {
    const firstCreated = await makeFolder(path);
    if (firstCreated !== undefined) await flushFolder(dirname(firstCreated));
  } catch (error) {
    throw writeFailure(path, error);
  }
}
