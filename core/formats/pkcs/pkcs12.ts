import type { Ports } from '../../shared/ports.ts';
import { BerCursor } from '../der/ber.ts';
import { ContainerError, containerProblem, type ContainerProblem } from './container-problem.ts';
import { derivationBudget, Pkcs12Passphrase } from './pkcs12-encryption.ts';
import { CERTIFICATE_BAG, KEY_BAG, SHROUDED_KEY_BAG } from './pkcs12-identifiers.ts';
import {
  bagsIn,
  certificateIn,
  firstShrouded,
  MAX_ENTRIES,
  readOutline,
  readParts,
  sequenceIn,
  readShroudedKey,
  type BagNames,
  type EncryptedPart,
  type Pkcs12Part,
  type Quota,
} from './pkcs12-structure.ts';

/** Not yet decoded; may not be a valid certificate. */
export interface Pkcs12Certificate extends BagNames {
  der: Uint8Array;
}

/** DER. */
export interface Pkcs12Key extends BagNames {
  pkcs8: Uint8Array;
}

/** Unencrypted content: some tools encrypt only the keys. */
export interface Pkcs12InClear {
  certificates: Pkcs12Certificate[];
  /** DER of EncryptedPrivateKeyInfo. */
  encryptedKeys: (BagNames & { der: Uint8Array })[];
}

/** Lists are in file order and may be empty. The caller wipes the keys' bytes. */
export type Pkcs12Reading =
  | { ok: true; certificates: Pkcs12Certificate[]; keys: Pkcs12Key[] }
  | { ok: false; problem: ContainerProblem; inClear: Pkcs12InClear };

/**
 * Reads the certificates and private keys of a PFX, in DER or BER: PBES2 with PBKDF2 and AES or 3DES in CBC mode, the
 * older 3DES and RC2, and unencrypted parts, with a MAC by PKCS #12 or PBMAC1, or without one. An empty passphrase also
 * stands for none. Skips CRLs and secrets. If the MAC is wrong, a file that can still be decrypted counts as damaged;
 * otherwise the passphrase is wrong. Never throws, whatever the file contains. Source: RFC 7292, RFC 8018, RFC 9579.
 */
export async function readPkcs12(
  { keys }: Pick<Ports, 'keys'>,
  bytes: Uint8Array,
  passphrase: string,
  budget = derivationBudget(),
): Promise<Pkcs12Reading> {
  const secret = new Pkcs12Passphrase(keys, passphrase, budget);
  const reader = new Pkcs12Reader(keys, secret);
  try {
    await reader.read(bytes);
    return { ok: true, certificates: reader.certificates, keys: reader.keys };
  } catch (error) {
    keys.wipe(...reader.keys.map(({ pkcs8 }) => pkcs8));
    return { ok: false, problem: containerProblem(error), inClear: contentInClear(bytes) };
  } finally {
    secret.wipe();
  }
}

class Pkcs12Reader {
  readonly certificates: Pkcs12Certificate[] = [];
  readonly keys: Pkcs12Key[] = [];
  readonly #port: Ports['keys'];
  readonly #secret: Pkcs12Passphrase;
  readonly #quota: Quota = { left: MAX_ENTRIES };

  constructor(keys: Ports['keys'], secret: Pkcs12Passphrase) {
    this.#port = keys;
    this.#secret = secret;
  }

  async read(bytes: Uint8Array): Promise<void> {
    const { content, mac } = readOutline(bytes);
    const parts = readParts(content);
    if (mac !== undefined && !(await this.#secret.fitsMac(mac, content))) {
      const opens = await this.#opensAnyway(parts);
      throw new ContainerError({ kind: opens ? 'damaged' : 'wrong-passphrase' });
    }
    for (const part of parts) await this.#readPart(part);
  }

  async #readPart(part: Pkcs12Part): Promise<void> {
    if (part.kind === 'clear') return this.#readBags(part.content);
    const content = await this.#decrypt(part);
    try {
      await this.#readBags(content);
    } finally {
      this.#port.wipe(content);
    }
  }

  async #readBags(content: Uint8Array): Promise<void> {
    for (const { type, value, names } of bagsIn(content, this.#quota)) {
      if (type === CERTIFICATE_BAG) addCertificate(this.certificates, value, names);
      else if (type === KEY_BAG) this.keys.push({ pkcs8: sequenceIn(value), ...names });
      else if (type === SHROUDED_KEY_BAG) {
        this.keys.push({ pkcs8: await this.#decrypt(readShroudedKey(value)), ...names });
      }
    }
  }

  async #decrypt(part: EncryptedPart): Promise<Uint8Array> {
    const plain = await this.#secret.decrypt(new BerCursor(part.within, part.algorithm), part.content);
    if (plain === undefined) throw new ContainerError({ kind: 'wrong-passphrase' });
    return plain;
  }

  /** Whether the first encrypted part can be decrypted, which proves the passphrase even if the MAC is wrong. */
  async #opensAnyway(parts: readonly Pkcs12Part[]): Promise<boolean> {
    try {
      for (const part of parts) {
        const encrypted = part.kind === 'encrypted' ? part : firstShrouded(part.content);
        if (encrypted === undefined) continue;
        this.#port.wipe(await this.#decrypt(encrypted));
        return true;
      }
      return false;
    } catch (error) {
      containerProblem(error);
      return false;
    }
  }
}

function addCertificate(list: Pkcs12Certificate[], value: BerCursor, names: BagNames): void {
  const der = certificateIn(value);
  if (der !== undefined) list.push({ der, ...names });
}

function contentInClear(bytes: Uint8Array): Pkcs12InClear {
  const found: Pkcs12InClear = { certificates: [], encryptedKeys: [] };
  const quota = { left: MAX_ENTRIES };
  try {
    for (const part of readParts(readOutline(bytes).content)) {
      if (part.kind === 'encrypted') continue;
      for (const { type, value, names } of bagsIn(part.content, quota)) {
        if (type === CERTIFICATE_BAG) addCertificate(found.certificates, value, names);
        else if (type === SHROUDED_KEY_BAG) {
          found.encryptedKeys.push({ der: sequenceIn(value), ...names });
        }
      }
    }
  } catch (error) {
    containerProblem(error);
  }
  return found;
}
