import type { CbcSealing, Keys } from '../../shared/ports.ts';
import { nullValue, identify, octetString, sequence, smallInteger } from '../der/der-writer.ts';
import { AES_256_CBC, HMAC_SHA256, LEGACY_3DES, PBES2, PBKDF2, SHA1, SHA256 } from './pkcs12-identifiers.ts';
import { legacyKey } from './pkcs12-legacy.ts';

/**
 * `aes-256`: PBES2 with PBKDF2, HMAC-SHA-256 and AES-256-CBC, and a SHA-256 MAC; the default in openssl 3,
 * AES256-SHA256 in Windows. `3des`: pbeWithSHAAnd3-KeyTripleDES-CBC with a SHA-1 MAC, TripleDES-SHA1 in Windows; the
 * newest scheme that Windows Server 2016 and older can open.
 */
export type Pkcs12Encryption = 'aes-256' | '3des';

export interface Encrypted {
  algorithm: Uint8Array;
  content: Uint8Array;
}

interface Profile {
  rounds: number;
  saltBytes: number;
  mac: { hash: 'SHA-1' | 'SHA-256'; oid: string; bytes: number };
}

/**
 * Rounds of key derivation. The 2,000 of openssl and Windows hardly slow an attacker down, but readers may refuse more
 * than 100,000: .NET accepts 300,000 in one derivation and, without a passphrase, 600,000 in all (Pkcs12LoaderLimits,
 * KB5025823). 3DES gets 10,000, as in Java's keytool, since each round has seven steps on the main thread and its
 * readers are old.
 */
const PROFILES: Record<Pkcs12Encryption, Profile> = {
  'aes-256': { rounds: 100_000, saltBytes: 16, mac: { hash: 'SHA-256', oid: SHA256, bytes: 32 } },
  '3des': { rounds: 10_000, saltBytes: 8, mac: { hash: 'SHA-1', oid: SHA1, bytes: 20 } },
};

const AES_256 = { cipher: 'aes-256-cbc', keyBytes: 32, blockBytes: 16 } as const;
const THREE_DES = { cipher: 'des-ede3-cbc', keyBytes: 24, blockBytes: 8 } as const;

export class Pkcs12Protection {
  readonly #keys: Keys;
  readonly #passphrase: string;
  readonly #utf8: Uint8Array;
  readonly #encryption: Pkcs12Encryption;
  readonly #profile: Profile;

  constructor(
    keys: Keys,
    { passphrase, encryption, rounds }: { passphrase: string; encryption: Pkcs12Encryption; rounds?: number },
  ) {
    this.#keys = keys;
    this.#passphrase = passphrase;
    this.#utf8 = new TextEncoder().encode(passphrase);
    this.#encryption = encryption;
    const profile = PROFILES[encryption];
    this.#profile = { ...profile, rounds: rounds ?? profile.rounds };
  }

  wipe(): void {
    this.#keys.wipe(this.#utf8);
  }

  encrypt(plain: Uint8Array): Promise<Encrypted> {
    return this.#encryption === 'aes-256' ? this.#encryptAes(plain) : this.#encrypt3des(plain);
  }

  /** Source: RFC 8018 sections 6.2 and A.4. */
  async #encryptAes(data: Uint8Array): Promise<Encrypted> {
    const { rounds, saltBytes } = this.#profile;
    const salt = this.#keys.randomBytes(saltBytes);
    const iv = this.#keys.randomBytes(AES_256.blockBytes);
    const how = { iterations: rounds, length: AES_256.keyBytes, hash: 'SHA-256' } as const;
    const key = await this.#keys.pbkdf2(this.#utf8, salt, how);
    const derivation = sequence(octetString(salt), smallInteger(rounds), identify(HMAC_SHA256, nullValue()));
    const parameters = sequence(identify(PBKDF2, derivation), identify(AES_256_CBC, octetString(iv)));
    return { algorithm: identify(PBES2, parameters), content: this.#cbc(AES_256.cipher, { key, iv, data }) };
  }

  /** Source: RFC 7292 appendix C. */
  async #encrypt3des(data: Uint8Array): Promise<Encrypted> {
    const { rounds, saltBytes } = this.#profile;
    const salt = this.#keys.randomBytes(saltBytes);
    const from = { hash: 'SHA-1', passphrase: this.#passphrase, salt, rounds } as const;
    const key = await legacyKey({ ...from, purpose: 'encryption', length: THREE_DES.keyBytes });
    const iv = await legacyKey({ ...from, purpose: 'iv', length: THREE_DES.blockBytes });
    const parameters = sequence(octetString(salt), smallInteger(rounds));
    return { algorithm: identify(LEGACY_3DES, parameters), content: this.#cbc(THREE_DES.cipher, { key, iv, data }) };
  }

  #cbc(cipher: 'aes-256-cbc' | 'des-ede3-cbc', sealing: CbcSealing): Uint8Array {
    const content = this.#keys.cbc('encrypt', cipher, sealing);
    this.#keys.wipe(sealing.key);
    if (content === undefined) throw new Error(`${cipher} is missing in the crypto library`);
    return content;
  }

  /** Writes MacData over the encoded AuthenticatedSafe. Source: RFC 7292 section 4 and appendix B. */
  async mac(safe: Uint8Array): Promise<Uint8Array> {
    const { rounds, saltBytes, mac } = this.#profile;
    const salt = this.#keys.randomBytes(saltBytes);
    const from = { hash: mac.hash, passphrase: this.#passphrase, salt, rounds };
    const key = await legacyKey({ ...from, purpose: 'mac', length: mac.bytes });
    const digest = this.#keys.hmac(mac.hash, key, safe);
    this.#keys.wipe(key);
    const algorithm = identify(mac.oid, nullValue());
    return sequence(sequence(algorithm, octetString(digest)), octetString(salt), smallInteger(rounds));
  }
}
