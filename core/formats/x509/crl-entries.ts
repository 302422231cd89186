import { CRL_REASONS, type CrlEntry, type CrlFacts } from '../../shared/certificates/crl.ts';
import { parseInstant, type Instant } from '../../shared/instant.ts';
import { notUnderstood, readExtensionElement, type ExtensionElement } from './crl-extensions.ts';
import { checkInteger, GENERALIZED_TIME, INTEGER, integerHex, SEQUENCE, type DerReader } from '../der/der.ts';
import { readTime } from './time.ts';

export const ENUMERATED = 0x0a;
export const REASON_CODE = '2.5.29.21';
export const INVALIDITY_DATE = '2.5.29.24';

/** Longer serial numbers occur only in hostile CRLs. */
const MAX_SERIAL_BYTES = 1024;
const ZULU_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/u;
const ZULU_TIME_BYTES = 15;

/** Source: RFC 5280 section 5.1.2.6. */
export function readCrlEntries(reader: DerReader, start: number, end: number, facts: CrlFacts): boolean {
  if (start === end) reader.note('der.empty-list', start, { field: 'revokedCertificates' });
  let at = start;
  while (at < end) {
    if (!reader.expect(SEQUENCE, at, end)) return false;
    const next = reader.end;
    if (!readEntry(reader, reader.start, next, facts)) return false;
    at = next;
  }
  return true;
}

function readEntry(reader: DerReader, at: number, limit: number, facts: CrlFacts): boolean {
  if (!reader.expect(INTEGER, at, limit)) return false;
  const { start, end } = reader;
  if (!checkInteger(reader, start, end)) return false;
  if (end - start > MAX_SERIAL_BYTES) {
    return reader.fail('der.serial-too-long', start, { bytes: end - start });
  }
  const serialHex = integerHex(reader.bytes, start, end);
  const revokedAt = readTime(reader, end, limit);
  if (revokedAt === undefined) return false;
  const entry: CrlEntry = { serialHex, revokedAt };
  const extensionsAt = reader.end;
  if (reader.hasTag(SEQUENCE, extensionsAt, limit)) {
    if (!reader.read(extensionsAt, limit)) return false;
    const listEnd = reader.end;
    reader.finish(listEnd, limit);
    if (!readEntryExtensions(reader, listEnd, { facts, entry })) return false;
  } else reader.finish(extensionsAt, limit);
  facts.entries.push(entry);
  return true;
}

function readEntryExtensions(
  reader: DerReader,
  end: number,
  { facts, entry }: { facts: CrlFacts; entry: CrlEntry },
): boolean {
  let at = reader.start;
  while (at < end) {
    const extension = readExtensionElement(reader, at, end);
    if (extension === undefined) return false;
    if (!readEntryExtension(reader, extension, entry) && extension.critical) notUnderstood(facts, extension.oid);
    at = extension.next;
  }
  return true;
}

/** Returns whether the value was understood; the entry counts as revoked in any case. */
function readEntryExtension(reader: DerReader, { oid, start, end }: ExtensionElement, entry: CrlEntry): boolean {
  const { bytes } = reader;
  if (oid === REASON_CODE) {
    const isOneByte = end - start === 3 && bytes[start] === ENUMERATED && bytes[start + 1] === 1;
    const reason = isOneByte ? CRL_REASONS[bytes[start + 2] ?? CRL_REASONS.length] : undefined;
    if (reason !== undefined) entry.reason = reason;
    else reader.note('der.malformed-extension', start, { extension: 'cRLReason' });
    return reason !== undefined;
  }
  if (oid !== INVALIDITY_DATE) return false;
  const date = zuluTime(bytes, start, end);
  if (date !== undefined) entry.invalidityDate = date;
  else reader.note('der.malformed-extension', start, { extension: 'invalidityDate' });
  return date !== undefined;
}

/**
 * Reads a GeneralizedTime, which CRL entries use even before 2050, unlike certificates. Source: RFC 5280 section 5.3.2.
 */
function zuluTime(bytes: Uint8Array, start: number, end: number): Instant | undefined {
  const isTime = bytes[start] === GENERALIZED_TIME && bytes[start + 1] === ZULU_TIME_BYTES;
  if (!isTime || end - start !== 2 + ZULU_TIME_BYTES) return undefined;
  const text = String.fromCharCode(...bytes.subarray(start + 2, end));
  return parseInstant(text.replace(ZULU_TIME, '$1-$2-$3T$4:$5:$6Z'));
}
