import { HASH_NAMES as SUPPORTED_HASHES, type HashName } from '../../shared/certificates/key-algorithm.ts';
import { isSameBytes } from '../../shared/lists.ts';
import type { CbcCipher, CbcSealing, Keys } from '../../shared/ports.ts';
import { berElement, type BerCursor } from '../der/ber.ts';
import { ContainerError, damageError } from './container-problem.ts';
import { INTEGER, SEQUENCE } from '../der/der.ts';
import { HASH_OIDS } from '../der/oids.ts';
import { AES_256_CBC, HMAC_SHA256, LEGACY_3DES, PBES2, PBKDF2, PBMAC1 } from './pkcs12-identifiers.ts';
import { legacyKey, RC2_BLOCK_BYTES, rc2Decrypt, type LegacyDerivation } from './pkcs12-legacy.ts';

/**
 * Limit on PBKDF2 rounds for one file, which take about a second. certtool uses 600,000 for a MAC and for each of two
 * parts: 3.6 million with both forms of the empty passphrase.
 */
const MAX_ROUNDS = 4_000_000;
/**
 * A file up to this cost is always opened, even if the shared budget is used up. Windows uses 2,000 rounds, OpenSSL
 * 2,048 (PKCS12_DEFAULT_ITER), Java 10,000 (keystore.pkcs12.macIterationCount), the console itself 100,000.
 */
const CHEAP_ROUNDS = 1_000_000;
/** Limit for all expensive files of one import together, which take some minutes. */
const MAX_ROUNDS_TOGETHER = 1_000_000_000;

export interface DerivationBudget {
  left: number;
}

export function derivationBudget(): DerivationBudget {
  return { left: MAX_ROUNDS_TOGETHER };
}

/**
 * Weight of a round of the legacy derivation and of an RC2 block, which are several times slower and block all other
 * work.
 */
const LEGACY_WEIGHT = 2;
const WIDE_LEGACY_WEIGHT = 6;
/** Salts have 8 to 64 bytes and HMAC keys at most 64; longer ones would waste time. */
const MAX_SALT_BYTES = 1024;
const MAX_KEY_BYTES = 64;

type LegacyCipher = 'des-ede3-cbc' | 'rc2';
/** Source: RFC 7292 appendix C. */
const LEGACY_SCHEMES: ReadonlyMap<string, { cipher: LegacyCipher; keyBytes: number }> = new Map([
  [LEGACY_3DES, { cipher: 'des-ede3-cbc', keyBytes: 24 }],
  ['1.2.840.113549.1.12.1.4', { cipher: 'des-ede3-cbc', keyBytes: 16 }],
  ['1.2.840.113549.1.12.1.5', { cipher: 'rc2', keyBytes: 16 }],
  ['1.2.840.113549.1.12.1.6', { cipher: 'rc2', keyBytes: 5 }],
]);
/** Source: RFC 8018 appendix B.2, NIST Computer Security Objects Register. */
const CIPHERS: ReadonlyMap<string, { cipher: CbcCipher; keyBytes: number; ivBytes: number }> = new Map([
  ['1.2.840.113549.3.7', { cipher: 'des-ede3-cbc', keyBytes: 24, ivBytes: 8 }],
  ['2.16.840.1.101.3.4.1.2', { cipher: 'aes-128-cbc', keyBytes: 16, ivBytes: 16 }],
  ['2.16.840.1.101.3.4.1.22', { cipher: 'aes-192-cbc', keyBytes: 24, ivBytes: 16 }],
  [AES_256_CBC, { cipher: 'aes-256-cbc', keyBytes: 32, ivBytes: 16 }],
]);
const HMAC_SHA1 = '1.2.840.113549.2.7';
/** Source: RFC 8018 appendix B.1.2. */
const HMACS: ReadonlyMap<string, HashName> = new Map([
  [HMAC_SHA1, 'SHA-1'],
  [HMAC_SHA256, 'SHA-256'],
  ['1.2.840.113549.2.10', 'SHA-384'],
  ['1.2.840.113549.2.11', 'SHA-512'],
]);
const HASH_BYTES: Record<HashName, number> = { 'SHA-1': 20, 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 };
/** Names of recognised but unsupported features, besides those in `oids.ts`. Source: RFC 7292, RFC 8018, RFC 7914. */
const FEATURE_NAMES: ReadonlyMap<string, string> = new Map([
  ...HASH_OIDS,
  ['1.2.840.113549.1.12.1.1', 'pbeWithSHAAnd128BitRC4'],
  ['1.2.840.113549.1.12.1.2', 'pbeWithSHAAnd40BitRC4'],
  ['1.2.840.113549.1.5.1', 'pbeWithMD2AndDES-CBC'],
  ['1.2.840.113549.1.5.3', 'pbeWithMD5AndDES-CBC'],
  ['1.2.840.113549.1.5.6', 'pbeWithMD5AndRC2-CBC'],
  ['1.2.840.113549.1.5.10', 'pbeWithSHA1AndDES-CBC'],
  ['1.2.840.113549.1.5.11', 'pbeWithSHA1AndRC2-CBC'],
  ['1.3.6.1.4.1.11591.4.11', 'scrypt'],
  ['1.2.840.113549.3.2', 'RC2-CBC'],
  ['1.3.14.3.2.7', 'DES-CBC'],
  ['2.16.840.1.101.3.4.1.46', 'AES-256-GCM'],
  ['1.2.840.113549.2.8', 'HMAC-SHA-224'],
  ['1.2.840.113549.2.5', 'MD5'],
]);

export interface Pkcs12Mac {
  /** Content of the AlgorithmIdentifier. */
  algorithm: BerCursor;
  salt: Uint8Array;
  /** `undefined` above 2^31. */
  rounds: number | undefined;
  digest: Uint8Array;
}

interface Pbkdf2 {
  salt: Uint8Array;
  rounds: number;
  hash: HashName;
  /** Absent if the file omits the length. */
  length: number | undefined;
}

/**
 * A passphrase for one file. Adds up the cost and throws `too-costly` or `too-costly-together` before a limit is
 * exceeded, `unsupported` for unusable algorithms, and `damaged` for invalid parameters. Wipes its own key bytes;
 * node-forge and the caller keep theirs in strings, which cannot be wiped.
 */
export class Pkcs12Passphrase {
  readonly #keys: Keys;
  readonly #utf8: Uint8Array;
  /**
   * The legacy derivation has two forms of the empty passphrase: two zero bytes, or no bytes. Windows and openssl write
   * and try both. Source: RFC 7292 appendix B.1, PFXExportCertStoreEx, PKCS12_parse.
   */
  #forms: readonly (string | null)[];
  #rounds = 0;
  readonly #budget: DerivationBudget;

  constructor(keys: Keys, passphrase: string, budget: DerivationBudget) {
    this.#keys = keys;
    this.#budget = budget;
    this.#utf8 = new TextEncoder().encode(passphrase);
    this.#forms = passphrase === '' ? ['', null] : [passphrase];
  }

  wipe(): void {
    this.#keys.wipe(this.#utf8);
  }

  async fitsMac(mac: Pkcs12Mac, content: Uint8Array): Promise<boolean> {
    const oid = mac.algorithm.oid();
    if (oid === PBMAC1) return this.#fitsPbmac1(mac, content);
    const hash = SUPPORTED_HASHES.find((name) => name === HASH_OIDS.get(oid));
    if (hash === undefined) throw featureError(oid);
    for (const form of this.#forms) {
      const derivation = { hash, ...checkCost(mac.salt, mac.rounds), passphrase: form };
      const key = await this.#legacyKey({ ...derivation, purpose: 'mac', length: HASH_BYTES[hash] });
      const digest = this.#keys.hmac(hash, key, content);
      this.#keys.wipe(key);
      if (!isSameBytes(digest, mac.digest)) continue;
      this.#forms = [form, ...this.#forms.filter((other) => other !== form)];
      return true;
    }
    return false;
  }

  /** Checks the MAC of RFC 9579, PBKDF2 with HMAC, which ignores the salt and rounds of the legacy MAC. */
  async #fitsPbmac1(mac: Pkcs12Mac, content: Uint8Array): Promise<boolean> {
    const parameters = mac.algorithm.enter(SEQUENCE);
    const derivation = pbkdf2(parameters.enter(SEQUENCE));
    const oid = parameters.enter(SEQUENCE).oid();
    const hash = HMACS.get(oid);
    if (hash === undefined) throw featureError(oid);
    const length = derivation.length ?? HASH_BYTES[hash];
    if (length === 0 || length > MAX_KEY_BYTES) throw damageError();
    const key = await this.#pbkdf2(derivation, length);
    const digest = this.#keys.hmac(hash, key, content);
    this.#keys.wipe(key);
    return isSameBytes(digest, mac.digest);
  }

  /**
   * Decrypts data that must be a single SEQUENCE; `undefined` if the passphrase is wrong. `algorithm` is the content of
   * the AlgorithmIdentifier. The caller wipes the result.
   */
  async decrypt(algorithm: BerCursor, data: Uint8Array): Promise<Uint8Array | undefined> {
    const oid = algorithm.oid();
    if (oid === PBES2) return this.#decryptPbes2(algorithm.enter(SEQUENCE), data);
    const scheme = LEGACY_SCHEMES.get(oid);
    if (scheme === undefined) throw featureError(oid);
    const parameters = algorithm.enter(SEQUENCE);
    const cost = checkCost(parameters.octets(), parameters.smallInteger());
    for (const passphrase of this.#forms) {
      const from = { hash: 'SHA-1', passphrase, ...cost } as const;
      const key = await this.#legacyKey({ ...from, purpose: 'encryption', length: scheme.keyBytes });
      const iv = await this.#legacyKey({ ...from, purpose: 'iv', length: 8 });
      const plain = await this.#decryptLegacy(scheme.cipher, { key, iv, data });
      this.#keys.wipe(key);
      if (plain !== undefined && isOneSequence(plain)) return plain;
      this.#keys.wipe(plain);
    }
    return undefined;
  }

  async #decryptPbes2(parameters: BerCursor, data: Uint8Array): Promise<Uint8Array | undefined> {
    const derivation = pbkdf2(parameters.enter(SEQUENCE));
    const encryption = parameters.enter(SEQUENCE);
    const oid = encryption.oid();
    const scheme = CIPHERS.get(oid);
    if (scheme === undefined) throw featureError(oid);
    const iv = encryption.octets();
    if (iv.length !== scheme.ivBytes) throw damageError();
    const key = await this.#pbkdf2(derivation, scheme.keyBytes);
    const plain = this.#keys.cbc('decrypt', scheme.cipher, { key, iv, data });
    this.#keys.wipe(key);
    if (plain === undefined || isOneSequence(plain)) return plain;
    this.#keys.wipe(plain);
    return undefined;
  }

  async #decryptLegacy(cipher: LegacyCipher, sealing: CbcSealing): Promise<Uint8Array | undefined> {
    if (cipher === 'rc2') {
      this.#spend(Math.ceil(sealing.data.length / RC2_BLOCK_BYTES) * LEGACY_WEIGHT);
      return rc2Decrypt(sealing);
    }
    // Two-key triple DES: the third key equals the first.
    const key = new Uint8Array(24);
    key.set(sealing.key);
    key.set(sealing.key.subarray(0, 24 - sealing.key.length), sealing.key.length);
    const plain = this.#keys.cbc('decrypt', cipher, { ...sealing, key });
    this.#keys.wipe(key);
    return plain;
  }

  async #legacyKey(derivation: LegacyDerivation): Promise<Uint8Array> {
    const { hash, rounds, length } = derivation;
    const isWide = hash === 'SHA-384' || hash === 'SHA-512';
    const blocks = Math.ceil(length / HASH_BYTES[hash]);
    this.#spend(rounds * blocks * (isWide ? WIDE_LEGACY_WEIGHT : LEGACY_WEIGHT));
    return legacyKey(derivation);
  }

  async #pbkdf2({ salt, rounds, hash }: Pbkdf2, length: number): Promise<Uint8Array> {
    this.#spend(rounds * Math.ceil(length / HASH_BYTES[hash]));
    return this.#keys.pbkdf2(this.#utf8, salt, { iterations: rounds, length, hash });
  }

  #spend(rounds: number): void {
    this.#rounds += rounds;
    if (this.#rounds > MAX_ROUNDS) throw new ContainerError({ kind: 'too-costly' });
    if (this.#rounds <= CHEAP_ROUNDS) return;
    if (rounds > this.#budget.left) throw new ContainerError({ kind: 'too-costly-together' });
    this.#budget.left -= rounds;
  }
}

/** Source: RFC 8018 appendix A.2. */
function pbkdf2(algorithm: BerCursor): Pbkdf2 {
  const oid = algorithm.oid();
  if (oid !== PBKDF2) throw featureError(oid);
  const parameters = algorithm.enter(SEQUENCE);
  const cost = checkCost(parameters.octets(), parameters.smallInteger());
  const length = parameters.nextTag === INTEGER ? parameters.smallInteger() : undefined;
  const prf = parameters.isAtEnd ? HMAC_SHA1 : parameters.enter(SEQUENCE).oid();
  const hash = HMACS.get(prf);
  if (hash === undefined) throw featureError(prf);
  return { ...cost, hash, length };
}

function checkCost(salt: Uint8Array, rounds: number | undefined): { salt: Uint8Array; rounds: number } {
  if (rounds === undefined || salt.length > MAX_SALT_BYTES) throw new ContainerError({ kind: 'too-costly' });
  if (rounds === 0) throw damageError();
  return { salt, rounds };
}

function featureError(oid: string): ContainerError {
  return new ContainerError({ kind: 'unsupported', feature: FEATURE_NAMES.get(oid) ?? oid });
}

/** Whether the plaintext is a single SEQUENCE: the padding alone would accept one in 256 wrong passphrases. */
function isOneSequence(plain: Uint8Array): boolean {
  try {
    const { tag, next } = berElement(plain, 0, plain.length);
    return tag === SEQUENCE && next === plain.length;
  } catch (error) {
    if (error instanceof ContainerError) return false;
    throw error;
  }
}
