import type { CertificateFacts, DecodeResult, Undecoded } from '../../shared/certificates/certificate.ts';
import type { Instant } from '../../shared/instant.ts';
import {
  checkInteger,
  contextTag,
  INTEGER,
  integerHex,
  readSmallIntegerAt,
  SEQUENCE,
  type DerReader,
} from '../der/der.ts';
import { noContents, readExtensions } from './extensions.ts';
import { readKeyElement, readPublicKey } from './keys.ts';
import { passName, readIssuer, readName } from './names.ts';
import {
  readRepeatedSignature,
  readSignedObject,
  readSigner,
  type SignedFacts,
  type SignedPart,
  type Signer,
} from './signed-object.ts';
import { readTime } from './time.ts';

/** Limit for conforming serial numbers. Source: RFC 5280 section 4.1.2.2. */
const MAX_SERIAL_BYTES = 20;
/** Longer numbers are omitted, since they would only make texts long. */
const MAX_READABLE_SERIAL_BYTES = 1024;
const VERSION = contextTag(0);
const VERSION_3 = 3;

/**
 * Decodes one DER certificate. Never throws. `ok: false` if serial number, names, validity or key cannot be read; other
 * violations are in `findings`. Data after it is a finding and not counted in the returned `length`. Verifies neither
 * the signature nor the path. Source: RFC 5280 section 4, X.690.
 */
export function decodeCertificate(der: Uint8Array): DecodeResult {
  const kind = { readContent: readCertificate, readSignature: readRepeatedSignature };
  const reading = readSignedObject(der, kind);
  return reading.ok ? { ok: true, certificate: reading.signed.facts } : reading;
}

export type CertificateOutline = Pick<CertificateFacts, 'issuer' | 'notBefore' | 'notAfter' | 'serialHex'>;

/** Decodes a certificate without its subject, key and extensions. Fails exactly where `decodeCertificate` fails. */
export function outlineCertificate(der: Uint8Array): { ok: true; certificate: CertificateOutline } | Undecoded {
  const kind = { readContent: readOutline, readSignature: readRepeatedSignature };
  const reading = readSignedObject(der, kind);
  return reading.ok ? { ok: true, certificate: reading.signed.facts } : reading;
}

function readCertificate(reader: DerReader, tbsAt: number): SignedPart<CertificateFacts> | undefined {
  const tbsEnd = reader.end;
  const head = readHead(reader, tbsEnd);
  if (head === undefined) return undefined;
  const subject = readName(reader, reader.end, tbsEnd);
  if (subject === undefined) return undefined;
  const spkiAt = reader.end;
  const key = readPublicKey(reader, spkiAt, tbsEnd);
  if (key === undefined) return undefined;
  const spkiEnd = reader.end;
  const { version, serialHex, signatureAlgorithm, issuer, notBefore, notAfter } = head;
  const facts: CertificateFacts = {
    version,
    serialHex,
    signatureAlgorithm,
    issuer,
    subject,
    notBefore,
    notAfter,
    key,
    ...noContents(),
    tbs: reader.makeRange(tbsAt, tbsEnd),
    spki: reader.makeRange(spkiAt, spkiEnd),
    signature: { offset: 0, length: 0 },
    length: 0,
    findings: reader.findings,
  };
  readOptionalParts(reader, spkiEnd, tbsEnd, facts);
  return { facts, algorithmAt: head.algorithmAt, algorithmEnd: head.algorithmEnd };
}

function readOutline(reader: DerReader): SignedPart<CertificateOutline & SignedFacts> | undefined {
  const tbsEnd = reader.end;
  const head = readHead(reader, tbsEnd);
  if (head === undefined || !passName(reader, reader.end, tbsEnd)) return undefined;
  if (readKeyElement(reader, reader.end, tbsEnd) === undefined) return undefined;
  return { facts: head, algorithmAt: head.algorithmAt, algorithmEnd: head.algorithmEnd };
}

interface Head extends CertificateOutline, Signer, Pick<CertificateFacts, 'version'> {}

/** Reads the TBSCertificate up to the validity, and leaves `reader.end` there. */
function readHead(reader: DerReader, limit: number): Head | undefined {
  const version = readVersion(reader, reader.start, limit);
  if (version === undefined) return undefined;
  const serialHex = readSerial(reader, version.end, limit);
  if (serialHex === undefined) return undefined;
  const signer = readSigner(reader, reader.end, limit, readIssuer);
  if (signer === undefined) return undefined;
  const validity = readValidity(reader, reader.end, limit);
  if (validity === undefined) return undefined;
  const { signatureAlgorithm, issuer, algorithmAt, algorithmEnd } = signer;
  const { notBefore, notAfter } = validity;
  // Spreading the parts would make reading a certificate 20 % slower.
  return {
    version: version.value,
    serialHex,
    signatureAlgorithm,
    issuer,
    notBefore,
    notAfter,
    algorithmAt,
    algorithmEnd,
  };
}

/** Returns the version counted from 1; 1 if absent. Source: RFC 5280 section 4.1.2.1. */
function readVersion(reader: DerReader, at: number, limit: number): { value: number; end: number } | undefined {
  if (!reader.hasTag(VERSION, at, limit)) return { value: 1, end: at };
  if (!reader.read(at, limit)) return undefined;
  const end = reader.end;
  const encoded = readSmallIntegerAt(reader, reader.start, end);
  if (encoded === undefined) return undefined;
  reader.finish(reader.end, end);
  if (encoded === 0) reader.note('der.default-encoded', at, { field: 'version' });
  if (encoded >= VERSION_3) reader.note('der.version', at, { version: encoded + 1 });
  return { value: encoded + 1, end };
}

function readSerial(reader: DerReader, at: number, limit: number): string | undefined {
  if (!reader.expect(INTEGER, at, limit)) return undefined;
  const { start, end, bytes } = reader;
  if (!checkInteger(reader, start, end)) return undefined;
  const length = end - start;
  if (length > MAX_READABLE_SERIAL_BYTES) return void reader.fail('der.serial-too-long', start, { bytes: length });
  if (length > MAX_SERIAL_BYTES) reader.note('der.serial-too-long', start, { bytes: length });
  const serialHex = integerHex(bytes, start, end);
  if (serialHex === '00' || serialHex.startsWith('-')) {
    reader.note('der.serial-not-positive', start);
  }
  return serialHex;
}

function readValidity(
  reader: DerReader,
  at: number,
  limit: number,
): { notBefore: Instant; notAfter: Instant } | undefined {
  if (!reader.expect(SEQUENCE, at, limit)) return undefined;
  const end = reader.end;
  const notBefore = readTime(reader, reader.start, end);
  if (notBefore === undefined) return undefined;
  const notAfter = readTime(reader, reader.end, end);
  if (notAfter === undefined) return undefined;
  reader.finish(reader.end, end);
  if (notAfter < notBefore) reader.note('der.validity-reversed', at, { notBefore, notAfter });
  reader.end = end;
  return { notBefore, notAfter };
}

const ISSUER_UNIQUE_ID = 0x81;
const SUBJECT_UNIQUE_ID = 0x82;
const EXTENSIONS = contextTag(3);
const EXTENSION_LIST = 'der.extension-list';

/**
 * Skips the unique identifiers and reads the extensions; from here on, a fault affects only the extensions. Source: RFC
 * 5280 section 4.1.2.8.
 */
function readOptionalParts(reader: DerReader, at: number, limit: number, facts: CertificateFacts): void {
  let next = at;
  for (const tag of [ISSUER_UNIQUE_ID, SUBJECT_UNIQUE_ID]) {
    if (!reader.hasTag(tag, next, limit)) continue;
    if (!reader.read(next, limit)) return reader.forgive(EXTENSION_LIST, next);
    next = reader.end;
  }
  if (reader.hasTag(EXTENSIONS, next, limit)) {
    const listAt = next;
    if (!reader.read(listAt, limit)) return reader.forgive(EXTENSION_LIST, listAt);
    next = reader.end;
    if (!reader.expectLast(SEQUENCE, reader.start, next)) return reader.forgive(EXTENSION_LIST, listAt);
    const { start, end } = reader;
    if (facts.version < VERSION_3) {
      reader.note('der.extensions-version', listAt, { version: facts.version });
    }
    readExtensions(reader, start, end, facts);
  }
  reader.finish(next, limit);
}
