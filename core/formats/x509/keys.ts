import type { CertificateFacts, PublicKeyFacts } from '../../shared/certificates/certificate.ts';
import {
  BINARY_FIELD,
  CURVES,
  DSA,
  EC_PUBLIC_KEY,
  FIXED_KEY_BITS,
  HASH_OIDS,
  KEY_NAMES,
  PRIME_FIELD,
  RSA_ENCRYPTION,
  RSASSA_PSS,
  SIGNATURE_NAMES,
} from '../der/oids.ts';
import {
  BIT_STRING,
  checkBitString,
  checkInteger,
  contextTag,
  INTEGER,
  magnitudeBits,
  readOidAt,
  readSmallIntegerAt,
  SEQUENCE,
  type DerReader,
} from '../der/der.ts';

interface KeyElement {
  algorithm: AlgorithmElement;
  keyAt: number;
  keyEnd: number;
  end: number;
}

interface AlgorithmElement {
  oid: string;
  /** Start of the parameters; the end of the element if there are none. */
  parametersAt: number;
  end: number;
}

/** Source: RFC 5280 section 4.1.1.2. */
export function readAlgorithm(reader: DerReader, at: number, limit: number): AlgorithmElement | undefined {
  if (!reader.expect(SEQUENCE, at, limit)) return undefined;
  const end = reader.end;
  const oid = readOidAt(reader, reader.start, end);
  if (oid === undefined) return undefined;
  const parametersAt = reader.end;
  // The parameters are one element of any kind. A malformed element affects only the curve of a key.
  if (parametersAt < end) {
    if (reader.read(parametersAt, end)) reader.finish(reader.end, end);
    else reader.forgive();
  }
  return { oid, parametersAt, end };
}

/** Returns the name, or the dotted OID if unknown; for RSASSA-PSS also the digest. */
export function signatureFacts(reader: DerReader, algorithm: AlgorithmElement): CertificateFacts['signatureAlgorithm'] {
  const { oid } = algorithm;
  const facts = { oid, name: SIGNATURE_NAMES.get(oid) ?? oid };
  if (oid !== RSASSA_PSS) return facts;
  const hash = pssHash(reader, algorithm);
  reader.forgive();
  return hash === undefined ? facts : { ...facts, hash };
}

/** Reads the digest, the first parameter; SHA-1 by default. Source: RFC 4055 section 3.1. */
function pssHash(reader: DerReader, algorithm: AlgorithmElement): string | undefined {
  const { parametersAt, end } = algorithm;
  if (!reader.expect(SEQUENCE, parametersAt, end)) return undefined;
  const { start, end: listEnd } = reader;
  if (!reader.hasTag(contextTag(0), start, listEnd)) return 'SHA-1';
  if (!reader.expect(contextTag(0), start, listEnd)) return undefined;
  const digest = readAlgorithm(reader, reader.start, reader.end);
  return digest && (HASH_OIDS.get(digest.oid) ?? digest.oid);
}

/**
 * Reads a SubjectPublicKeyInfo. Keeps an unknown algorithm; a key that is invalid for its algorithm is a finding and
 * has no `bits` or `curve`. Source: RFC 5280 section 4.1.2.7, RFC 3279, RFC 5480, RFC 8410.
 */
export function readPublicKey(reader: DerReader, at: number, limit: number): PublicKeyFacts | undefined {
  const element = readKeyElement(reader, at, limit);
  if (element === undefined) return undefined;
  const { oid } = element.algorithm;
  const key: PublicKeyFacts = { algorithm: KEY_NAMES.get(oid) ?? oid, oid };
  const bits = FIXED_KEY_BITS.get(oid);
  if (bits !== undefined) key.bits = bits;
  if (KEY_READERS.get(oid)?.(reader, element, key) === false) {
    reader.forgive();
    reader.note('der.public-key', at, { algorithm: key.algorithm });
  }
  reader.end = element.end;
  return key;
}

/** Finds the parts of the key; only this step of reading a key can fail. */
export function readKeyElement(reader: DerReader, at: number, limit: number): KeyElement | undefined {
  if (!reader.expect(SEQUENCE, at, limit)) return undefined;
  const end = reader.end;
  const algorithm = readAlgorithm(reader, reader.start, end);
  if (algorithm === undefined || !reader.expect(BIT_STRING, algorithm.end, end)) return undefined;
  const { start, end: keyEnd } = reader;
  if (!checkBitString(reader, start, keyEnd)) return undefined;
  reader.finish(keyEnd, end);
  return { algorithm, keyAt: start + 1, keyEnd, end };
}

/** Adds the bits or the curve to `key`. Returns false on failure, with the reason in the reader. */
type KeyReader = (reader: DerReader, element: KeyElement, key: PublicKeyFacts) => boolean;

const KEY_READERS: ReadonlyMap<string, KeyReader> = new Map([
  [RSA_ENCRYPTION, describeRsa],
  [RSASSA_PSS, describeRsa],
  [EC_PUBLIC_KEY, describeCurve],
  [DSA, describeDsa],
]);

function describeRsa(reader: DerReader, { keyAt, keyEnd }: KeyElement, key: PublicKeyFacts): boolean {
  if (!reader.expectLast(SEQUENCE, keyAt, keyEnd)) return false;
  const { start: first, end: last } = reader;
  const bits = readIntegerBits(reader, first, last);
  return bits !== undefined && reader.expectLast(INTEGER, reader.end, last) && setBits(key, bits);
}

function setBits(key: PublicKeyFacts, bits: number | undefined): boolean {
  if (bits !== undefined) key.bits = bits;
  return bits !== undefined;
}

/** Sets the size of a DSA key, unless the key inherits its issuer's parameters. Source: RFC 3279 section 2.3.2. */
function describeDsa(reader: DerReader, { algorithm }: KeyElement, key: PublicKeyFacts): boolean {
  if (!reader.hasTag(SEQUENCE, algorithm.parametersAt, algorithm.end)) return true;
  if (!reader.expect(SEQUENCE, algorithm.parametersAt, algorithm.end)) return false;
  return setBits(key, readIntegerBits(reader, reader.start, reader.end));
}

function describeCurve(reader: DerReader, { algorithm }: KeyElement, key: PublicKeyFacts): boolean {
  const { parametersAt, end } = algorithm;
  if (reader.hasTag(SEQUENCE, parametersAt, end)) {
    reader.note('der.explicit-curve', parametersAt);
    return describeExplicitCurve(reader, parametersAt, end, key);
  }
  const oid = readOidAt(reader, parametersAt, end);
  if (oid === undefined) return false;
  reader.finish(reader.end, end);
  const curve = CURVES.get(oid);
  key.curve = curve?.name ?? oid;
  if (curve !== undefined) key.bits = curve.bits;
  return true;
}

/** Reads only the field: a version, then the field's type with a prime or a degree. Source: SEC 1 section C.2. */
function describeExplicitCurve(reader: DerReader, at: number, limit: number, key: PublicKeyFacts): boolean {
  if (!reader.expect(SEQUENCE, at, limit)) return false;
  const end = reader.end;
  if (!reader.expect(INTEGER, reader.start, end)) return false;
  const field = readAlgorithm(reader, reader.end, end);
  return field !== undefined && setBits(key, fieldBits(reader, field));
}

function fieldBits(reader: DerReader, field: AlgorithmElement): number | undefined {
  if (field.oid === PRIME_FIELD) return readIntegerBits(reader, field.parametersAt, field.end);
  if (field.oid !== BINARY_FIELD) return undefined;
  if (!reader.expect(SEQUENCE, field.parametersAt, field.end)) return undefined;
  return readSmallIntegerAt(reader, reader.start, reader.end);
}

/** Returns the bit length of an INTEGER, which must be positive. Leaves `reader.end` after it. */
function readIntegerBits(reader: DerReader, at: number, limit: number): number | undefined {
  if (!reader.expect(INTEGER, at, limit)) return undefined;
  const { start, end, bytes } = reader;
  if (!checkInteger(reader, start, end)) return undefined;
  const bits = magnitudeBits(bytes, start, end);
  if ((bytes[start] ?? 0) < 0x80 && bits > 0) return bits;
  return void reader.fail('der.integer-range', start);
}
