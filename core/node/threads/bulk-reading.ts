import { constants } from 'node:fs';
import { sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { instantFromMs } from '../../shared/instant.ts';
import type { BulkReading, FileFacts, FolderEntry } from '../../shared/ports.ts';
import { startWorker } from './start-worker.ts';

/** Opens a pipe without waiting for its other end. Windows has neither such pipes nor this flag. */
export const READ_WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Fewer files and folders do not justify starting a thread. */
const WORTH_A_THREAD = 1_000;
const LIMITS = {
  flags: READ_WITHOUT_WAITING,
  mostEntries: 2_048,
  mostDepth: 48,
  /** Entries not reached within this time are missing from the answer. */
  mostMs: 200,
  /** Parsing this many entries takes a few milliseconds. */
  entriesAtOnce: 1_024,
};
/** A local file takes about 1 % of this limit, a file on a nearby server about a third. */
const SLOW_MS = 1;
/**
 * On a busy computer, a thread may wait as long for a processor as for a server. In this time, each thread is scheduled
 * several times.
 */
const ENOUGH_TO_TELL_MS = 200;

/** Uses synchronous calls, which cost a fraction of asynchronous ones; blocking is harmless in a thread of its own. */
const WORK = `
const fs = require('node:fs');
const { sep } = require('node:path');
const { parentPort, workerData: limits } = require('node:worker_threads');
const BEYOND_16_BITS = /[\\ud800-\\udfff]/;
const byCodePoint = ({ name: left }, { name: right }) =>
  BEYOND_16_BITS.test(left) || BEYOND_16_BITS.test(right)
    ? Buffer.compare(Buffer.from(left), Buffer.from(right))
    : left < right ? -1 : 1;
const kindOf = (seen) => (seen.isFile() ? 'file' : seen.isDirectory() ? 'folder' : undefined);
const look = (path) => {
  try {
    const seen = fs.statSync(path);
    return { kind: kindOf(seen) ?? 'other', size: seen.size, mtimeMs: seen.mtimeMs, mode: seen.mode };
  } catch {}
};
const list = (folder, work, depth) => {
  const found = fs.readdirSync(folder, { withFileTypes: true }).sort(byCodePoint);
  const start = folder.endsWith(sep) ? folder : folder + sep;
  work.count += 1 + found.length;
  return found.map((entry) => {
    const { name } = entry;
    const kind = kindOf(entry);
    const path = start + name;
    if (performance.now() > work.end) return { name, kind };
    if (kind !== 'folder') return { name, kind, facts: look(path) };
    if (work.count > limits.mostEntries || depth > limits.mostDepth) return { name, kind };
    try {
      return { name, kind, entries: list(path, work, depth + 1) };
    } catch {
      return { name, kind };
    }
  });
};
const readOne = (path, bytes, at, size) => {
  const descriptor = fs.openSync(path, limits.flags);
  try {
    // Leaves room for one more byte, so that a file that has grown is detected instead of truncated.
    return fs.readSync(descriptor, bytes, at, size + 1, null);
  } finally {
    fs.closeSync(descriptor);
  }
};
const read = (paths, sizes, work) => {
  const bytes = new Uint8Array(sizes.reduce((sum, size) => sum + size, 1));
  const isRead = [];
  let at = 0;
  for (const [index, path] of paths.entries()) {
    if (performance.now() > work.end) break;
    work.count += 1;
    try {
      isRead[index] = readOne(path, bytes, at, sizes[index]) === sizes[index];
    } catch {}
    if (isRead[index]) at += sizes[index];
  }
  return { bytes, isRead };
};
parentPort.on('message', ({ id, folder, paths, sizes }) => {
  const start = performance.now();
  const work = { count: 0, end: start + limits.mostMs };
  const answer = { id };
  if (folder === undefined) Object.assign(answer, read(paths, sizes, work));
  else {
    try {
      const entries = list(folder, work, 0);
      answer.lists = [];
      for (let from = 0; from < entries.length; from += limits.entriesAtOnce)
        answer.lists.push(JSON.stringify(entries.slice(from, from + limits.entriesAtOnce)));
    } catch {}
  }
  answer.count = work.count;
  answer.ms = performance.now() - start;
  parentPort.postMessage(answer, answer.bytes === undefined ? [] : [answer.bytes.buffer]);
});
parentPort.postMessage({});
`;

type Question = { folder: string } | { paths: string[]; sizes: number[] };

export interface Measured {
  /** Absent from the message that announces the start of the thread. */
  id?: number;
  count: number;
  ms: number;
}

interface Answer extends Measured {
  /** JSON, which is parsed faster than objects are received. */
  lists?: string[];
  bytes?: Uint8Array;
  isRead?: (boolean | undefined)[];
}

interface SeenEntry {
  name: string;
  kind?: 'file' | 'folder';
  facts?: { kind: FileFacts['kind']; size: number; mtimeMs: number; mode: number };
  entries?: SeenEntry[];
}

/**
 * Implements `Files.inBulk`. Calls `onLost` if the thread ends unexpectedly; the caller then does all remaining work.
 */
export function bulkReading({
  onLost = () => undefined,
  work = WORK,
  worthAThread = WORTH_A_THREAD,
}: { onLost?: () => void; work?: string; worthAThread?: number } = {}): BulkReading {
  let asked = 0;
  let thread: Thread<Question, Answer> | undefined;
  const ask = async (count: number, question: Question): Promise<Answer | undefined> => {
    asked += count;
    if (asked >= worthAThread) thread ??= new Thread(work, onLost);
    if (count >= worthAThread) await thread?.hasStarted;
    return thread?.ask(question);
  };
  return {
    entries: async (folder, many = 1) => {
      const lists = (await ask(many, { folder }))?.lists;
      if (lists === undefined) return undefined;
      const entries: FolderEntry[] = [];
      for (const [at, list] of lists.entries()) {
        if (at > 0) await setImmediate();
        for (const seen of JSON.parse(list) as SeenEntry[]) entries.push(folderEntry(folder, seen));
      }
      return entries;
    },
    read: async (files) => {
      const question = { paths: files.map(({ path }) => path), sizes: files.map(({ size }) => size) };
      const { bytes, isRead = [] } = (await ask(files.length, question)) ?? {};
      if (bytes === undefined) return [];
      let at = 0;
      return files.map(({ size }, index) => {
        if (isRead[index] !== true) return undefined;
        at += size;
        return bytes.subarray(at - size, at);
      });
    },
    end: () => thread?.end(),
  };
}

/** Avoids `join`, which would parse the path again: names in a folder contain no separators. */
function folderEntry(folder: string, { name, kind, facts, entries }: SeenEntry): FolderEntry {
  const path = folder.endsWith(sep) ? `${folder}${name}` : `${folder}${sep}${name}`;
  return {
    name,
    kind,
    facts: facts && fileFacts({ path, ...facts }),
    entries: entries?.map((entry) => folderEntry(path, entry)),
  };
}

const PERMISSION_BITS = 0o777;

export function fileFacts({
  path,
  kind,
  size,
  mtimeMs,
  mode,
}: Pick<FileFacts, 'path' | 'kind' | 'size'> & { mtimeMs: number; mode: number }): FileFacts {
  return {
    path,
    kind,
    size: kind === 'folder' ? 0 : size,
    modified: instantFromMs(mtimeMs),
    // Windows derives the mode from the read-only attribute.
    mode: process.platform === 'win32' ? undefined : mode & PERMISSION_BITS,
  };
}

/** A thread that works on files. It is no longer used once reading turns out to be slow. */
export class Thread<Question extends object, Answer extends Measured> {
  readonly #worker: Worker | undefined;
  readonly #waiting = new Map<number, (answer: Answer | undefined) => void>();
  #asked = 0;
  readonly hasStarted: Promise<void>;
  #tellStarted: () => void = () => undefined;
  /** False before the thread has started, after it has ended or was lost, and if reading is slow. */
  #isUsed = false;
  #isEnded = false;
  #spent = { ms: 0, count: 0 };

  constructor(work: string, lost: () => void) {
    this.#worker = startWorker(work, LIMITS);
    this.hasStarted = new Promise((done) => (this.#tellStarted = done));
    const handleExit = (): void => {
      if (!this.#isEnded) lost();
      this.end();
    };
    this.#worker?.on('message', (answer: Answer) => this.#take(answer));
    // An `exit` event follows.
    this.#worker?.on('error', () => undefined);
    this.#worker?.on('exit', handleExit);
    if (this.#worker === undefined) handleExit();
  }

  /** Returns `undefined` if the thread is not used, as when reading is slow: parallel reads are then faster. */
  ask(question: Question): Promise<Answer | undefined> | undefined {
    if (!this.#isUsed) return undefined;
    return new Promise((done) => {
      const id = (this.#asked += 1);
      this.#waiting.set(id, done);
      this.#worker?.postMessage({ id, ...question });
    });
  }

  end(): void {
    this.#isEnded = true;
    this.#isUsed = false;
    this.#tellStarted();
    for (const done of this.#waiting.values()) done(undefined);
    this.#waiting.clear();
    void this.#worker?.terminate();
  }

  #judge(ms: number, count: number): void {
    const spent = { ms: this.#spent.ms + ms, count: this.#spent.count + count };
    const isEnough = spent.ms >= ENOUGH_TO_TELL_MS;
    if (isEnough && spent.ms / spent.count > SLOW_MS) this.#isUsed = false;
    this.#spent = isEnough ? { ms: 0, count: 0 } : spent;
  }

  #take(answer: Answer): void {
    const { id, count, ms } = answer;
    if (id === undefined) {
      this.#isUsed = !this.#isEnded;
      this.#tellStarted();
    } else {
      this.#judge(ms, count);
      this.#waiting.get(id)?.(answer);
      this.#waiting.delete(id);
    }
  }
}
