import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCertificate } from '../../../../core/formats/x509/certificate.ts';
import { nodeCrypto } from '../../../../core/node/crypto.ts';
import { credentialEntry, type CertificateEntry } from '../../../../core/inventory/store/schemas.ts';
import {
  factsOnce,
  isAuthority,
  certificateOutline,
  StoredCertificates,
} from '../../../../core/inventory/store/stored-certificate.ts';
import { buildCertificate, boolean, commonName, extension, integer, sequence } from '../../../support/certificates.ts';
import { sampleCertificate, sampleDer } from './sample-clusters.ts';

const crypto = nodeCrypto();
const sha256Hex = (bytes: Uint8Array): string => crypto.sha256Hex(bytes);

function anEntry(der: Uint8Array): CertificateEntry {
  const id = createHash('sha256').update(der).digest('hex');
  const { layer, role, name, sources, firstReadAt, kind, keyMatch } = sampleCertificate(1);
  const entry = {
    id,
    layer,
    role,
    name,
    sources,
    firstReadAt,
    kind,
    keyMatch,
    der: Buffer.from(der).toString('base64'),
  };
  return credentialEntry.parse(entry) as CertificateEntry;
}

test('certificates in one file are read as stored, each in a separate byte array', () => {
  const certificates = new StoredCertificates(sha256Hex, 200);
  const serials = Array.from({ length: 200 }, (_, serial) => serial);
  const read = serials.map((serial) => certificates.read(anEntry(sampleDer(serial))));
  expect(read).toEqual(serials.map((serial) => ({ value: sampleCertificate(serial) })));
  for (const one of read) if ('value' in one) expect(one.value.der.buffer.byteLength).toBe(one.value.der.length);
});

test('the outline of a certificate has the same issuer, validity and serial number as its facts', () => {
  const reading = new StoredCertificates(sha256Hex, 1).read(anEntry(sampleDer(1)));
  if (!('value' in reading)) throw new Error(reading.reason);
  const { issuer, notBefore, notAfter, serialHex } = reading.value.facts;
  expect(certificateOutline(reading.value)).toMatchObject({ issuer, notBefore, notAfter, serialHex });
  expect(certificateOutline({ ...reading.value })).toMatchObject({ issuer, notBefore, notAfter, serialHex });
});

test.each([
  ['without extensions', undefined, false],
  ['with empty constraints', sequence(), false],
  ['that is explicitly no authority’s', sequence(boolean(0)), false],
  ['of an authority', sequence(boolean(0xff)), true],
  ['of an authority with a path limit', sequence(boolean(0xff), integer('02')), true],
])('a certificate %s is recognised as a CA certificate only if it is one', (_, constraints, isCa) => {
  for (const isCritical of [true, false]) {
    const extensions = constraints && [extension('2.5.29.19', constraints, isCritical)];
    const der = buildCertificate({ subject: commonName('U is 55 in hex'), ...(extensions && { extensions }) });
    const decoded = decodeCertificate(der);
    expect(decoded).toMatchObject({ ok: true, certificate: { isCa } });
    const reading = new StoredCertificates(sha256Hex, 1).read(anEntry(der));
    if (!('value' in reading)) throw new Error(reading.reason);
    expect(isAuthority(reading.value)).toBe(isCa);
  }
});

test('facts that are decoded temporarily equal those that are kept', () => {
  const reading = new StoredCertificates(sha256Hex, 1).read(anEntry(sampleDer(1)));
  if (!('value' in reading)) throw new Error(reading.reason);
  const once = factsOnce(reading.value);
  expect(once).not.toBe(factsOnce(reading.value));
  expect(once).toEqual(reading.value.facts);
  expect(factsOnce(reading.value)).toBe(reading.value.facts);
});

test('damaged certificates are refused immediately with the reason of the decoder', () => {
  const certificates = new StoredCertificates(sha256Hex, 1);
  const place = fc.nat({ max: sampleDer().length - 1 });
  fc.assert(
    fc.property(place, fc.integer({ min: 1, max: 255 }), (at, change) => {
      const der = sampleDer();
      der[at] = (der[at] ?? 0) ^ change;
      const decoded = decodeCertificate(der);
      const reading = certificates.read(anEntry(der));
      if (decoded.ok) expect(reading).toMatchObject({ value: { facts: decoded.certificate } });
      else expect(reading).toEqual({ reason: decoded.finding.rule });
      const own = anEntry(sampleDer());
      expect(certificates.read({ ...own, der: Buffer.from(der).toString('base64') })).toEqual({ reason: 'id' });
    }),
    { numRuns: 1_000 },
  );
  expect(certificates.read({ ...anEntry(sampleDer()), der: 'no' })).toEqual({ reason: 'der' });
});
