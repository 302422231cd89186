import type { CrlFacts } from '../../shared/certificates/crl.ts';
import {
  checkInteger,
  INTEGER,
  integerHex,
  OCTET_STRING,
  readFlag,
  readOidAt,
  SEQUENCE,
  type DerReader,
} from '../der/der.ts';
import { encodeHex } from '../der/hex.ts';

export const CRL_NUMBER = '2.5.29.20';
export const AUTHORITY_KEY_ID = '2.5.29.35';
const KEY_ID = 0x80;
/** Source: RFC 5280 section 5.2.3. */
const MAX_NUMBER_BYTES = 20;
/** Genuine CRLs have fewer extensions; hostile ones may have more. */
const MAX_EXTENSIONS = 64;

const NAMES: ReadonlyMap<string, string> = new Map([
  [CRL_NUMBER, 'cRLNumber'],
  [AUTHORITY_KEY_ID, 'authorityKeyIdentifier'],
  ['2.5.29.27', 'deltaCRLIndicator'],
  ['2.5.29.28', 'issuingDistributionPoint'],
  ['2.5.29.46', 'freshestCRL'],
  ['2.5.29.18', 'issuerAltName'],
  ['1.3.6.1.5.5.7.1.1', 'authorityInfoAccess'],
]);

export interface ExtensionElement {
  oid: string;
  critical: boolean;
  start: number;
  end: number;
}

/** Reads an extension; `next` is the offset after it. Source: RFC 5280 section 4.1. */
export function readExtensionElement(
  reader: DerReader,
  at: number,
  limit: number,
): (ExtensionElement & { next: number }) | undefined {
  if (!reader.expect(SEQUENCE, at, limit)) return undefined;
  const next = reader.end;
  const oid = readOidAt(reader, reader.start, next);
  if (oid === undefined) return undefined;
  const critical = readFlag(reader, reader.end, next);
  if (critical === undefined || !reader.expectLast(OCTET_STRING, reader.end, next)) return undefined;
  const { start, end } = reader;
  return { oid, critical, start, end, next };
}

/** Repeated or malformed extensions count as not understood. */
export function readCrlExtensions(reader: DerReader, start: number, end: number, facts: CrlFacts): boolean {
  let at = start;
  while (at < end) {
    const extension = readExtensionElement(reader, at, end);
    if (extension === undefined) return false;
    const { oid, critical, start: offset } = extension;
    let isUnderstood = false;
    const name = NAMES.get(oid);
    const isRepeated = facts.extensions.some((earlier) => earlier.oid === oid);
    if (facts.extensions.length >= MAX_EXTENSIONS) {
      return reader.fail('der.extension-list', at);
    }
    facts.extensions.push({ oid, name, critical, offset, length: extension.end - offset });
    if (isRepeated) reader.note('der.duplicate-extension', at, { extension: name ?? oid });
    else if (!readValue(reader, extension, facts))
      reader.forgive('der.malformed-extension', at, { extension: name ?? oid });
    else isUnderstood = !critical || oid === CRL_NUMBER || oid === AUTHORITY_KEY_ID;
    if (!isUnderstood) notUnderstood(facts, oid);
    at = extension.next;
  }
  return true;
}

/** Records, once, an extension that makes the CRL unusable. */
export function notUnderstood(facts: CrlFacts, oid: string): void {
  const isFull = facts.notUnderstood.length >= MAX_EXTENSIONS;
  if (!isFull && !facts.notUnderstood.includes(oid)) facts.notUnderstood.push(oid);
}

function readValue(reader: DerReader, extension: ExtensionElement, facts: CrlFacts): boolean {
  const { oid, start, end } = extension;
  if (oid === CRL_NUMBER) return readNumber(reader, start, end, facts);
  if (oid === AUTHORITY_KEY_ID) return readAuthorityKeyId(reader, start, end, facts);
  return true;
}

function readNumber(reader: DerReader, at: number, end: number, facts: CrlFacts): boolean {
  if (!reader.expectLast(INTEGER, at, end)) return false;
  const { start, end: valueEnd, bytes } = reader;
  if (!checkInteger(reader, start, valueEnd)) return false;
  const isNegative = (bytes[start] ?? 0) >= 0x80;
  if (isNegative || valueEnd - start > MAX_NUMBER_BYTES + 1) {
    return reader.fail('der.integer-range', start);
  }
  facts.numberHex = integerHex(bytes, start, valueEnd);
  return true;
}

/** Reads only the key identifier, since CAs are identified by name and key. Source: RFC 5280 section 5.2.1. */
function readAuthorityKeyId(reader: DerReader, at: number, end: number, facts: CrlFacts): boolean {
  if (!reader.expectLast(SEQUENCE, at, end)) return false;
  const { start, end: listEnd } = reader;
  facts.authorityKeyId = {};
  if (!reader.hasTag(KEY_ID, start, listEnd)) return true;
  if (!reader.read(start, listEnd)) return false;
  facts.authorityKeyId.keyId = encodeHex(reader.bytes, reader.start, reader.end);
  return true;
}
