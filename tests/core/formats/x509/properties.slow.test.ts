import 'reflect-metadata';
import * as peculiar from '@peculiar/x509';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { decodeCertificate, outlineCertificate } from '../../../../core/formats/x509/certificate.ts';
import { buildCertificate, integer, leafCorpus, systemRoots } from '../../../support/certificates.ts';

let samples: Buffer[];

beforeAll(() => {
  samples = [...leafCorpus(8), ...systemRoots().slice(0, 20)];
});

test('no bytes make the decoder throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(typeof decodeCertificate(bytes).ok).toBe('boolean');
    }),
    { numRuns: 2_000 },
  );
});

test('no bytes inside an otherwise valid certificate make the decoder throw', () => {
  const part = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
  const parts = fc.record(
    { issuer: part, validity: part, subject: part, key: part, extensions: fc.array(part) },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(parts, (chosen) => {
      expect(typeof decodeCertificate(buildCertificate(chosen)).ok).toBe('boolean');
    }),
    { numRuns: 1_000 },
  );
});

test('a certificate is refused wherever it is truncated', () => {
  const accepted: number[] = [];
  for (const der of samples.slice(0, 8)) {
    for (let length = 0; length < der.length; length += 1) {
      if (decodeCertificate(der.subarray(0, length)).ok) accepted.push(length);
    }
  }
  expect(accepted).toEqual([]);
});

test('after a change of one byte, no offset in the result lies outside the input', () => {
  const sample = fc.integer({ min: 0, max: samples.length - 1 });
  fc.assert(
    fc.property(sample, fc.nat(), fc.integer({ min: 0, max: 255 }), (index, place, value) => {
      const der = Buffer.from(samples[index] ?? Buffer.alloc(1));
      der[place % der.length] = value;
      const result = decodeCertificate(der);
      if (!result.ok) return;
      const { tbs, spki, signature, extensions } = result.certificate;
      for (const range of [tbs, spki, signature ?? tbs, ...extensions]) {
        expect(range.offset + range.length).toBeLessThanOrEqual(der.length);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('a serial number of up to 20 bytes is read back unchanged', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, (1n << 159n) - 1n), (serial) => {
      const digits = serial.toString(16);
      const padded = digits.length % 2 === 0 ? digits : `0${digits}`;
      const content = parseInt(padded.slice(0, 2), 16) >= 0x80 ? `00${padded}` : padded;
      const result = decodeCertificate(buildCertificate({ serial: integer(content) }));
      expect(result).toMatchObject({ ok: true, certificate: { serialHex: padded, findings: [] } });
    }),
  );
});

test('a certificate from @peculiar/x509 is read with the values with which it was made', async () => {
  peculiar.cryptoProvider.set(crypto);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const issued = await peculiar.X509CertificateGenerator.createSelfSigned({
    serialNumber: '0a0b0c',
    name: 'CN=peer, O=Example \\+ Co',
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2051-01-01T00:00:00Z'),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new peculiar.BasicConstraintsExtension(true, 2, true),
      new peculiar.KeyUsagesExtension(peculiar.KeyUsageFlags.keyCertSign, true),
      new peculiar.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'a.test' },
        { type: 'ip', value: '2001:db8::1' },
      ]),
      await peculiar.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const peer = issued.getExtension(peculiar.SubjectKeyIdentifierExtension);
  expect(decodeCertificate(new Uint8Array(issued.rawData))).toMatchObject({
    ok: true,
    certificate: {
      serialHex: '0a0b0c',
      subject: { text: 'O=Example \\+ Co,CN=peer' },
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2051-01-01T00:00:00Z',
      key: { algorithm: 'EC', curve: 'P-384', bits: 384 },
      signatureAlgorithm: { name: 'ecdsa-with-SHA384' },
      sans: { dns: ['a.test'], ip: ['2001:db8::1'] },
      keyUsage: ['keyCertSign'],
      isCa: true,
      pathLength: 2,
      subjectKeyId: peer?.keyId,
      findings: [],
    },
  });
});

test('an outline has the same values as the full decoding, and fails for the same inputs', () => {
  const sample = fc.integer({ min: 0, max: samples.length - 1 });
  const change = fc.record({ place: fc.nat(), value: fc.integer({ min: 0, max: 255 }) });
  fc.assert(
    fc.property(sample, fc.array(change, { maxLength: 3 }), (index, changes) => {
      const der = Buffer.from(samples[index] ?? Buffer.alloc(1));
      for (const { place, value } of changes) der[place % der.length] = value;
      const decoded = decodeCertificate(der);
      const outline = outlineCertificate(der);
      if (!decoded.ok) {
        expect(outline).toEqual(decoded);
        return;
      }
      const { issuer, notBefore, notAfter } = decoded.certificate;
      expect(outline).toMatchObject({ ok: true, certificate: { issuer, notBefore, notAfter } });
    }),
    { numRuns: 3_000 },
  );
});
