import { createHash, generateKeyPairSync, webcrypto, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../core/node/crypto.ts';
import { buildCertificate, bits, oid, sequence } from '../../support/certificates.ts';
import { sampleDer } from '../inventory/store/sample-clusters.ts';

const crypto = nodeCrypto();
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const ed25519 = generateKeyPairSync('ed25519');

const exportSpki = ({ publicKey }: { publicKey: KeyObject }): Uint8Array =>
  Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' }));

const pem = (key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'sec1'): string => String(key.export({ type, format: 'pem' }));

describe('derivePublicKey', () => {
  test.each([
    ['RSA in PKCS#8', rsa, pem(rsa.privateKey, 'pkcs8')],
    ['RSA in PKCS#1', rsa, pem(rsa.privateKey, 'pkcs1')],
    ['EC in PKCS#8', ec, pem(ec.privateKey, 'pkcs8')],
    ['EC in SEC1', ec, pem(ec.privateKey, 'sec1')],
    ['Ed25519 in PKCS#8', ed25519, pem(ed25519.privateKey, 'pkcs8')],
    ['RSA with Windows line ends', rsa, pem(rsa.privateKey, 'pkcs8').replaceAll('\n', '\r\n')],
    [
      'EC after its parameters, as openssl writes it',
      ec,
      `-----BEGIN EC PARAMETERS-----\nBgUrgQQAIg==\n-----END EC PARAMETERS-----\n${pem(ec.privateKey, 'sec1')}`,
    ],
  ])('reads %s', (_, pair, text) => {
    expect(crypto.derivePublicKey(text)).toEqual({ outcome: 'read', spki: exportSpki(pair) });
  });

  test.each([
    ['PKCS#8', rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })],
    ['PKCS#1', rsa.privateKey.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })],
  ])('reports a key in %s as encrypted', (_, text) => {
    expect(crypto.derivePublicKey(String(text))).toEqual({ outcome: 'encrypted' });
  });

  test.each([
    ['empty text', ''],
    ['other text', 'hello'],
    ['a damaged key', pem(rsa.privateKey, 'pkcs8').replace(/\n.{30}/u, '\nAAAA')],
    ['a public key', String(rsa.publicKey.export({ type: 'spki', format: 'pem' }))],
    ['a key of an unknown kind', '-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n'],
  ])('cannot read %s', (_, text) => {
    expect(crypto.derivePublicKey(text)).toEqual({ outcome: 'unreadable' });
  });
});

describe('signatures', () => {
  test('a self-signed certificate is verified with its own key', () => {
    expect(crypto.isSignedBy(sampleDer(), sampleDer())).toBe(true);
  });

  test('a modified certificate fails verification', () => {
    expect(crypto.isSignedBy(sampleDer(7), sampleDer())).toBe(false);
  });

  test('bytes that are not a certificate are neither signed by a certificate nor the issuer of one', () => {
    const none = new Uint8Array([0x30, 0x00]);
    expect(crypto.isSignedBy(none, sampleDer())).toBe(false);
    expect(crypto.isSignedBy(sampleDer(), none)).toBe(false);
  });

  test.each([
    ['type', sequence(oid('1.2.3.4'))],
    ['curve', sequence(oid('1.2.840.10045.2.1'), oid('1.2.3.4'))],
  ])('a certificate whose key has an unknown %s confirms no signature', (_, algorithm) => {
    const key = sequence(algorithm, bits(new Uint8Array(65).fill(4)));
    expect(crypto.isSignedBy(sampleDer(), buildCertificate({ key }))).toBe(false);
  });
});

test('digests equal those of Node and are plain byte arrays', () => {
  const bytes = new Uint8Array([1, 2, 3]);
  for (const name of ['sha256', 'sha1'] as const) {
    expect(crypto[name](bytes)).toEqual(Uint8Array.from(createHash(name).update(bytes).digest()));
  }
});

test('the SHA-256 of several texts equals that of their concatenation', () => {
  const hash = nodeCrypto().sha256OfPieces();
  for (const piece of ['監査', '', ' trail\n']) hash.add(piece);
  const whole = createHash('sha256').update('監査 trail\n').digest();
  expect(Buffer.from(hash.digest())).toEqual(whole);
});

test('a digest in hex equals that of another implementation', async () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, at) => at);
  const expected = Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');
  expect(crypto.sha256Hex(bytes)).toBe(expected);
  expect(Buffer.from(crypto.sha256(bytes)).toString('hex')).toBe(expected);
});
