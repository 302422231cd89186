import type { md, util } from 'node-forge';
import type { HashName } from '../../shared/certificates/key-algorithm.ts';
import type { CbcSealing } from '../../shared/ports.ts';

/**
 * The parts of PKCS #12 that predate PBES2 and are missing from today's runtimes: a key derivation of its own, and RC2.
 * node-forge provides both. It is loaded only for a file that requires it, since loading takes as long as the rest of
 * startup.
 */

/** Missing from the type declarations of node-forge. */
interface PbeFunctions {
  pbe: {
    generatePkcs12Key(
      password: string | null,
      salt: util.ByteBuffer,
      id: number,
      rounds: number,
      length: number,
      digest: md.MessageDigest,
    ): util.ByteBuffer;
  };
}

const DIGESTS = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' } as const;

/** Source: RFC 7292 appendix B.3. */
const LEGACY_PURPOSE = { encryption: 1, iv: 2, mac: 3 } as const;

export interface LegacyDerivation {
  hash: HashName;
  /** `null` is the empty passphrase without the two terminating zero bytes that every other passphrase has. */
  passphrase: string | null;
  salt: Uint8Array;
  purpose: keyof typeof LEGACY_PURPOSE;
  /** At least 1. Each round blocks the thread for one to four microseconds. */
  rounds: number;
  /** In bytes. */
  length: number;
}

/** Derives key material from a passphrase in UTF-16. Source: RFC 7292 appendix B.2. */
export async function legacyKey(derivation: LegacyDerivation): Promise<Uint8Array> {
  const forge = await loadForge();
  const { passphrase, salt, purpose, rounds, length, hash } = derivation;
  const { pbe } = forge.pki as typeof forge.pki & PbeFunctions;
  const key = pbe.generatePkcs12Key(
    passphrase,
    forgeBuffer(forge, salt),
    LEGACY_PURPOSE[purpose],
    rounds,
    length,
    forge.md[DIGESTS[hash]].create(),
  );
  return forge.util.binary.raw.decode(key.getBytes());
}

export const RC2_BLOCK_BYTES = 8;
/** forge keeps everything that passes through its buffers, so decrypting in one piece would take quadratic time. */
const RC2_PIECE_BYTES = 4096;

/**
 * Decrypts RC2 in CBC mode with a key of 5 or 16 bytes, all of them effective, and removes the padding. `undefined` if
 * the length or the padding is invalid. Blocks the thread for a quarter of a second per megabyte. Source: RFC 2268, RFC
 * 8018 section 6.1.1 for the padding.
 */
export async function rc2Decrypt(sealing: CbcSealing): Promise<Uint8Array | undefined> {
  const { key, data } = sealing;
  if (data.length === 0 || data.length % RC2_BLOCK_BYTES !== 0) return undefined;
  const forge = await loadForge();
  const cipher = forge.rc2.createDecryptionCipher(forgeBuffer(forge, key), key.length * 8);
  const plain = new Uint8Array(data.length);
  let iv = sealing.iv;
  for (let at = 0; at < data.length; at += RC2_PIECE_BYTES) {
    const piece = data.subarray(at, at + RC2_PIECE_BYTES);
    cipher.start(forgeBuffer(forge, iv));
    cipher.update(forgeBuffer(forge, piece));
    forge.util.binary.raw.decode(cipher.output.getBytes(), plain, at);
    // The last block of each piece is the IV of the next.
    iv = piece.subarray(piece.length - RC2_BLOCK_BYTES);
  }
  return removePadding(plain);
}

function removePadding(plain: Uint8Array): Uint8Array | undefined {
  const count = plain[plain.length - 1] ?? 0;
  if (count < 1 || count > RC2_BLOCK_BYTES) return undefined;
  const end = plain.length - count;
  return plain.subarray(end).every((byte) => byte === count) ? plain.subarray(0, end) : undefined;
}

type Forge = typeof import('node-forge');

async function loadForge(): Promise<Forge> {
  return (await import('node-forge')).default;
}

/** Copies the bytes, since forge ignores the offset of a view in its buffer. */
function forgeBuffer(forge: Forge, bytes: Uint8Array): util.ByteBuffer {
  return forge.util.createBuffer(new Uint8Array(bytes));
}
