import { ConsoleError } from '../../shared/problem.ts';
import type { Ports, ScryptCost } from '../../shared/ports.ts';
import { passphraseBytes } from './passphrase.ts';

/** Length in bytes of every key here: the unlock key, the master key of a keyring, the key of a key file. */
export const KEY_BYTES = 32;
export const SALT_BYTES = 32;
/** Source: NIST SP 800-38D section 8.2: 96 bits. */
export const NONCE_BYTES = 12;

/** 128 MiB and about 0.3 s per guess. Also the maximum accepted from a file. */
export const SCRYPT_COST: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };

type KeyPorts = Pick<Ports, 'keys'>;

/**
 * The key derived from a passphrase; the caller wipes it. `keyring.cost` when a file asks for more memory or time than
 * this program ever uses: the passphrase is then not tried, since whoever wrote that file wants to exhaust the memory.
 */
export async function unlockKey(
  { keys }: KeyPorts,
  passphrase: string,
  from: { salt: Uint8Array; cost: ScryptCost; path: string },
): Promise<Uint8Array> {
  const { N, r, p } = from.cost;
  if (!isBearable(from.cost)) {
    throw new ConsoleError('keyring.cost', { path: from.path, n: N, r, p });
  }
  const bytes = passphraseBytes(passphrase);
  try {
    return await keys.scrypt(bytes, from.salt, { N, r, p, length: KEY_BYTES });
  } finally {
    keys.wipe(bytes);
  }
}

/**
 * A key of 32 bytes derived from a random one, by HKDF with SHA-256; the caller wipes it. Source: RFC 5869 section 2.
 */
export function derivedKey(
  { keys }: KeyPorts,
  master: Uint8Array,
  { salt, info }: { salt: Uint8Array; info: string },
): Uint8Array {
  const extracted = keys.hmac('SHA-256', salt, master);
  // One block of SHA-256 is enough, so the expansion ends with its first step.
  const key = keys.hmac('SHA-256', extracted, new TextEncoder().encode(`${info}\u0001`));
  keys.wipe(extracted);
  return key;
}

function isBearable({ N, r, p }: ScryptCost): boolean {
  const isPowerOfTwo = N >= 2 && N <= SCRYPT_COST.N && Number.isInteger(Math.log2(N));
  return isPowerOfTwo && r >= 1 && r <= SCRYPT_COST.r && p === SCRYPT_COST.p;
}
