import { createHmac, createPrivateKey, createPublicKey, pbkdf2Sync, scryptSync, verify } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  HASH_NAMES,
  KEY_ALGORITHMS,
  getSignatureHash,
  type KeyAlgorithm,
} from '../../../core/shared/certificates/key-algorithm.ts';
import { encodePem } from '../../../core/formats/der/pem.ts';
import { nodeKeys } from '../../../core/node/keys.ts';
import type { PrivateKey } from '../../../core/shared/ports.ts';
import { openssl } from '../../support/openssl.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const keys = nodeKeys();
const DATA = new TextEncoder().encode('what is signed');
const SIGNATURE_OIDS = { rsa: '1.2.840.113549.1.1.11', ec: '1.2.840.10045.4.3.2' };

const made = new Map<KeyAlgorithm, PrivateKey>();
beforeAll(async () => {
  for (const algorithm of KEY_ALGORITHMS) made.set(algorithm, await keys.generate(algorithm));
});

function requireKey(algorithm: KeyAlgorithm): PrivateKey {
  const key = made.get(algorithm);
  if (key === undefined) throw new Error('not made');
  return key;
}

describe.each(KEY_ALGORITHMS)('a key of type %s', (algorithm) => {
  test('is read by openssl as the same key, in both encodings', () => {
    const folder = temporaryFolder();
    const key = requireKey(algorithm);
    for (const [form, label] of [
      ['pkcs8', 'PRIVATE KEY'],
      ['traditional', key.type === 'rsa' ? 'RSA PRIVATE KEY' : 'EC PRIVATE KEY'],
    ] as const) {
      const file = join(folder, `${form}.pem`);
      writeFileSync(file, encodePem(label, keys.exportPrivateKey(key, form)));
      const spki = openssl('pkey', '-in', file, '-pubout', '-outform', 'DER');
      expect(Uint8Array.from(spki)).toEqual(key.spki);
    }
    expect(key.algorithm).toBe(algorithm);
  });

  test('survives conversion to PKCS#8 and PEM and back', () => {
    const key = requireKey(algorithm);
    const pkcs8 = keys.exportPrivateKey(key, 'pkcs8');
    expect(keys.read(pkcs8)?.spki).toEqual(key.spki);
    expect(keys.read(encodePem('PRIVATE KEY', pkcs8))?.algorithm).toBe(algorithm);
  });

  test('makes signatures that node:crypto accepts, and rejects changed ones', () => {
    const key = requireKey(algorithm);
    const signature = keys.sign(key, DATA, 'SHA-256');
    const publicKey = createPublicKey({ key: Buffer.from(key.spki), format: 'der', type: 'spki' });
    expect(verify('sha256', DATA, publicKey, signature)).toBe(true);
    const signed = { spki: key.spki, signatureOid: SIGNATURE_OIDS[key.type], data: DATA, signature };
    expect(keys.verify(signed)).toBe(true);
    expect(keys.verify({ ...signed, data: DATA.subarray(1) })).toBe(false);
    const other = key.type === 'rsa' ? 'ec' : 'rsa';
    expect(keys.verify({ ...signed, signatureOid: SIGNATURE_OIDS[other] })).toBe(false);
    expect(keys.verify({ ...signed, spki: DATA })).toBe(false);
    expect(keys.verify({ ...signed, signatureOid: '1.2.3' })).toBe(false);
  });

  test('contains no secret that could be cloned or printed', () => {
    const key = requireKey(algorithm);
    const shown = JSON.stringify(structuredClone(key), (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    );
    const scalar = createPrivateKey({
      key: Buffer.from(keys.exportPrivateKey(key, 'pkcs8')),
      format: 'der',
      type: 'pkcs8',
    }).export({ format: 'jwk' });
    expect(shown).not.toContain(Buffer.from(scalar.d ?? '', 'base64url').toString('base64'));
    expect(Object.keys(key).sort()).toEqual(['algorithm', 'spki', 'type']);
  });
});

test('data that is not an RSA or EC private key is rejected', () => {
  expect(keys.read('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n')).toBe(undefined);
  expect(keys.read(new Uint8Array(40))).toBe(undefined);
  expect(() => keys.sign({ ...requireKey('p-256') }, DATA, 'SHA-256')).toThrow('not a private key');
});

test('the hash of a signature depends on the type of its key', () => {
  expect(KEY_ALGORITHMS.map(getSignatureHash)).toEqual(['SHA-256', 'SHA-256', 'SHA-384', 'SHA-256']);
});

describe('sealed data', () => {
  const key = keys.randomBytes(32);
  const nonce = keys.randomBytes(12);
  const aad = DATA;
  const data = keys.seal({ key, nonce, aad, data: DATA });

  test('can be decrypted', () => {
    expect(keys.unseal({ key, nonce, aad, data })).toEqual(DATA);
  });

  test('is rejected after a change to any part', () => {
    const flipBit = (bytes: Uint8Array): Uint8Array => {
      const copy = Uint8Array.from(bytes);
      copy[0] = (copy[0] ?? 0) ^ 1;
      return copy;
    };
    expect(keys.unseal({ key: flipBit(key), nonce, aad, data })).toBe(undefined);
    expect(keys.unseal({ key, nonce: flipBit(nonce), aad, data })).toBe(undefined);
    expect(keys.unseal({ key, nonce, aad: flipBit(aad), data })).toBe(undefined);
    expect(keys.unseal({ key, nonce, aad, data: flipBit(data) })).toBe(undefined);
    expect(keys.unseal({ key, nonce, aad, data: data.subarray(0, 10) })).toBe(undefined);
  });
});

test('CBC pads the data and refuses incomplete blocks', () => {
  const [key, iv] = [keys.randomBytes(32), keys.randomBytes(16)];
  const data = keys.cbc('encrypt', 'aes-256-cbc', { key, iv, data: DATA }) ?? new Uint8Array(0);
  expect(data.length).toBe(16);
  expect(keys.cbc('decrypt', 'aes-256-cbc', { key, iv, data })).toEqual(DATA);
  expect(keys.cbc('decrypt', 'aes-256-cbc', { key, iv, data: data.subarray(1) })).toBe(undefined);
});

test('derived keys and HMACs equal those of node:crypto', async () => {
  const salt = Uint8Array.of(1, 2, 3);
  const cost = { N: 1024, r: 8, p: 1 };
  expect(await keys.scrypt(DATA, salt, { ...cost, length: 32 })).toEqual(
    Uint8Array.from(scryptSync(DATA, salt, 32, cost)),
  );
  for (const hash of HASH_NAMES) {
    const digest = hash.replace('-', '').toLowerCase();
    expect(await keys.pbkdf2(DATA, salt, { iterations: 3, length: 24, hash })).toEqual(
      Uint8Array.from(pbkdf2Sync(DATA, salt, 3, 24, digest)),
    );
    expect(keys.hmac(hash, salt, DATA)).toEqual(Uint8Array.from(createHmac(digest, salt).update(DATA).digest()));
  }
});

test('wiping a byte array sets all bytes to zero', () => {
  const secret = keys.randomBytes(32);
  keys.wipe(secret, undefined);
  expect(secret).toEqual(new Uint8Array(32));
});
