import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  pbkdf2,
  randomBytes,
  scrypt,
  sign,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { HashName, KeyAlgorithm } from '../shared/certificates/key-algorithm.ts';
import type { Keys, PrivateKey } from '../shared/ports.ts';
import { findSigners, isSigned } from './threads/signatures.ts';

const TAG_BYTES = 16;
/** Node's default is too low: scrypt with N = 2^17 and r = 8 needs slightly more than 128 MiB. */
const SCRYPT_MEMORY_BYTES = 256 * 1024 * 1024;

const DIGESTS: Record<HashName, string> = {
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

const generate = promisify(generateKeyPair);
const scryptAsync = promisify<Uint8Array, Uint8Array, number, object, Buffer>(scrypt);
const pbkdf2Async = promisify(pbkdf2);

/** Callers get objects without key material, so that no object crossing a boundary contains a key. */
const handles = new WeakMap<PrivateKey, KeyObject>();

/** Calls `onLost` if a thread ends unexpectedly; this thread then checks the remaining signatures. */
export function nodeKeys({ onLost }: { onLost?: () => void } = {}): Keys {
  return {
    generate: generatePrivateKey,
    read: readPrivateKey,
    exportPrivateKey: (key, form) => {
      const type = form === 'pkcs8' ? 'pkcs8' : key.type === 'rsa' ? 'pkcs1' : 'sec1';
      return takeBytes(requireHandle(key).export({ type, format: 'der' }));
    },
    sign: (key, data, hash) => takeBytes(sign(DIGESTS[hash], data, requireHandle(key))),
    verify: isSigned,
    findSigners: (checks, options) => findSigners(checks, { ...options, lost: onLost }),
    randomBytes: (length) => takeBytes(randomBytes(length)),
    scrypt: async (passphrase, salt, { N, r, p, length }) =>
      takeBytes(await scryptAsync(passphrase, salt, length, { N, r, p, maxmem: SCRYPT_MEMORY_BYTES })),
    pbkdf2: async (password, salt, { iterations, length, hash }) =>
      takeBytes(await pbkdf2Async(password, salt, iterations, length, DIGESTS[hash])),
    hmac: (hash, key, data) => takeBytes(createHmac(DIGESTS[hash], key).update(data).digest()),
    seal: ({ key, nonce, aad, data }) => {
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(aad);
      return takeBytes(Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]));
    },
    unseal,
    cbc: (direction, cipher, { key, iv, data }) => {
      try {
        const make = direction === 'encrypt' ? createCipheriv : createDecipheriv;
        const transform = make(cipher, key, iv);
        return takeBytes(Buffer.concat([transform.update(data), transform.final()]));
      } catch {
        return undefined;
      }
    },
    wipe: (...secrets) => {
      for (const secret of secrets) secret?.fill(0);
    },
  };
}

async function generatePrivateKey(algorithm: KeyAlgorithm): Promise<PrivateKey> {
  const { privateKey } =
    algorithm === 'rsa-4096' || algorithm === 'rsa-2048'
      ? await generate('rsa', { modulusLength: algorithm === 'rsa-4096' ? 4096 : 2048 })
      : await generate('ec', { namedCurve: algorithm === 'p-384' ? 'P-384' : 'P-256' });
  const key = handOut(privateKey);
  if (key === undefined) throw new Error('the library made another kind of key than asked for');
  return key;
}

function readPrivateKey(key: Uint8Array | string): PrivateKey | undefined {
  const copy = Buffer.from(key);
  try {
    return handOut(
      typeof key === 'string'
        ? createPrivateKey({ key: copy, format: 'pem' })
        : createPrivateKey({ key: copy, format: 'der', type: 'pkcs8' }),
    );
  } catch {
    // The library's messages may quote parts of the key.
    return undefined;
  } finally {
    copy.fill(0);
  }
}

function handOut(handle: KeyObject): PrivateKey | undefined {
  const type = handle.asymmetricKeyType;
  if (type !== 'rsa' && type !== 'ec') return undefined;
  const spki = takeBytes(createPublicKey(handle).export({ type: 'spki', format: 'der' }));
  const { namedCurve, modulusLength } = handle.asymmetricKeyDetails ?? {};
  const key: PrivateKey = Object.freeze({ type, spki, algorithm: ALGORITHMS.get(namedCurve ?? modulusLength) });
  handles.set(key, handle);
  return key;
}

/** Keyed by curve or by length in bits. */
const ALGORITHMS = new Map<unknown, KeyAlgorithm>([
  ['secp384r1', 'p-384'],
  ['prime256v1', 'p-256'],
  [4096, 'rsa-4096'],
  [2048, 'rsa-2048'],
]);

function requireHandle(key: PrivateKey): KeyObject {
  const handle = handles.get(key);
  if (handle === undefined) throw new Error('not a private key of this library');
  return handle;
}

function unseal({ key, nonce, aad, data }: Parameters<Keys['unseal']>[0]): Uint8Array | undefined {
  if (data.length < TAG_BYTES) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce);
    decipher.setAAD(aad);
    decipher.setAuthTag(data.subarray(data.length - TAG_BYTES));
    const head = decipher.update(data.subarray(0, data.length - TAG_BYTES));
    return takeBytes(Buffer.concat([head, decipher.final()]));
  } catch {
    return undefined;
  }
}

/** Copies into a plain array and wipes the buffer: Node's buffers share a pool, where a secret would remain. */
function takeBytes(buffer: Buffer): Uint8Array {
  const own = new Uint8Array(buffer);
  buffer.fill(0);
  return own;
}
