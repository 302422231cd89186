import { contextTag, readOidAt, SEQUENCE, SET, type DerReader } from '../der/der.ts';
import { encodeHex } from '../der/hex.ts';
import { ipText, readName } from './names.ts';
import { readDirectoryText, readIa5 } from './text.ts';

/**
 * A name that can be compared with name constraints. `text` is for display. `octets` are those of an address; in a
 * constraint, the mask follows. `path` has a key for each RelativeDistinguishedName, least specific first; equal keys
 * mean equal names. Other types of names are not compared; `form` identifies them, with the type-id for an otherName.
 */
export type GeneralName =
  | { kind: 'dns' | 'email' | 'uri'; text: string }
  | { kind: 'ip'; text: string; octets: Uint8Array }
  | { kind: 'directory'; text: string; path: readonly string[] }
  | { kind: 'other'; text: string; form: string };

const TEXT_KINDS: ReadonlyMap<number, 'dns' | 'email' | 'uri'> = new Map([
  [0x81, 'email'],
  [0x82, 'dns'],
  [0x86, 'uri'],
]);
const IP_ADDRESS = 0x87;
const DIRECTORY_NAME = contextTag(4);
const OTHER_NAME = contextTag(0);
const OTHER_FORMS: ReadonlyMap<number, string> = new Map([
  [contextTag(3), 'x400Address'],
  [contextTag(5), 'ediPartyName'],
  [0x88, 'registeredID'],
]);

/** Reads all names; `undefined` if any is unreadable. Source: RFC 5280 section 4.2.1.6. */
export function readComparableNames(reader: DerReader, start: number, end: number): GeneralName[] | undefined {
  const names: GeneralName[] = [];
  let at = start;
  while (at < end) {
    const name = readComparableName(reader, at, end);
    if (name === undefined) return undefined;
    names.push(name.name);
    at = name.end;
  }
  return names;
}

export function readComparableName(
  reader: DerReader,
  at: number,
  limit: number,
): { name: GeneralName; end: number } | undefined {
  if (!reader.read(at, limit)) return undefined;
  const { tag, start, end } = reader;
  const name = decodeName(reader, { tag, start, end });
  return name === undefined ? undefined : { name, end };
}

function decodeName(
  reader: DerReader,
  { tag, start, end }: { tag: number; start: number; end: number },
): GeneralName | undefined {
  const kind = TEXT_KINDS.get(tag);
  if (kind !== undefined) return { kind, text: readIa5(reader, start, end) };
  if (tag === IP_ADDRESS) {
    const octets = reader.bytes.subarray(start, end);
    const text = ipText(octets, 0, octets.length) ?? rangeText(octets);
    return { kind: 'ip', text, octets };
  }
  if (tag === DIRECTORY_NAME) return readDirectoryName(reader, start, end);
  if (tag === OTHER_NAME) {
    const type = readOidAt(reader, start, end);
    return type === undefined ? undefined : { kind: 'other', text: type, form: `otherName ${type}` };
  }
  const form = OTHER_FORMS.get(tag);
  return form === undefined ? undefined : { kind: 'other', text: form, form };
}

/** Formats a range as `10.0.0.0/255.0.0.0`; as hex if the octets are neither an address nor a range. */
function rangeText(octets: Uint8Array): string {
  const half = octets.length / 2;
  const [address, mask] = [ipText(octets, 0, half), ipText(octets, half, octets.length)];
  return address === undefined || mask === undefined ? encodeHex(octets) : `${address}/${mask}`;
}

export function readDirectoryName(
  reader: DerReader,
  at: number,
  limit: number,
): Extract<GeneralName, { kind: 'directory' }> | undefined {
  const text = readName(reader, at, limit)?.text;
  if (text === undefined || !reader.expect(SEQUENCE, at, limit)) return undefined;
  const { end } = reader;
  const path: string[] = [];
  let next = reader.start;
  while (next < end) {
    if (!reader.expect(SET, next, end)) return undefined;
    next = reader.end;
    const key = relativeKey(reader, reader.start, next);
    if (key === undefined) return undefined;
    path.push(key);
  }
  return { kind: 'directory', text, path };
}

/**
 * Returns a key for a relative distinguished name, independent of the order of its attributes, which is not significant
 * in a SET.
 */
function relativeKey(reader: DerReader, start: number, end: number): string | undefined {
  const attributes: string[] = [];
  let at = start;
  while (at < end) {
    if (!reader.expect(SEQUENCE, at, end)) return undefined;
    at = reader.end;
    const oid = readOidAt(reader, reader.start, at);
    const { end: valueAt } = reader;
    if (oid === undefined || !reader.read(valueAt, at)) return undefined;
    const text = readDirectoryText(reader, reader.tag, reader.start, reader.end)?.text;
    attributes.push(
      `${oid}=${text === undefined ? `#${encodeHex(reader.bytes, valueAt, at)}` : comparableValue(text)}`,
    );
  }
  return JSON.stringify(attributes.sort());
}

/** Normalises case and spaces. Source: RFC 5280 section 7.1, RFC 4518 section 2.6.1. */
export function comparableValue(value: string): string {
  return value.replace(/\s+/gu, ' ').trim().toLowerCase();
}
