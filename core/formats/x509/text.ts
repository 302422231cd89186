import {
  BMP_STRING,
  IA5_STRING,
  NUMERIC_STRING,
  PRINTABLE_STRING,
  tagName,
  TELETEX_STRING,
  UNIVERSAL_STRING,
  UTF8_STRING,
  VISIBLE_STRING,
  type DerReader,
} from '../der/der.ts';
import { strictUtf8 } from '../text/text-encoding.ts';

const NUL = 1;
const CONTROL = 2;
const NOT_PRINTABLE = 4;
const NOT_NUMERIC = 8;
/** Characters that are escaped wherever they occur (RFC 4514). */
const SPECIAL = 16;
const HIGH = 32;

const REPLACEMENT = 0xfffd;

const TRAITS = new Uint8Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  const character = String.fromCharCode(byte);
  let traits = 0;
  if (byte === 0) traits |= NUL | SPECIAL;
  else if (byte < 0x20 || byte === 0x7f) traits |= CONTROL | SPECIAL;
  if (byte >= 0x80) traits |= HIGH;
  if (!/[A-Za-z0-9 '()+,\-./:=?]/.test(character)) traits |= NOT_PRINTABLE;
  if (!/[0-9 ]/.test(character)) traits |= NOT_NUMERIC;
  if (/["+,;<>\\]/.test(character)) traits |= SPECIAL;
  TRAITS[byte] = traits;
}

/** Size of a table of texts to reuse: names repeat across the certificates of a cluster. */
const TEXT_SLOTS = 4096;
const MAX_CACHED_BYTES = 96;
const SAMPLED_BYTES = 8;
const cachedTexts: string[] = new Array<string>(TEXT_SLOTS).fill('');
const cachedTraits = new Uint8Array(TEXT_SLOTS);

interface DirectoryText {
  text: string;
  /** Whether characters other than the first and last may need an escape under RFC 4514. */
  special: boolean;
}

/**
 * Reads the content of an ASN.1 string type as text; `undefined` if `tag` is not such a type. Invalid bytes become
 * U+FFFD or, in types with one byte per character, are read as UTF-8 if possible, otherwise as Latin-1, with a finding.
 * TeletexString is read as Latin-1, which issuers actually write. Source: X.680 section 41, RFC 5280 section 4.1.2.4.
 */
export function readDirectoryText(
  reader: DerReader,
  tag: number,
  start: number,
  end: number,
): DirectoryText | undefined {
  switch (tag) {
    case UTF8_STRING:
    case PRINTABLE_STRING:
    case IA5_STRING:
    case TELETEX_STRING:
    case VISIBLE_STRING:
    case NUMERIC_STRING:
      return readByteText(reader, tag, start, end);
    case BMP_STRING:
      return readWideText(reader, tag, start, end, 2);
    case UNIVERSAL_STRING:
      return readWideText(reader, tag, start, end, 4);
    default:
      return undefined;
  }
}

/** Expects the content of an implicit tag, as in GeneralName. */
export function readIa5(reader: DerReader, start: number, end: number): string {
  return readByteText(reader, IA5_STRING, start, end).text;
}

/** Decodes UTF-8; `undefined` if the bytes are not UTF-8 or contain a control character. */
export function printableUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  // DER has a control character among its first bytes and is therefore rejected quickly.
  for (let i = start; i < end; i += 1) {
    if (((TRAITS[bytes[i] ?? 0] ?? 0) & (NUL | CONTROL)) !== 0) return undefined;
  }
  try {
    return strictUtf8(bytes.subarray(start, end), 'kept');
  } catch {
    return undefined;
  }
}

function readByteText(reader: DerReader, tag: number, start: number, end: number): DirectoryText {
  const bytes = reader.bytes;
  const length = end - start;
  // Names in a fleet differ at their ends, so a few bytes at the end suffice.
  let hash = length;
  if (hash > 0) hash = Math.imul(hash, 31) + (bytes[start] ?? 0);
  const first = Math.max(start, end - SAMPLED_BYTES);
  for (let i = first; i < end; i += 1) hash = (Math.imul(hash, 31) + (bytes[i] ?? 0)) | 0;
  const slot = (hash ^ (hash >>> 12)) & (TEXT_SLOTS - 1);
  const cached = cachedTexts[slot] ?? '';
  let isCached = cached.length === length;
  for (let i = 0; isCached && i < length; i += 1) isCached = cached.charCodeAt(i) === bytes[start + i];
  if (isCached) return judge(reader, tag, start, cached, cachedTraits[slot] ?? 0);
  let traits = 0;
  for (let i = start; i < end; i += 1) traits |= TRAITS[bytes[i] ?? 0] ?? 0;
  const isHigh = (traits & HIGH) !== 0;
  const text = isHigh && tag !== TELETEX_STRING ? decodeHigh(reader, tag, start, end) : latin1(bytes, start, end);
  if (!isHigh && length <= MAX_CACHED_BYTES) {
    cachedTexts[slot] = text;
    cachedTraits[slot] = traits;
  }
  return judge(reader, tag, start, text, traits);
}

function decodeHigh(reader: DerReader, tag: number, start: number, end: number): string {
  const content = reader.bytes.subarray(start, end);
  try {
    return strictUtf8(content, 'kept');
  } catch {
    if (tag !== UTF8_STRING) return latin1(reader.bytes, start, end);
    reader.note('der.string-invalid', start, { type: tagName(tag) });
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
  }
}

const FORBIDDEN: Readonly<Record<number, number>> = {
  [PRINTABLE_STRING]: NOT_PRINTABLE,
  [NUMERIC_STRING]: NOT_NUMERIC,
  [IA5_STRING]: HIGH,
  [VISIBLE_STRING]: HIGH,
};

function judge(reader: DerReader, tag: number, start: number, text: string, traits: number): DirectoryText {
  if ((traits & (NUL | CONTROL | HIGH | NOT_PRINTABLE | NOT_NUMERIC)) !== 0) {
    if ((traits & NUL) !== 0) reader.note('der.embedded-nul', start);
    if ((traits & CONTROL) !== 0) reader.note('der.control-character', start);
    if ((traits & (FORBIDDEN[tag] ?? 0)) !== 0) {
      reader.note('der.string-characters', start, { type: tagName(tag) });
    }
  }
  return { text, special: (traits & SPECIAL) !== 0 };
}

/** Converts eight characters per call: one call per character would build long chains of string pieces. */
function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  let at = start;
  for (; at + 8 <= end; at += 8) {
    text += String.fromCharCode(
      bytes[at] ?? 0,
      bytes[at + 1] ?? 0,
      bytes[at + 2] ?? 0,
      bytes[at + 3] ?? 0,
      bytes[at + 4] ?? 0,
      bytes[at + 5] ?? 0,
      bytes[at + 6] ?? 0,
      bytes[at + 7] ?? 0,
    );
  }
  for (; at < end; at += 1) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

function readWideText(reader: DerReader, tag: number, start: number, end: number, width: 2 | 4): DirectoryText {
  const parts: string[] = [];
  let traits = 0;
  let valid = (end - start) % width === 0;
  let high = -1;
  for (let at = start; at + width <= end; at += width) {
    let point = 0;
    for (let i = 0; i < width; i += 1) point = point * 256 + (reader.bytes[at + i] ?? 0);
    traits |= point < 0x80 ? (TRAITS[point] ?? 0) & (NUL | CONTROL | SPECIAL) : 0;
    // BMPString should not contain surrogates, but Windows writes pairs for characters beyond U+FFFF.
    if (width === 2 && point >= 0xdc00 && point < 0xe000 && high >= 0) {
      parts.pop();
      point = 0x10000 + (high - 0xd800) * 0x400 + (point - 0xdc00);
      high = -1;
    } else {
      high = width === 2 && point >= 0xd800 && point < 0xdc00 ? point : -1;
    }
    parts.push(scalar(point));
  }
  const text = parts.join('');
  if (text.includes('\ufffd')) valid = false;
  if (!valid) reader.note('der.string-invalid', start, { type: tagName(tag) });
  return judge(reader, tag, start, text, traits);
}

function scalar(point: number): string {
  const impossible = point > 0x10ffff || (point >= 0xd800 && point < 0xe000);
  return String.fromCodePoint(impossible ? REPLACEMENT : point);
}
