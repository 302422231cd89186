/*
 * Randomness without state: Threefry-4x32 with 20 rounds. Draws are independent of each other, of their order and of
 * interruptions. For one key, this is a permutation, so no 128-bit value occurs twice. Source: Salmon and others,
 * "Parallel random numbers: as easy as 1, 2, 3", 2011 (Random123).
 */

export type Words = readonly [number, number, number, number];

const ROUNDS = 20;
const ROUNDS_BETWEEN_KEYS = 4;
const PARITY = 0x1bd11bda;
const ROTATIONS: readonly (readonly [number, number])[] = [
  [10, 26],
  [11, 21],
  [13, 27],
  [23, 5],
  [6, 20],
  [17, 11],
  [25, 10],
  [18, 20],
];

export function threefry(key: Words, counter: Words): Words {
  const keys = [...key, key[0] ^ key[1] ^ key[2] ^ key[3] ^ PARITY];
  const keyAt = (at: number): number => keys[at % keys.length] ?? 0;
  let a = (counter[0] + key[0]) | 0;
  let b = (counter[1] + key[1]) | 0;
  let c = (counter[2] + key[2]) | 0;
  let d = (counter[3] + key[3]) | 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const [first, second] = ROTATIONS[round % ROTATIONS.length] ?? [0, 0];
    // Odd rounds mix the words crosswise.
    if (round % 2 === 0) {
      a = (a + b) | 0;
      b = rotateLeft(b, first) ^ a;
      c = (c + d) | 0;
      d = rotateLeft(d, second) ^ c;
    } else {
      a = (a + d) | 0;
      d = rotateLeft(d, first) ^ a;
      c = (c + b) | 0;
      b = rotateLeft(b, second) ^ c;
    }
    if ((round + 1) % ROUNDS_BETWEEN_KEYS === 0) {
      const injection = (round + 1) / ROUNDS_BETWEEN_KEYS;
      a = (a + keyAt(injection)) | 0;
      b = (b + keyAt(injection + 1)) | 0;
      c = (c + keyAt(injection + 2)) | 0;
      d = (d + keyAt(injection + 3) + injection) | 0;
    }
  }
  return [a >>> 0, b >>> 0, c >>> 0, d >>> 0];
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** Hashes UTF-16 units with FNV-1a from four starting values, and mixes the result once. */
export function hashSeed(seed: string): Words {
  const [a, b, c, d] = [0x811c9dc5, 0x9dc5811c, 0x5bd1e995, 0x1b873593].map((start) => {
    let hash = start;
    for (let at = 0; at < seed.length; at += 1) hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193);
    return hash >>> 0;
  }) as [number, number, number, number];
  return threefry([a, b, c, d], [0, 0, 0, 0]);
}

/** Separates serial numbers from other uses of the same input. */
const SERIAL = 1;
const NODE_SUFFIX = 2;

/** Returns a positive number below 2^63 or 2^128, in lower-case hex of even length. */
export function getSerial(key: Words, slot: number, issue: number, bits: 128 | 63): string {
  const [a, b, c, d] = threefry(key, [slot, issue, SERIAL, 0]);
  const words = bits === 128 ? [a, b, c, d] : [a & 0x7fff_ffff, b];
  const hex = words.map((word) => word.toString(16).padStart(8, '0')).join('');
  return hex.replace(/^(?:00)+(?=..)/u, '').replace(/^00$/u, '01');
}

/** Generated names cannot form words. Source: Kubernetes. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;

export function nodeSuffix(key: Words, cluster: number, node: number): string {
  const words = threefry(key, [cluster, node, NODE_SUFFIX, 0]);
  const more = threefry(key, [cluster, node, NODE_SUFFIX, 1]);
  return [...words, ...more]
    .slice(0, SUFFIX_LENGTH)
    .map((word) => ALPHABET[word % ALPHABET.length] ?? '')
    .join('');
}
