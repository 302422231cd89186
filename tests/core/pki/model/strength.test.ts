import { expect, test } from 'vitest';
import { findWeakKey, isWeakSignature } from '../../../../core/pki/model/strength.ts';

test('a key with 112 bits of security is strong enough, and a weaker key is not', () => {
  expect(findWeakKey({ algorithm: 'RSA', oid: '', bits: 2048 })).toBeUndefined();
  expect(findWeakKey({ algorithm: 'RSA', oid: '', bits: 2047 })).toEqual({
    algorithm: 'RSA',
    bits: 2047,
    minimum: 2048,
  });
  expect(findWeakKey({ algorithm: 'EC', oid: '', bits: 224, curve: 'P-224' })).toBeUndefined();
  expect(findWeakKey({ algorithm: 'EC', oid: '', bits: 192, curve: 'P-192' })).toMatchObject({ minimum: 224 });
});

test('a key of unknown length is not judged', () => {
  expect(findWeakKey({ algorithm: 'Ed25519', oid: '' })).toBeUndefined();
  expect(findWeakKey({ algorithm: 'RSA', oid: '' })).toBeUndefined();
});

test('signatures with SHA-1 or older hashes are weak, even if only the parameters name the hash', () => {
  for (const name of ['sha1WithRSAEncryption', 'ecdsa-with-SHA1', 'md5WithRSAEncryption', 'md2WithRSAEncryption'])
    expect(isWeakSignature({ name }), name).toBe(true);
  for (const name of ['sha256WithRSAEncryption', 'ecdsa-with-SHA384', 'sha512WithRSAEncryption', 'Ed25519'])
    expect(isWeakSignature({ name }), name).toBe(false);
  expect(isWeakSignature({ name: 'RSASSA-PSS', hash: 'SHA-1' })).toBe(true);
  expect(isWeakSignature({ name: 'RSASSA-PSS', hash: 'SHA-256' })).toBe(false);
});
