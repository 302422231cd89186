import { ConsoleError } from '../../shared/problem.ts';
import type { Ports, ScryptCost } from '../../shared/ports.ts';
import { SHORTEST_PASSPHRASE } from '../../shared/secrets/passphrase.ts';

export const KEY_BYTES = 32;
export const SALT_BYTES = 32;
/** Source: NIST SP 800-38D section 8.2. */
export const NONCE_BYTES = 12;

/** 128 MiB and about 0.3 s per guess. Files that request more are refused. */
export const SCRYPT_COST: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };

type KeyPorts = Pick<Ports, 'keys'>;

/**
 * Derives the unlock key, which the caller must wipe. Throws `keyring.cost` if the file requests more memory than this
 * program ever uses.
 */
export async function unlockKey(
  { keys }: KeyPorts,
  passphrase: string,
  from: { salt: Uint8Array; cost: ScryptCost; path: string },
): Promise<Uint8Array> {
  const { N, r, p } = from.cost;
  if (!isBearable(from.cost)) throw new ConsoleError('keyring.cost', { path: from.path, n: N, r, p });
  // The caller's string remains: JavaScript cannot overwrite it.
  const bytes = new TextEncoder().encode(preparePassphrase(passphrase));
  try {
    return await keys.scrypt(bytes, from.salt, { N, r, p, length: KEY_BYTES });
  } finally {
    keys.wipe(bytes);
  }
}

/** Derives a key by HKDF with SHA-256; the caller wipes it. Source: RFC 5869 section 2. */
export function deriveKey(
  { keys }: KeyPorts,
  master: Uint8Array,
  { salt, info }: { salt: Uint8Array; info: string },
): Uint8Array {
  const extracted = keys.hmac('SHA-256', salt, master);
  // One block suffices, so the expansion ends after its first step.
  const key = keys.hmac('SHA-256', extracted, new TextEncoder().encode(`${info}\u0001`));
  keys.wipe(extracted);
  return key;
}

function isBearable({ N, r, p }: ScryptCost): boolean {
  const isPowerOfTwo = N >= 2 && N <= SCRYPT_COST.N && Number.isInteger(Math.log2(N));
  return isPowerOfTwo && r >= 1 && r <= SCRYPT_COST.r && p === SCRYPT_COST.p;
}

/** Throws `passphrase.too-short` if the passphrase has too few code points. */
export function checkNewPassphrase(passphrase: string): void {
  if ([...preparePassphrase(passphrase)].length < SHORTEST_PASSPHRASE) {
    throw new ConsoleError('passphrase.too-short', { minimum: SHORTEST_PASSPHRASE });
  }
}

/**
 * Makes a passphrase independent of keyboard and input method: composes characters and replaces all other spaces, such
 * as the wide Japanese one, by plain ones. Source: RFC 8265 section 4.2.2 (OpaqueString).
 */
function preparePassphrase(passphrase: string): string {
  return passphrase.replace(/\p{Zs}/gu, ' ').normalize('NFC');
}
