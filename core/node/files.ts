import {
  close,
  closeSync,
  fstat,
  fstatSync,
  openSync,
  read,
  readFileSync,
  readSync as readIntoSync,
  statSync,
  type Stats,
} from 'node:fs';
import { readdir, rm, stat, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ConsoleError } from '../shared/problem.ts';
import type { FileFacts, Files, FolderEntry } from '../shared/ports.ts';
import { bulkReading, fileFacts, READ_WITHOUT_WAITING } from './threads/bulk-reading.ts';
import { startStoredReading, versionsInThread } from './threads/stored-files.ts';
import {
  FILE_MODE,
  durableReplace,
  flushFolder,
  flushNames,
  renameHeld,
  THIS_SYSTEM,
  type Writing,
} from './durable-replace.ts';
import { makeFolder } from './make-folder.ts';
import { whileHeld } from './patience.ts';
import { flushFailure, readFailure, systemCode, writeFailure } from './system-error.ts';
import { limitTime } from './time-limit.ts';

/*
 * Uses descriptors, since a folder may have 100,000 files, and creating a handle takes longer than all other work on a
 * file.
 */
const statDescriptor = promisify(fstat);
const closeDescriptor = promisify(close);

/** After this many files of a data folder, the event loop runs once. */
const READ_AT_ONCE = 32;

interface FilesOptions extends Partial<Writing> {
  onLost?: () => void;
  /** Whether the process has little other work, so that it may read a data folder with cheaper synchronous calls. */
  isAlone?: boolean;
  standardOutput?: { path: string; write: (content: string | Uint8Array) => void } | undefined;
}

export function createFiles({ onLost, isAlone = false, standardOutput, ...given }: FilesOptions = {}): Files {
  const writing: Writing = { system: THIS_SYSTEM, ...given };
  let reads = 0;
  return {
    facts: (path, options) => facts(path, options).catch(failReading(path)),
    read: (path, limitBytes, { waits = false, expectedBytes } = {}) => {
      // The event loop must run for signals and for the lock of the folder.
      const isAtOnce = isAlone && waits && (reads += 1) % READ_AT_ONCE !== 0;
      const read = (): Uint8Array | Promise<Uint8Array> =>
        isAtOnce ? readWhole(path, limitBytes) : readOnce(path, { limitBytes, expectedBytes }, writing);
      return (waits ? whileHeld(path, writing, read, { opens: true }) : Promise.resolve(read())).catch(
        failReading(path),
      );
    },
    readSync,
    versions: async (paths) =>
      (paths.length < WORTH_A_THREAD ? undefined : await versionsInThread(paths, { onLost })) ?? versions(paths),
    readPart: (path, part) =>
      whileHeld(path, writing, () => readPart(path, part, writing), { opens: true }).catch(failReading(path)),
    readPartSync,
    list: (folder) => list(folder).catch(failReading(folder)),
    entries: (folder) => entries(folder).catch(failReading(folder)),
    inBulk: () => bulkReading({ onLost }),
    ...(!isAlone && { storedReading: () => startStoredReading({ onLost }) }),
    replace: async (path, content, options) => {
      if (path === standardOutput?.path) {
        if (typeof content === 'string' || content instanceof Uint8Array) standardOutput.write(content);
        else for await (const piece of content) standardOutput.write(piece);
        return;
      }
      await durableReplace(path, content, options ?? {}, writing).catch(failWriting(path));
    },
    append: (path, text) =>
      changeInPlace(path, 'a', writing, (handle) => handle.writeFile(text)).catch(failWriting(path)),
    shorten: (path, bytes) =>
      changeInPlace(path, 'r+', writing, (handle) => handle.truncate(bytes)).catch(failWriting(path)),
    move: (from, to) => move(from, to, writing),
    remove: (path) => remove(path, writing),
    removeFolder: (path) => removeFolder(path, writing).catch(failWriting(path)),
    createFolder: (path) => createFolder(path, writing).catch(failWriting(path)),
    createFenced: (fence) => createFiles({ ...writing, onLost, isAlone, standardOutput, fence }),
    join,
    fileName: (path) => path.replace(/[\\/]+$/u, '').replace(/^.*[\\/]/su, ''),
    parentFolder: dirname,
    absolute: (path) => resolve(path),
  };
}

function failReading(path: string): (error: unknown) => never {
  return (error) => {
    throw readFailure(path, error);
  };
}

function failWriting(path: string): (error: unknown) => never {
  return (error) => {
    throw writeFailure(path, error);
  };
}

/** Retries only opening the file, so that nothing is written twice. */
async function changeInPlace(
  path: string,
  flags: string,
  writing: Writing,
  change: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const handle = await whileHeld(path, writing, () => writing.system.open(path, flags, FILE_MODE), { opens: true });
  try {
    writing.fence?.();
    await change(handle);
    await handle.datasync().catch((error: unknown) => {
      throw flushFailure(path, error);
    });
  } finally {
    await handle.close();
  }
}

async function facts(path: string, { withinMs }: { withinMs?: number } = {}): Promise<FileFacts> {
  const asked = stat(path);
  const found = await (withinMs === undefined ? asked : limitTime(asked, withinMs));
  const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
  const { size, mtimeMs, mode } = found;
  return fileFacts({ path, kind, size, mtimeMs, mode });
}

/**
 * Reads from the current position, or from `at`. Uses callbacks, since `promisify` creates an object for each result.
 */
function readInto(
  descriptor: number,
  { content, from, at = null }: { content: Uint8Array; from: number; at?: number | null },
): Promise<number> {
  return new Promise((done, failed) => {
    read(descriptor, content, from, content.length - from, at, (error, count) =>
      error === null ? done(count) : failed(error),
    );
  });
}

async function readOnce(
  path: string,
  { limitBytes, expectedBytes: known }: { limitBytes: number; expectedBytes: number | undefined },
  { system }: Writing,
): Promise<Uint8Array> {
  const descriptor = await system.openToRead(path, READ_WITHOUT_WAITING);
  try {
    const expectedBytes = known ?? requireFile(await statDescriptor(descriptor), path);
    if (expectedBytes > limitBytes) throw new ConsoleError('file.too-large', { path, limitBytes });
    return await readAtMost(descriptor, { path, limitBytes, expectedBytes });
  } finally {
    await closeDescriptor(descriptor);
  }
}

function requireFile(found: Stats, path: string): number {
  if (!found.isFile()) throw new ConsoleError('file.not-readable', { path, reason: 'not a file' });
  return found.size;
}

function readWhole(path: string, limitBytes: number): Uint8Array {
  const descriptor = openSync(path, READ_WITHOUT_WAITING);
  try {
    if (requireFile(fstatSync(descriptor), path) > limitBytes)
      throw new ConsoleError('file.too-large', { path, limitBytes });
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function readSync(path: string, limitBytes: number): Uint8Array {
  try {
    return readWhole(path, limitBytes);
  } catch (error) {
    throw readFailure(path, error);
  }
}

/** Starting a thread takes as long as checking this many files. */
const WORTH_A_THREAD = 10_000;
/** Checking this many files takes about one millisecond. */
const LOOKED_AT_ONCE = 256;

async function versions(paths: readonly string[]): Promise<(string | undefined)[]> {
  const all: (string | undefined)[] = [];
  for (const [at, path] of paths.entries()) {
    if (at % LOOKED_AT_ONCE === LOOKED_AT_ONCE - 1) await setImmediate();
    all.push(fileVersion(path));
  }
  return all;
}

/**
 * Returns a text that changes with the file: replacing it changes the inode number, writing changes the times, and
 * resetting the modification time changes the time of the last status change.
 */
function fileVersion(path: string): string | undefined {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
  } catch {
    return undefined;
  }
}

async function readPart(
  path: string,
  { from, to }: { from: number; to: number },
  { system }: Writing,
): Promise<Uint8Array> {
  const descriptor = await system.openToRead(path, READ_WITHOUT_WAITING);
  try {
    const content = new Uint8Array(to - from);
    let length = 0;
    while (length < content.length) {
      const count = await readInto(descriptor, { content, from: length, at: from + length });
      if (count === 0) break;
      length += count;
    }
    return content.subarray(0, length);
  } finally {
    await closeDescriptor(descriptor);
  }
}

function readPartSync(path: string, { from, to }: { from: number; to: number }): Uint8Array {
  try {
    const descriptor = openSync(path, READ_WITHOUT_WAITING);
    try {
      const content = new Uint8Array(to - from);
      let length = 0;
      while (length < content.length) {
        const count = readIntoSync(descriptor, content, length, content.length - length, from + length);
        if (count === 0) break;
        length += count;
      }
      return content.subarray(0, length);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw readFailure(path, error);
  }
}

/** Reads to the end, within the limit. The file may grow meanwhile, or its size may be unknown (as in `/proc`). */
async function readAtMost(
  descriptor: number,
  { path, limitBytes, expectedBytes }: { path: string; limitBytes: number; expectedBytes: number },
): Promise<Uint8Array> {
  let content = new Uint8Array(expectedBytes + 1);
  let length = 0;
  for (;;) {
    const count = await readInto(descriptor, { content, from: length });
    length += count;
    // The buffer was not filled, so the file ends here.
    if (count === 0 || (length === expectedBytes && count === expectedBytes)) return content.subarray(0, length);
    if (length > limitBytes) throw new ConsoleError('file.too-large', { path, limitBytes });
    if (length === content.length) {
      const larger = new Uint8Array(Math.min(content.length * 2, limitBytes + 1));
      larger.set(content);
      content = larger;
    }
  }
}

async function list(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  // A comparison function takes several times as long, and a large fleet has one file per cluster.
  return names.some((name) => BEYOND_16_BITS.test(name)) ? names.sort(compareCodePoints) : names.sort();
}

async function entries(folder: string): Promise<FolderEntry[]> {
  const found = await readdir(folder, { withFileTypes: true });
  return found
    .map((entry): FolderEntry => {
      const kind = entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : undefined;
      return { name: entry.name, ...(kind && { kind }) };
    })
    .sort((left, right) => compareCodePoints(left.name, right.name));
}

const BEYOND_16_BITS = /[\u{10000}-\u{10ffff}\p{Surrogate}]/u;

/** Compares by code point, the order of UTF-8 bytes; JavaScript's `<` compares UTF-16 units. */
function compareCodePoints(left: string, right: string): number {
  if (!BEYOND_16_BITS.test(left) && !BEYOND_16_BITS.test(right)) return left < right ? -1 : left > right ? 1 : 0;
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

async function move(from: string, to: string, writing: Writing): Promise<void> {
  try {
    await renameHeld(from, to, writing);
    await flushNames(to, writing.system);
    if (dirname(from) !== dirname(to)) await flushNames(from, writing.system);
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
    await flushNames(path, writing.system);
  } catch (error) {
    throw systemCode(error) === 'ENOENT' ? readFailure(path, error) : writeFailure(path, error);
  }
}

async function removeFolder(path: string, { system, fence }: Writing): Promise<void> {
  fence?.();
  // On Windows, a virus scanner may have a file open for a moment.
  await rm(path, { recursive: true, force: true, maxRetries: 5 });
  await flushFolder(dirname(path), system).catch(() => undefined);
}

async function createFolder(path: string, { system, fence }: Writing): Promise<void> {
  fence?.();
  const firstCreated = await makeFolder(path);
  if (firstCreated !== undefined) await flushFolder(dirname(firstCreated), system);
}
