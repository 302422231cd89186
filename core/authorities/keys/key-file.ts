import type { KeyFileId } from '../../pki/model/authority.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { encodeBase64 } from '../../formats/der/base64.ts';
import { strictUtf8 } from '../../formats/text/text-encoding.ts';
import type { Crypto, Ports, PrivateKey } from '../../shared/ports.ts';
import { keyFileHeader, type KeyFileHeader } from '../store/schemas.ts';
import type { JsonObject } from '../../store/migrations.ts';
import { deriveKey, NONCE_BYTES, SALT_BYTES } from './key-derivation.ts';
import {
  damageProblem,
  headerBytes,
  readHeader,
  decodeSealed,
  encodeSealed,
  VERSION,
  type SealedContent,
} from './sealed-content.ts';

const FORMAT = 'arcwarden-key';
/** Separates these keys from others that may later be derived from a master key. */
const DERIVATION_INFO = 'arcwarden-key/1';

/** An RSA 4096 key takes 3.7 kB. */
export const KEY_FILE_LIMIT_BYTES = 64 * 1024;

export interface MasterKey {
  keyring: string;
  bytes: Uint8Array;
}

type KeyFilePorts = Pick<Ports, 'keys' | 'crypto' | 'clock'>;

export function makeKeyFileId(crypto: Pick<Crypto, 'sha256Hex'>, spki: Uint8Array): KeyFileId {
  return crypto.sha256Hex(spki) as KeyFileId;
}

export function encodeKeyFile(ports: KeyFilePorts, master: MasterKey, key: PrivateKey): string {
  const { keys, crypto, clock } = ports;
  const salt = keys.randomBytes(SALT_BYTES);
  const nonce = keys.randomBytes(NONCE_BYTES);
  const header: KeyFileHeader = {
    format: FORMAT,
    version: VERSION,
    keyring: master.keyring,
    publicKeySha256: makeKeyFileId(crypto, key.spki),
    algorithm: key.algorithm ?? key.type,
    createdAt: clock.now(),
    kdf: 'hkdf-sha256',
    salt: encodeBase64(salt),
    cipher: 'aes-256-gcm',
    nonce: encodeBase64(nonce),
  };
  const fileKey = deriveKey(ports, master.bytes, { salt, info: DERIVATION_INFO });
  const data = keys.exportPrivateKey(key, 'pkcs8');
  try {
    const sealed = keys.seal({ key: fileKey, nonce, aad: headerBytes(header), data });
    return formatJson(encodeSealed(crypto, header, sealed));
  } finally {
    keys.wipe(fileKey, data);
  }
}

/**
 * Decrypts a key file. Throws `key-file.damaged`, `key-file.newer`, or `key-file.foreign` for a file of another keyring
 * or key. `path` is only for messages.
 */
export function decodeKeyFile(
  ports: KeyFilePorts,
  master: MasterKey,
  file: { content: Uint8Array; path: string; id: KeyFileId },
): PrivateKey {
  const { keys, crypto } = ports;
  const { path, id } = file;
  const content = readContent(crypto, file.content, path);
  const { keyring, publicKeySha256, salt, nonce } = readHeader(content, keyFileHeader, { format: FORMAT, path });
  if (keyring !== master.keyring || publicKeySha256 !== id) throw new ConsoleError('key-file.foreign', { path });
  const fileKey = deriveKey(ports, master.bytes, { salt, info: DERIVATION_INFO });
  const aad = headerBytes(content.header);
  const data = keys.unseal({ key: fileKey, nonce, aad, data: content.sealed });
  keys.wipe(fileKey);
  const key = data === undefined ? undefined : keys.read(data);
  keys.wipe(data);
  if (key === undefined || makeKeyFileId(crypto, key.spki) !== id) throw damageProblem(path, 'altered');
  return key;
}

function readContent(crypto: Crypto, bytes: Uint8Array, path: string): SealedContent {
  const json = parseKeyFile(bytes);
  const content = json === undefined ? undefined : decodeSealed(crypto, json);
  if (content === undefined) throw damageProblem(path, 'torn');
  if (!content.intact) throw damageProblem(path, 'changed');
  return content;
}

/** Accepts only the exact text that this program writes, so that no change goes unnoticed. */
function parseKeyFile(bytes: Uint8Array): JsonObject | undefined {
  try {
    const text = strictUtf8(bytes, 'kept');
    const value = JSON.parse(text) as JsonObject | null;
    const { header, sealed, sha256 } = value ?? {};
    return formatJson({ header, sealed, sha256 }) === text ? (value ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}

function formatJson(json: JsonObject): string {
  return `${JSON.stringify(json)}\n`;
}
