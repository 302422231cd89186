import type { ReadAhead, StoredReading } from '../../shared/ports.ts';
import { READ_WITHOUT_WAITING, Thread, type Measured } from './bulk-reading.ts';

/** Computes versions exactly like `files.ts`; a test compares both. */
const WORK = `
const fs = require('node:fs');
const { createHash } = require('node:crypto');
const { parentPort } = require('node:worker_threads');
const flags = ${READ_WITHOUT_WAITING};
const versionOf = (path) => {
  try {
    const { ino, size, mtimeNs, ctimeNs } = fs.statSync(path, { bigint: true });
    return ino + ' ' + size + ' ' + mtimeNs + ' ' + ctimeNs;
  } catch {
    return '';
  }
};
const readOne = (path, { limitBytes, endBytes, closing }) => {
  const descriptor = fs.openSync(path, flags);
  try {
    const found = fs.fstatSync(descriptor);
    if (!found.isFile() || found.size > limitBytes || found.size < endBytes) return;
    // Leaves room for one more byte, so that a file that has grown is detected instead of truncated.
    const bytes = new Uint8Array(found.size + 1);
    if (fs.readSync(descriptor, bytes, 0, bytes.length, null) !== found.size) return;
    const content = bytes.subarray(0, found.size);
    const begin = content.subarray(0, found.size - endBytes);
    return { bytes: content, sha256Hex: createHash('sha256').update(begin).update(closing).digest('hex') };
  } finally {
    fs.closeSync(descriptor);
  }
};
parentPort.on('message', ({ id, paths, reading }) => {
  const start = performance.now();
  const all = paths.split('\\0');
  const answer = { id, count: all.length };
  if (reading === undefined) answer.versions = all.map(versionOf).join('\\0');
  else
    answer.read = all.map((path) => {
      try {
        return readOne(path, reading);
      } catch {}
    });
  answer.ms = performance.now() - start;
  parentPort.postMessage(answer, (answer.read ?? []).flatMap((one) => (one === undefined ? [] : [one.bytes.buffer])));
});
parentPort.postMessage({});
`;

/** Never part of a path. */
const SEPARATOR = '\0';

interface Question {
  /** Joined, since one string is transferred faster than many. */
  paths: string;
  reading?: Parameters<StoredReading['read']>[1];
}

interface Answer extends Measured {
  versions?: string;
  read?: (ReadAhead | undefined)[];
}

export function startStoredReading({ onLost = () => undefined }: { onLost?: () => void } = {}): StoredReading {
  const thread = new Thread<Question, Answer>(WORK, onLost);
  return {
    read: async (paths, reading) => (await thread.ask({ paths: paths.join(SEPARATOR), reading }))?.read ?? [],
    end: () => thread.end(),
  };
}

export async function versionsInThread(
  paths: readonly string[],
  { onLost = () => undefined }: { onLost?: () => void } = {},
): Promise<(string | undefined)[] | undefined> {
  const thread = new Thread<Question, Answer>(WORK, onLost);
  try {
    await thread.hasStarted;
    const versions = (await thread.ask({ paths: paths.join(SEPARATOR) }))?.versions?.split(SEPARATOR);
    return versions?.map((version) => (version === '' ? undefined : version));
  } finally {
    thread.end();
  }
}
