import {
  BIT_STRING,
  GENERALIZED_TIME,
  headerAt,
  INTEGER,
  isAt,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  outerLength,
  SEQUENCE,
  UTC_TIME,
  type ElementRange,
} from './der.ts';
import { encodePem } from './pem.ts';

type DerShape =
  | { kind: 'certificate' }
  | { kind: 'key'; keyPem: string }
  | { kind: 'request' }
  | { kind: 'pkcs7' }
  | { kind: 'pkcs12' }
  | { kind: 'crl' }
  /** A PkiPath: certificates, beginning with that of the authority. */
  | { kind: 'path'; certificates: Uint8Array[] }
  /** A Bouncy Castle FIPS key store. */
  | { kind: 'bcfks' }
  | { kind: 'unknown' };

const UNKNOWN: DerShape = { kind: 'unknown' };

const TIMES = [UTC_TIME, GENERALIZED_TIME];
/** 1.2.840.113549.1.7, the arc of PKCS #7. */
const PKCS7_ARC = Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07);
/** 1.2.840.113549.1.5.13, PBES2. */
const PBES2 = Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d);
/** Ten times the size of any bundle of roots. If a path is longer, one certificate more than this is returned. */
export const MOST_IN_PATH = 10_000;
const MAX_ELEMENTS = 9;

/**
 * Recognises a binary file by the tags of its first elements. Reads no content and never throws. Source: RFC 5280
 * sections 4.1 and 5.1, RFC 2986, RFC 5652, RFC 7292, RFC 5958, RFC 8017, RFC 5915; X.509 section 9.8 (PkiPath); Bouncy
 * Castle, ObjectStore (BCFKS).
 */
export function derShape(bytes: Uint8Array): DerShape {
  const container = recogniseContainer(bytes);
  if (container !== undefined) return container;
  const length = outerLength(bytes);
  if (length === undefined || length > bytes.length) return UNKNOWN;
  const outer = elementsIn(bytes, 0, length)[0];
  if (outer === undefined) return UNKNOWN;
  const parts = elementsIn(bytes, outer.start, outer.end);
  const tags = parts.map(({ tag }) => tag);
  const [first] = parts;
  if (first?.tag === INTEGER) return shapeWithVersion(bytes.subarray(0, length), tags);
  if (first?.tag !== SEQUENCE) return UNKNOWN;
  if (parts.every((part) => isCertificate(bytes, part))) return { kind: 'path', certificates: pathIn(bytes, outer) };
  if (tags.length === 2 && isEncryptedStore(bytes, first)) return { kind: 'bcfks' };
  if (tags.length === 2 && tags[1] === OCTET_STRING) {
    return keyShape('ENCRYPTED PRIVATE KEY', bytes.subarray(0, length));
  }
  return tags.length === 3 ? recogniseSigned(bytes, first) : UNKNOWN;
}

/**
 * Recognises PKCS #7, which begins with its content type, and PKCS #12, which begins with a version and a PKCS #7.
 * Accepts the indefinite lengths of older tools, and lengths beyond the end, so that a truncated container is reported
 * as truncated.
 */
function recogniseContainer(bytes: Uint8Array): DerShape | undefined {
  const outer = headerAt(bytes, 0);
  const first = outer?.tag === SEQUENCE ? headerAt(bytes, outer.start) : undefined;
  if (first === undefined) return undefined;
  if (isPkcs7Kind(bytes, first)) return { kind: 'pkcs7' };
  const second = first.tag === INTEGER ? headerAt(bytes, first.end) : undefined;
  const kind = second?.tag === SEQUENCE ? headerAt(bytes, second.start) : undefined;
  return kind !== undefined && isPkcs7Kind(bytes, kind) ? { kind: 'pkcs12' } : undefined;
}

function isPkcs7Kind(bytes: Uint8Array, { tag, start }: ElementRange): boolean {
  return tag === OBJECT_IDENTIFIER && isAt(PKCS7_ARC, bytes, start);
}

function shapeWithVersion(der: Uint8Array, tags: readonly number[]): DerShape {
  const [, second, third] = tags;
  if (second === SEQUENCE) return third === OCTET_STRING ? keyShape('PRIVATE KEY', der) : UNKNOWN;
  if (second === OCTET_STRING && third === 0xa0) return keyShape('EC PRIVATE KEY', der);
  const isRsa = tags.length >= MAX_ELEMENTS && tags.every((tag) => tag === INTEGER);
  return isRsa ? keyShape('RSA PRIVATE KEY', der) : UNKNOWN;
}

function keyShape(label: string, der: Uint8Array): DerShape {
  return { kind: 'key', keyPem: encodePem(label, der) };
}

function recogniseSigned(bytes: Uint8Array, signed: ElementRange): DerShape {
  const tags = elementsIn(bytes, signed.start, signed.end).map(({ tag }) => tag);
  const afterVersion = tags[0] === INTEGER ? tags.slice(1) : tags;
  if (afterVersion[0] === SEQUENCE && afterVersion[1] === SEQUENCE) {
    if (TIMES.includes(afterVersion[2] ?? 0)) return { kind: 'crl' };
    if (tags[0] === INTEGER && (afterVersion[2] ?? 0xa0) === 0xa0) {
      return { kind: 'request' };
    }
  }
  return { kind: 'certificate' };
}

function isCertificate(bytes: Uint8Array, { tag, start, end }: ElementRange): boolean {
  if (tag !== SEQUENCE) return false;
  const [signed, algorithm, signature, ...more] = elementsIn(bytes, start, end);
  if (signed?.tag !== SEQUENCE || algorithm?.tag !== SEQUENCE) return false;
  if (signature?.tag !== BIT_STRING || more.length > 0) return false;
  return recogniseSigned(bytes, signed).kind === 'certificate';
}

function pathIn(bytes: Uint8Array, { start, end }: ElementRange): Uint8Array[] {
  let at = start;
  return elementsIn(bytes, start, end, MOST_IN_PATH + 1).map((element) => {
    const der = bytes.subarray(at, element.end);
    at = element.end;
    return der;
  });
}

/**
 * Whether the element consists of a PBES2 algorithm and the data that it encrypts: one level deeper than in an
 * encrypted private key.
 */
function isEncryptedStore(bytes: Uint8Array, { start, end }: ElementRange): boolean {
  const [algorithm, encrypted, ...more] = elementsIn(bytes, start, end);
  if (algorithm?.tag !== SEQUENCE || encrypted?.tag !== OCTET_STRING || more.length > 0) return false;
  const [identifier] = elementsIn(bytes, algorithm.start, algorithm.end);
  return identifier?.tag === OBJECT_IDENTIFIER && isAt(PBES2, bytes, identifier.start);
}

function elementsIn(bytes: Uint8Array, from: number, to: number, most = MAX_ELEMENTS): ElementRange[] {
  const elements: ElementRange[] = [];
  let at = from;
  while (at < to && elements.length < most) {
    const header = headerAt(bytes, at);
    if (header === undefined || header.end > to) break;
    elements.push(header);
    at = header.end;
  }
  return elements;
}
