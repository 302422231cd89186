import { close, constants, fstat, read } from 'node:fs';
import { promisify } from 'node:util';
import { ConsoleError } from '../shared/problem.ts';
import type { Writing } from './durable-replace.ts';

/** Opening a pipe waits for its other end unless told not to; Windows has neither the pipe nor the flag. */
const READ_WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/*
 * Descriptors instead of handles: a folder may have a hundred thousand files, and for each of them a handle takes longer
 * than everything else about reading it.
 */
const statOf = promisify(fstat);
const closed = promisify(close);

/** Bytes at `at` of the file, or where reading has got to. Callbacks, since `promisify` makes an object of each answer. */
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

/** The whole content of a regular file. */
export async function readOnce(path: string, limitBytes: number, { system }: Writing): Promise<Uint8Array> {
  const descriptor = await system.openToRead(path, READ_WITHOUT_WAITING);
  try {
    const found = await statOf(descriptor);
    if (!found.isFile()) throw new ConsoleError('file.not-readable', { path, reason: 'not a file' });
    if (found.size > limitBytes) throw new ConsoleError('file.too-large', { path, limitBytes });
    return await readAtMost(descriptor, { path, limitBytes, expectedBytes: found.size });
  } finally {
    await closed(descriptor);
  }
}

export async function readPart(
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
    await closed(descriptor);
  }
}

/** Reads to the end within the limit, even when the file grows meanwhile or states no size (as in `/proc`). */
async function readAtMost(
  descriptor: number,
  { path, limitBytes, expectedBytes }: { path: string; limitBytes: number; expectedBytes: number },
): Promise<Uint8Array> {
  let content = new Uint8Array(expectedBytes + 1);
  let length = 0;
  for (;;) {
    const count = await readInto(descriptor, { content, from: length });
    length += count;
    // As long as it said, and there was room for more: that was its end.
    if (count === 0 || (length === expectedBytes && count === expectedBytes)) return content.subarray(0, length);
    if (length > limitBytes) throw new ConsoleError('file.too-large', { path, limitBytes });
    if (length === content.length) {
      const larger = new Uint8Array(Math.min(content.length * 2, limitBytes + 1));
      larger.set(content);
      content = larger;
    }
  }
}
