import { encodeBase64 } from '../../formats/der/base64.ts';
import { encodeHex } from '../../formats/der/hex.ts';
import type { Crypto, Ports, ScryptCost } from '../../shared/ports.ts';
import { keyringHeader, type KeyringHeader } from '../store/schemas.ts';
import type { FileFormat } from '../../store/durable-json-file.ts';
import { SCHEMA_VERSION } from '../../store/migrations.ts';
import { KEY_BYTES, NONCE_BYTES, SALT_BYTES, unlockKey } from './key-derivation.ts';
import type { MasterKey } from './key-file.ts';
import {
  damageProblem,
  headerBytes,
  readHeader,
  decodeSealed,
  encodeSealed,
  VERSION,
  type SealedContent,
} from './sealed-content.ts';

const FORMAT = 'arcwarden-keyring';
const KEYRING_ID_BYTES = 16;

type KeyringPorts = Pick<Ports, 'keys' | 'clock'>;

/** Treats a damaged file as absent, so that its copy is used. */
export function createKeyringFormat(crypto: Pick<Crypto, 'sha256Hex'>): FileFormat<SealedContent> {
  return {
    kind: 'keyring',
    decode(json) {
      const content = decodeSealed(crypto, json);
      return content?.intact === true ? content : undefined;
    },
    encode: ({ header, sealed }) => ({ schema: SCHEMA_VERSION, ...encodeSealed(crypto, header, sealed) }),
  };
}

/** Generates a random key, which the caller must wipe. */
export function newMasterKey({ keys }: Pick<Ports, 'keys'>): MasterKey {
  return { keyring: encodeHex(keys.randomBytes(KEYRING_ID_BYTES)), bytes: keys.randomBytes(KEY_BYTES) };
}

/** Seals with a new salt and nonce. */
export async function sealKeyring(
  ports: KeyringPorts,
  master: MasterKey,
  by: { passphrase: string; cost: ScryptCost; path: string },
): Promise<SealedContent> {
  const { keys, clock } = ports;
  const salt = keys.randomBytes(SALT_BYTES);
  const nonce = keys.randomBytes(NONCE_BYTES);
  const header: KeyringHeader = {
    format: FORMAT,
    version: VERSION,
    keyring: master.keyring,
    createdAt: clock.now(),
    kdf: 'scrypt',
    ...by.cost,
    salt: encodeBase64(salt),
    cipher: 'aes-256-gcm',
    nonce: encodeBase64(nonce),
  };
  const key = await unlockKey(ports, by.passphrase, { ...by, salt });
  const sealed = keys.seal({ key, nonce, aad: headerBytes(header), data: master.bytes });
  keys.wipe(key);
  return { header: { ...header }, sealed };
}

/** Derives a key, which the caller must wipe. A wrong passphrase is noticed only when the key is used. */
export async function deriveUnlockKey(
  ports: Pick<Ports, 'keys'>,
  content: SealedContent,
  by: { passphrase: string; path: string },
): Promise<Uint8Array> {
  const { N, r, p, salt } = readHeader(content, keyringHeader, { format: FORMAT, path: by.path });
  return unlockKey(ports, by.passphrase, { salt, cost: { N, r, p }, path: by.path });
}

/**
 * Opens the content, which the caller must wipe. Returns `undefined` if `key` does not fit: a wrong passphrase cannot
 * be told from a file that was changed together with its checksum.
 */
export function unsealKeyring(
  { keys }: Pick<Ports, 'keys'>,
  content: SealedContent,
  by: { key: Uint8Array; path: string },
): MasterKey | undefined {
  const { keyring, nonce } = readHeader(content, keyringHeader, { format: FORMAT, path: by.path });
  const aad = headerBytes(content.header);
  const bytes = keys.unseal({ key: by.key, nonce, aad, data: content.sealed });
  if (bytes === undefined) return undefined;
  if (bytes.length === KEY_BYTES) return { keyring, bytes };
  keys.wipe(bytes);
  throw damageProblem(by.path, 'altered');
}
