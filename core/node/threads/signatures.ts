import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { CheckingOptions, Keys, SignatureCheck } from '../../shared/ports.ts';
import { startWorker } from './start-worker.ts';

/** The digest (`null` if it is part of the algorithm) and the key type. */
const SIGNATURES: Record<string, { digest: string | null; type: string }> = {
  '1.2.840.113549.1.1.5': { digest: 'sha1', type: 'rsa' },
  '1.2.840.113549.1.1.11': { digest: 'sha256', type: 'rsa' },
  '1.2.840.113549.1.1.12': { digest: 'sha384', type: 'rsa' },
  '1.2.840.113549.1.1.13': { digest: 'sha512', type: 'rsa' },
  '1.2.840.10045.4.1': { digest: 'sha1', type: 'ec' },
  '1.2.840.10045.4.3.2': { digest: 'sha256', type: 'ec' },
  '1.2.840.10045.4.3.3': { digest: 'sha384', type: 'ec' },
  '1.2.840.10045.4.3.4': { digest: 'sha512', type: 'ec' },
  '1.3.101.112': { digest: null, type: 'ed25519' },
};

/** Below this number of keys, checking takes less time than starting two threads. */
const WORTH_A_THREAD = 1_000;
/** Checks per message, which take about thirty milliseconds. */
const PART = 512;
const MOST_THREADS = 8;

export const THREAD_LOST =
  'a thread that checks signatures or reads files has ended; what it had to do was done without it';

/** Caches keys: reading a public key costs as much as verifying a signature, and the key of one CA verifies many. */
const publicKeys = new Map<string, KeyObject>();
const MOST_PUBLIC_KEYS = 1_024;

/** Returns false also for unknown algorithms and for a key of another type. */
export function isSigned({ spki, signatureOid, data, signature }: Parameters<Keys['verify']>[0]): boolean {
  const algorithm = SIGNATURES[signatureOid];
  if (algorithm === undefined) return false;
  try {
    const name = Buffer.from(spki).toString('latin1');
    let key = publicKeys.get(name);
    if (key === undefined) {
      key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
      if (publicKeys.size >= MOST_PUBLIC_KEYS) publicKeys.clear();
      publicKeys.set(name, key);
    }
    if (key.asymmetricKeyType !== algorithm.type) return false;
    return verify(algorithm.digest, data, key, signature);
  } catch {
    // Thrown for an unknown key type or encoding.
    return false;
  }
}

/** Does the same as `findHere`, in a thread. */
const WORK = `
const { createPublicKey, verify } = require('node:crypto');
const { parentPort, workerData } = require('node:worker_threads');
const known = new Map();
const read = (bytes) => {
  const name = Buffer.from(bytes).toString('latin1');
  if (!known.has(name)) {
    let key;
    try {
      key = createPublicKey({ key: Buffer.from(bytes), format: 'der', type: 'spki' });
    } catch {}
    known.set(name, key);
  }
  return known.get(name);
};
const isSigned = (algorithm, key, data, signature) => {
  try {
    return key !== undefined && key.asymmetricKeyType === algorithm.type && verify(algorithm.digest, data, key, signature);
  } catch {
    return false;
  }
};
parentPort.on('message', ({ bytes, checks, spkis, lists }) => {
  const keys = [];
  const keyAt = (position) => (position in keys ? keys[position] : (keys[position] = read(spkis[position])));
  const last = lists.map(() => -1);
  const found = new Int32Array(checks.length / 4).fill(-1);
  let at = 0;
  for (let index = 0; index < found.length; index += 1) {
    const [list, oid, dataLength, signatureLength] = checks.subarray(4 * index, 4 * index + 4);
    const data = bytes.subarray(at, at + dataLength);
    const signature = bytes.subarray(at + dataLength, at + dataLength + signatureLength);
    at += dataLength + signatureLength;
    const algorithm = workerData[oid];
    const tried = lists[list];
    const likely = last[list];
    const isBy = (key) => isSigned(algorithm, keyAt(key), data, signature);
    if (likely >= 0 && isBy(tried[likely])) found[index] = likely;
    else found[index] = tried.findIndex((key, each) => each !== likely && isBy(key));
    if (found[index] >= 0) last[list] = found[index];
  }
  parentPort.postMessage(found, [found.buffer]);
});
`;

const OIDS = Object.keys(SIGNATURES);

/**
 * Implements `Keys.findSigners`. Calls `onLost` for each thread that ends unexpectedly; this thread then checks the
 * remaining signatures.
 */
export async function findSigners(
  checks: readonly SignatureCheck[],
  {
    checked = () => undefined,
    beside,
    lost = () => undefined,
    work = WORK,
  }: CheckingOptions & { lost?: () => void; work?: string } = {},
): Promise<Int32Array> {
  const keys = checks.reduce((sum, { spkis }) => sum + spkis.length, 0);
  if (keys < WORTH_A_THREAD) return findHere(checks, checked);
  const found = new Int32Array(checks.length);
  let next = 0;
  const checkParts = async (): Promise<void> => {
    const thread = new Thread(work);
    try {
      while (next < checks.length) {
        const start = next;
        next += PART;
        const part = checks.slice(start, start + PART);
        const answer = await thread.findIn(part);
        if (answer === undefined) lost();
        found.set(answer ?? (await findHere(part)), start);
        checked(part.length);
        if (answer === undefined) return;
      }
    } finally {
      thread.end();
    }
  };
  const threads = Math.min(availableParallelism(), MOST_THREADS, Math.ceil(checks.length / PART));
  const first = beside === undefined ? threads : Math.max(1, threads - 1);
  let last: Promise<void> | undefined;
  void beside?.then(() => {
    if (first === threads || next >= checks.length) return;
    last = checkParts();
    // Nothing awaits this promise if the other threads fail.
    last.catch(() => undefined);
  });
  await Promise.all(Array.from({ length: first }, checkParts));
  await last;
  // Some parts have not begun if all threads were lost.
  const rest = next;
  next = checks.length;
  if (rest < checks.length) found.set(await findHere(checks.slice(rest), checked), rest);
  return found;
}

/** Tries the key of the previous signature first: certificates from one CA are usually adjacent. */
async function findHere(
  checks: readonly SignatureCheck[],
  checked: (count: number) => void = () => undefined,
): Promise<Int32Array> {
  const last = new Map<readonly Uint8Array[], number>();
  const found = new Int32Array(checks.length);
  for (const [at, { spkis, ...signed }] of checks.entries()) {
    const likely = last.get(spkis);
    const position =
      likely !== undefined && isSigned({ ...signed, spki: spkis[likely]! })
        ? likely
        : spkis.findIndex((spki, each) => each !== likely && isSigned({ ...signed, spki }));
    found[at] = position;
    if (position >= 0) last.set(spkis, position);
    if (at % PAUSE_EVERY !== PAUSE_EVERY - 1) continue;
    checked(PAUSE_EVERY);
    await new Promise((done) => setImmediate(done));
  }
  checked(checks.length % PAUSE_EVERY);
  return found;
}

/** The event loop runs after this many checks; with the longest keys, each check takes a millisecond. */
const PAUSE_EVERY = 16;

class Thread {
  readonly #worker: Worker | undefined;
  #resolve: (found: Int32Array | undefined) => void = () => undefined;
  #isLost = false;

  constructor(work: string) {
    this.#worker = startWorker(work, Object.values(SIGNATURES));
    this.#worker?.on('message', (found: Int32Array) => this.#resolve(found));
    const onLost = (): void => {
      this.#isLost = true;
      this.#resolve(undefined);
    };
    this.#worker?.on('error', onLost);
    this.#worker?.on('exit', onLost);
    this.#isLost = this.#worker === undefined;
  }

  findIn(checks: readonly SignatureCheck[]): Promise<Int32Array | undefined> {
    return new Promise((done) => {
      this.#resolve = done;
      if (this.#isLost) done(undefined);
      const message = packChecks(checks);
      this.#worker?.postMessage(message, [message.bytes.buffer, message.checks.buffer]);
    });
  }

  end(): void {
    void this.#worker?.terminate();
  }
}

interface Part {
  /** The signed data of each check, followed by its signature. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Four numbers per check: list of keys, algorithm, length of the signed data, length of the signature. */
  checks: Int32Array<ArrayBuffer>;
  lists: Int32Array[];
  /** Without duplicates. */
  spkis: Uint8Array[];
}

/** Packs checks into a few objects, since sending an object takes longer than sending the bytes of a certificate. */
function packChecks(checks: readonly SignatureCheck[]): Part {
  const size = checks.reduce((sum, { data, signature }) => sum + data.length + signature.length, 0);
  const bytes = new Uint8Array(size);
  const numbers = new Int32Array(4 * checks.length);
  const lists = new Map<readonly Uint8Array[], number>();
  let at = 0;
  for (const [index, { spkis, signatureOid, data, signature }] of checks.entries()) {
    const list = lists.get(spkis) ?? lists.size;
    lists.set(spkis, list);
    numbers.set([list, OIDS.indexOf(signatureOid), data.length, signature.length], 4 * index);
    bytes.set(data, at);
    bytes.set(signature, at + data.length);
    at += data.length + signature.length;
  }
  const keys = new Map<Uint8Array, number>();
  const keyPosition = (key: Uint8Array): number => {
    const position = keys.get(key) ?? keys.size;
    keys.set(key, position);
    return position;
  };
  return {
    bytes,
    checks: numbers,
    lists: Array.from(lists.keys(), (list) => Int32Array.from(list, keyPosition)),
    // A view would be sent with its whole buffer, such as an entire file.
    spkis: Array.from(keys.keys(), (key) => Uint8Array.from(key)),
  };
}
