import type { DistinguishedName, SubjectAltNames } from '../../shared/certificates/certificate.ts';
import { ATTRIBUTE_NAMES, X500_UNIQUE_IDENTIFIER } from '../der/oids.ts';
import { contextTag, isAt, readOid, readOidAt, SEQUENCE, SET, tagName, type DerReader } from '../der/der.ts';
import { encodeHex, hexByte } from '../der/hex.ts';
import { readIa5, readDirectoryText } from './text.ts';

/**
 * Reads a Name: a SEQUENCE of SETs of attributes. Leaves `reader.end` after it. A value that is not a string appears as
 * `#` and the hex of its DER. Source: RFC 5280 section 4.1.2.4, RFC 4514.
 */
export function readName(reader: DerReader, at: number, limit: number): DistinguishedName | undefined {
  if (!reader.expect(SEQUENCE, at, limit)) return undefined;
  const nameEnd = reader.end;
  const name: DistinguishedName = { o: [], ou: [], text: '', attributes: [] };
  let next = reader.start;
  while (next < nameEnd) {
    if (!reader.expect(SET, next, nameEnd)) return undefined;
    next = reader.end;
    let at = reader.start;
    if (at === next) reader.note('der.empty-list', at, { field: 'RelativeDistinguishedName' });
    let relative = '';
    while (at < next) {
      if (!reader.expect(SEQUENCE, at, next)) return undefined;
      at = reader.end;
      const attribute = readAttribute(reader, reader.start, at, name);
      if (attribute === undefined) return undefined;
      relative = relative === '' ? attribute : `${relative}+${attribute}`;
    }
    name.text = name.text === '' ? relative : `${relative},${name.text}`;
  }
  reader.end = nameEnd;
  return name;
}

/** Skips a Name, and fails exactly where `readName` fails. Leaves `reader.end` after it. */
export function passName(reader: DerReader, at: number, limit: number): boolean {
  if (!reader.expect(SEQUENCE, at, limit)) return false;
  const nameEnd = reader.end;
  for (let set = reader.start; set < nameEnd;) {
    if (!reader.expect(SET, set, nameEnd)) return false;
    set = reader.end;
    for (let attribute = reader.start; attribute < set;) {
      if (!reader.expect(SEQUENCE, attribute, set)) return false;
      attribute = reader.end;
      const oid = readOidAt(reader, reader.start, attribute);
      if (oid === undefined || !reader.read(reader.end, attribute)) return false;
    }
  }
  reader.end = nameEnd;
  return true;
}

let recent: { der: Uint8Array; name: DistinguishedName } | undefined;
const LONG_NAME_BYTES = 1024;

/**
 * Works like `readName`, but returns the same object again if the previous name had the same bytes and no findings:
 * certificates of one issuer usually follow each other.
 */
export function readIssuer(reader: DerReader, at: number, limit: number): DistinguishedName | undefined {
  const { bytes, findings } = reader;
  if (recent !== undefined && isAt(recent.der, bytes, at) && at + recent.der.length <= limit) {
    reader.end = at + recent.der.length;
    return recent.name;
  }
  const name = readName(reader, at, limit);
  const isGood = name !== undefined && findings.length === 0 && reader.end - at <= LONG_NAME_BYTES;
  if (isGood) recent = { der: bytes.slice(at, reader.end), name };
  return name;
}

function readAttribute(reader: DerReader, at: number, limit: number, name: DistinguishedName): string | undefined {
  const oid = readOidAt(reader, at, limit);
  const valueAt = reader.end;
  if (oid === undefined || !reader.read(valueAt, limit)) return undefined;
  const { tag, start, end } = reader;
  reader.finish(end, limit);
  const known = ATTRIBUTE_NAMES.get(oid);
  const label = known ?? oid;
  const decoded = readDirectoryText(reader, tag, start, end);
  const value = decoded?.text ?? `#${encodeHex(reader.bytes, valueAt, end)}`;
  name.attributes = append(name.attributes, { oid, name: label, value });
  if (decoded === undefined) {
    if (known !== undefined && oid !== X500_UNIQUE_IDENTIFIER) {
      reader.note('der.name-value-type', valueAt, { attribute: label, found: tagName(tag) });
    }
    return `${label}=${value}`;
  }
  if (label === 'CN') name.cn = value;
  else if (label === 'O') name.o = append(name.o, value);
  else if (label === 'OU') name.ou = append(name.ou, value);
  if (known === undefined) return `${oid}=#${encodeHex(reader.bytes, valueAt, end)}`;
  return `${label}=${escapeValue(value, decoded.special)}`;
}

/** Appends without reserving room: a growing array reserves seventeen places, and most lists have one entry. */
function append<T>(list: T[], one: T): T[] {
  if (list.length === 0) return [one];
  list.push(one);
  return list;
}

/**
 * Escapes a value; control characters become hex pairs so that a name stays on one line. Source: RFC 4514 section 2.4.
 */
function escapeValue(value: string, special: boolean): string {
  const first = value.charCodeAt(0);
  const edges = first === 0x20 || first === 0x23 || value.charCodeAt(value.length - 1) === 0x20;
  if (!special && !edges) return value;
  return value
    .replace(/^[ #]|["+,;<>\\]| $/gu, '\\$&')
    .replace(/[\0-\x1f\x7f]/gu, (control) => `\\${hexByte(control.charCodeAt(0)).toUpperCase()}`);
}

export function noAltNames(): SubjectAltNames {
  return { dns: [], ip: [], email: [], uri: [], directory: [], registeredId: [], other: [] };
}

const RFC822_NAME = 0x81;
const DNS_NAME = 0x82;
export const URI_NAME = 0x86;
const IP_ADDRESS = 0x87;
const REGISTERED_ID = 0x88;
const OTHER_NAME = contextTag(0);
const X400_ADDRESS = contextTag(3);
const DIRECTORY_NAME = contextTag(4);
const EDI_PARTY_NAME = contextTag(5);

/**
 * Reads the GeneralNames between `start` and `end` into `into`, which keeps the names read before a failure. Source:
 * RFC 5280 section 4.2.1.6.
 */
export function readGeneralNames(reader: DerReader, start: number, end: number, into: SubjectAltNames): boolean {
  if (start === end) reader.note('der.empty-list', start, { field: 'GeneralNames' });
  let at = start;
  while (at < end) {
    if (!reader.read(at, end)) return false;
    const next = reader.end;
    if (!readGeneralName(reader, at, into)) return false;
    at = next;
  }
  return true;
}

function readGeneralName(reader: DerReader, at: number, into: SubjectAltNames): boolean {
  const { tag, start, end, bytes } = reader;
  switch (tag) {
    case DNS_NAME:
      into.dns.push(readIa5(reader, start, end));
      return true;
    case IP_ADDRESS:
      readAddress(reader, start, end, into);
      return true;
    case RFC822_NAME:
      into.email.push(readIa5(reader, start, end));
      return true;
    case URI_NAME:
      into.uri.push(readIa5(reader, start, end));
      return true;
    case DIRECTORY_NAME:
      return readDirectoryName(reader, start, end, into);
    case REGISTERED_ID: {
      const oid = readOid(reader, start, end);
      if (oid !== undefined) into.registeredId.push(oid);
      return oid !== undefined;
    }
    case OTHER_NAME:
      return readOtherName(reader, start, end, into);
    case X400_ADDRESS:
    case EDI_PARTY_NAME: {
      const type = tag === X400_ADDRESS ? 'x400Address' : 'ediPartyName';
      into.other.push({ type, valueHex: encodeHex(bytes, at, end) });
      return true;
    }
    default:
      return reader.failTag('GeneralName', at);
  }
}

function readAddress(reader: DerReader, start: number, end: number, into: SubjectAltNames): void {
  const address = ipText(reader.bytes, start, end);
  if (address !== undefined) {
    into.ip.push(address);
    return;
  }
  reader.note('der.ip-length', start, { bytes: end - start });
  into.other.push({ type: 'iPAddress', valueHex: encodeHex(reader.bytes, start, end) });
}

/** Expects an explicit tag, because a Name is a CHOICE. */
function readDirectoryName(reader: DerReader, start: number, end: number, into: SubjectAltNames): boolean {
  const name = readName(reader, start, end);
  if (name === undefined) return false;
  reader.finish(reader.end, end);
  into.directory.push(name.text);
  return true;
}

function readOtherName(reader: DerReader, start: number, end: number, into: SubjectAltNames): boolean {
  const type = readOidAt(reader, start, end);
  if (type === undefined || !reader.expectLast(contextTag(0), reader.end, end)) return false;
  into.other.push({ type, valueHex: encodeHex(reader.bytes, reader.start, reader.end) });
  return true;
}

/**
 * Formats four or sixteen bytes, with IPv6 shortened; `undefined` for other lengths. Source: RFC 5952 sections 4 and 5.
 */
export function ipText(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start === 4) return formatIpv4(bytes, start);
  if (end - start !== 16) return undefined;
  const groups: number[] = [];
  for (let i = start; i < end; i += 2) groups.push(((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0));
  const mapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  return mapped ? `::ffff:${formatIpv4(bytes, start + 12)}` : compressZeros(groups);
}

function formatIpv4(bytes: Uint8Array, at: number): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
}

function compressZeros(groups: readonly number[]): string {
  let best = 0;
  let bestLength = 1;
  let run = 0;
  groups.forEach((group, index) => {
    run = group === 0 ? run + 1 : 0;
    if (run > bestLength) {
      bestLength = run;
      best = index - run + 1;
    }
  });
  const text = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  if (bestLength < 2) return text(groups);
  return `${text(groups.slice(0, best))}::${text(groups.slice(best + bestLength))}`;
}
