import type { ByteRange, DecodeFinding } from '../../shared/certificates/certificate.ts';
import { hexByte, encodeHex } from './hex.ts';
import type { DecodeRule } from '../x509/rules.ts';

export const BOOLEAN = 0x01;
export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;
export const NULL = 0x05;
export const OBJECT_IDENTIFIER = 0x06;
export const UTF8_STRING = 0x0c;
export const NUMERIC_STRING = 0x12;
export const PRINTABLE_STRING = 0x13;
export const TELETEX_STRING = 0x14;
export const IA5_STRING = 0x16;
export const UTC_TIME = 0x17;
export const GENERALIZED_TIME = 0x18;
export const VISIBLE_STRING = 0x1a;
export const UNIVERSAL_STRING = 0x1c;
export const BMP_STRING = 0x1e;
export const SEQUENCE = 0x30;
export const SET = 0x31;

/** `number` is 0 to 30. */
export function contextTag(number: number): number {
  return 0xa0 | number;
}

const TAG_NAMES: ReadonlyMap<number, string> = new Map([
  [BOOLEAN, 'BOOLEAN'],
  [INTEGER, 'INTEGER'],
  [BIT_STRING, 'BIT STRING'],
  [OCTET_STRING, 'OCTET STRING'],
  [NULL, 'NULL'],
  [OBJECT_IDENTIFIER, 'OBJECT IDENTIFIER'],
  [UTF8_STRING, 'UTF8String'],
  [NUMERIC_STRING, 'NumericString'],
  [PRINTABLE_STRING, 'PrintableString'],
  [TELETEX_STRING, 'TeletexString'],
  [IA5_STRING, 'IA5String'],
  [UTC_TIME, 'UTCTime'],
  [GENERALIZED_TIME, 'GeneralizedTime'],
  [VISIBLE_STRING, 'VisibleString'],
  [UNIVERSAL_STRING, 'UniversalString'],
  [BMP_STRING, 'BMPString'],
  [SEQUENCE, 'SEQUENCE'],
  [SET, 'SET'],
]);

/** Returns the ASN.1 name of a tag byte, such as `SEQUENCE` or `[3]`; `0x..` if it has none. */
export function tagName(tag: number): string {
  const universal = TAG_NAMES.get(tag);
  if (universal !== undefined) return universal;
  return tag >= 0x80 && tag < 0xc0 ? `[${tag & 0x1f}]` : `0x${hexByte(tag)}`;
}

/** Further findings are only counted, so that a hostile certificate cannot fill the memory. */
const MAX_FINDINGS = 100;
/** Longer content would not fit in memory. */
const MAX_LENGTH_OCTETS = 4;

/**
 * Reads DER in place: copies nothing and enters an element only on request, so nesting is cheap. Methods take positions
 * in `bytes` and return whether they succeeded, with the reason in `failure`. Violations that leave the element
 * readable go to `findings`. Source: X.690 sections 8.1 and 10.1.
 */
export class DerReader {
  readonly bytes: Uint8Array;
  readonly findings: DecodeFinding[] = [];
  failure: DecodeFinding | undefined = undefined;
  /** The element read last: tag byte, start of its content, and the position after it. */
  tag = 0;
  start = 0;
  end = 0;
  /** Number of findings omitted from `findings`; shared with the last finding, which reports it. */
  readonly #omitted = { count: 0 };

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** `limit` is the end of the container. */
  read(at: number, limit: number): boolean {
    if (at >= limit) return this.fail('der.missing-element', at, { expected: 'element' });
    const bytes = this.bytes;
    const tag = bytes[at] ?? 0;
    if ((tag & 0x1f) === 0x1f) return this.fail('der.high-tag-number', at);
    if (at + 1 >= limit) return this.fail('der.overrun', at, { length: 2, available: 1 });
    let start = at + 2;
    let length = bytes[at + 1] ?? 0;
    if (length >= 0x80) {
      length = this.#longLength(at, length & 0x7f, limit);
      if (length < 0) return false;
      start += (bytes[at + 1] ?? 0) & 0x7f;
    }
    const end = start + length;
    if (end > limit) return this.fail('der.overrun', at, { length, available: limit - start });
    this.tag = tag;
    this.start = start;
    this.end = end;
    return true;
  }

  /** Reads an element with this tag. A wrong tag is reported before the wrong length that it causes. */
  expect(tag: number, at: number, limit: number): boolean {
    if (at >= limit) return this.fail('der.missing-element', at, { expected: tagName(tag) });
    const found = this.bytes[at] ?? 0;
    if (found === tag) return this.read(at, limit);
    if ((found & 0x1f) === 0x1f) return this.fail('der.high-tag-number', at);
    this.tag = found;
    return this.failTag(tagName(tag), at);
  }

  /** Reads an element with this tag, and notes any bytes between it and the end of its container. */
  expectLast(tag: number, at: number, limit: number): boolean {
    if (!this.expect(tag, at, limit)) return false;
    this.finish(this.end, limit);
    return true;
  }

  hasTag(tag: number, at: number, limit: number): boolean {
    return at < limit && this.bytes[at] === tag;
  }

  /** Notes bytes left over after the last defined element, which ended at `at`. */
  finish(at: number, limit: number): void {
    if (at < limit) this.note('der.trailing-bytes', at, { bytes: limit - at });
  }

  makeRange(at: number, end: number): ByteRange {
    return { offset: at, length: end - at };
  }

  /** Records the reason; returns `false`, for use in a `return` statement. */
  fail(rule: DecodeRule, at: number, params?: Record<string, string | number>): false {
    this.failure = finding(rule, at, params);
    return false;
  }

  failTag(expected: string, at: number): false {
    return this.fail('der.unexpected-tag', at, { expected, found: tagName(this.tag) });
  }

  note(rule: DecodeRule, at: number, params?: Record<string, string | number>): void {
    this.#keep(finding(rule, at, params));
  }

  /** Notes `rule`, if given, and turns the failure into a finding, so that reading continues after the element. */
  forgive(rule?: DecodeRule, at = 0, params?: Record<string, string | number>): void {
    if (rule !== undefined) this.note(rule, at, params);
    if (this.failure !== undefined) this.#keep(this.failure);
    this.failure = undefined;
  }

  #keep(found: DecodeFinding): void {
    if (this.findings.length < MAX_FINDINGS) return void this.findings.push(found);
    if (this.#omitted.count === 0) this.findings.push(finding('der.more-findings', 0, this.#omitted));
    this.#omitted.count += 1;
  }

  #longLength(at: number, octets: number, limit: number): number {
    if (octets === 0) return this.#failLength('der.indefinite-length', at);
    if (octets > MAX_LENGTH_OCTETS) return this.#failLength('der.length-too-large', at, { octets });
    const start = at + 2;
    if (start + octets > limit) {
      return this.#failLength('der.overrun', at, { length: octets, available: limit - start });
    }
    let length = 0;
    for (let i = 0; i < octets; i += 1) length = length * 256 + (this.bytes[start + i] ?? 0);
    const minimal = length >= 0x80 && this.bytes[start] !== 0;
    if (!minimal) this.note('der.non-minimal-length', at, { length });
    return length;
  }

  #failLength(rule: DecodeRule, at: number, params?: Record<string, string | number>): -1 {
    this.fail(rule, at, params);
    return -1;
  }
}

export interface ElementRange {
  tag: number;
  start: number;
  end: number;
}

/**
 * Reads a header without checking where its element ends; an indefinite length extends to the end of `bytes`.
 * `undefined` if the header is unreadable.
 */
export function headerAt(bytes: Uint8Array, at: number): ElementRange | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return undefined;
  if (first < 0x80) return { tag, start: at + 2, end: at + 2 + first };
  const start = at + 2 + (first & 0x7f);
  if (first === 0x80) return { tag, start, end: bytes.length };
  if (first > 0x80 + MAX_LENGTH_OCTETS || start > bytes.length) return undefined;
  let length = 0;
  for (let index = at + 2; index < start; index += 1) length = length * 256 + (bytes[index] ?? 0);
  return { tag, start, end: start + length };
}

/**
 * Returns the length of the SEQUENCE at the start, including its header; `undefined` if there is none or its length is
 * indefinite.
 */
export function outerLength(bytes: Uint8Array): number | undefined {
  return bytes[0] === SEQUENCE && bytes[1] !== 0x80 ? headerAt(bytes, 0)?.end : undefined;
}

function finding(rule: DecodeRule, offset: number, params: Record<string, string | number> | undefined): DecodeFinding {
  return params === undefined ? { rule, offset } : { rule, offset, params };
}

/**
 * Reads a BOOLEAN that is false if absent. Leaves `reader.end` after it. Notes any value other than 0x00 and 0xff, which
 * DER forbids, and treats it as true; with `field`, also notes an encoded false. Source: X.690 sections 11.1 and 11.5.
 */
export function readFlag(reader: DerReader, at: number, limit: number, field?: string): boolean | undefined {
  reader.end = at;
  if (!reader.hasTag(BOOLEAN, at, limit)) return false;
  if (!reader.read(at, limit)) return undefined;
  const { start, end } = reader;
  if (end - start !== 1)
    return void reader.fail('der.boolean-value', start, {
      value: encodeHex(reader.bytes, start, Math.min(end, start + 8)),
    });
  const value = reader.bytes[start] ?? 0;
  if (value !== 0 && value !== 0xff) reader.note('der.boolean-value', start, { value: hexByte(value) });
  if (value === 0 && field !== undefined) reader.note('der.default-encoded', at, { field });
  return value !== 0;
}

/**
 * Checks an INTEGER: fails if the content is empty, and notes a superfluous leading byte. Source: X.690 section 8.3.
 */
export function checkInteger(reader: DerReader, start: number, end: number): boolean {
  if (start >= end) return reader.fail('der.empty-integer', start);
  if (end - start > 1) {
    const first = reader.bytes[start] ?? 0;
    const negative = (reader.bytes[start + 1] ?? 0) >= 0x80;
    if (negative ? first === 0xff : first === 0) reader.note('der.non-minimal-integer', start);
  }
  return true;
}

/** Reads a number from 0 to 2^31 - 1; fails for other numbers. */
export function readSmallInteger(reader: DerReader, start: number, end: number): number | undefined {
  if (!checkInteger(reader, start, end)) return undefined;
  const bytes = reader.bytes;
  if ((bytes[start] ?? 0) >= 0x80 || magnitudeBits(bytes, start, end) > 31)
    return void reader.fail('der.integer-range', start);
  let value = 0;
  for (let i = start; i < end; i += 1) value = value * 256 + (bytes[i] ?? 0);
  return value;
}

/** Reads the INTEGER at `at` and leaves `reader.end` after it. */
export function readSmallIntegerAt(reader: DerReader, at: number, limit: number): number | undefined {
  return reader.expect(INTEGER, at, limit) ? readSmallInteger(reader, reader.start, reader.end) : undefined;
}

/** Counts the bits of an unsigned big-endian number without its leading zeros. */
export function magnitudeBits(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] === 0) at += 1;
  return at === end ? 0 : (end - at) * 8 - (Math.clz32(bytes[at] ?? 0) - 24);
}

/**
 * Formats an INTEGER as signed lower-case hex: the magnitude without leading zero bytes, `00` for zero, `-` in front of
 * negative numbers.
 */
export function integerHex(bytes: Uint8Array, start: number, end: number): string {
  if ((bytes[start] ?? 0) >= 0x80) return negativeHex(bytes, start, end);
  let at = start;
  while (at < end - 1 && bytes[at] === 0) at += 1;
  return encodeHex(bytes, at, end);
}

function negativeHex(bytes: Uint8Array, start: number, end: number): string {
  // `slice` is avoided, since subclasses such as Node's Buffer return a view of the input.
  const magnitude = new Uint8Array(bytes.subarray(start, end));
  let carry = 1;
  for (let i = magnitude.length - 1; i >= 0; i -= 1) {
    const sum = ((magnitude[i] ?? 0) ^ 0xff) + carry;
    magnitude[i] = sum & 0xff;
    carry = sum >> 8;
  }
  let at = 0;
  while (at < magnitude.length - 1 && magnitude[at] === 0) at += 1;
  return `-${encodeHex(magnitude, at, magnitude.length)}`;
}

/**
 * Reads the bits as a number whose lowest bit is bit 0 of the string; ignores bits from 31 on. Notes wrong padding.
 * Source: X.690 section 11.2.
 */
export function readNamedBits(reader: DerReader, start: number, end: number): number | undefined {
  if (!checkBitString(reader, start, end)) return undefined;
  let bits = 0;
  const last = Math.min(end, start + 5);
  for (let i = start + 1; i < last; i += 1) {
    const byte = reader.bytes[i] ?? 0;
    for (let bit = 0; bit < 8; bit += 1) {
      const position = (i - start - 1) * 8 + bit;
      if (position < 31 && (byte & (0x80 >> bit)) !== 0) bits |= 1 << position;
    }
  }
  return bits;
}

/** Checks a BIT STRING: fails without a count of unused bits, and notes a count above 7 or padding other than zeros. */
export function checkBitString(reader: DerReader, start: number, end: number): boolean {
  if (start >= end) return reader.fail('der.bit-string', start);
  const unused = reader.bytes[start] ?? 0;
  if (unused === 0) return true;
  const last = reader.bytes[end - 1] ?? 0;
  const broken = unused > 7 || end - start === 1 || (last & ((1 << unused) - 1)) !== 0;
  if (broken) reader.note('der.bit-string', start);
  return true;
}

/** The longest OID in use has about 30 bytes. The limit keeps the text short and the arithmetic cheap. */
const MAX_OID_BYTES = 128;
/** Bytes of the largest arc, a UUID under 2.25. Source: X.667. */
const MAX_ARC_BYTES = 19;
/** Adding seven bits to a larger number would lose precision. */
const LARGE_ARC = 2 ** 46;

const OID_SLOTS = 1024;
const MAX_CACHED_OID_BYTES = 16;
const oidKeys: Uint8Array[] = new Array<Uint8Array>(OID_SLOTS).fill(new Uint8Array(0));
const oidTexts: string[] = new Array<string>(OID_SLOTS).fill('');

/**
 * Reads the content as dotted text; fails if it is truncated, padded or unreasonably long. Source: X.690 section 8.19.
 */
export function readOid(reader: DerReader, start: number, end: number): string | undefined {
  const bytes = reader.bytes;
  const length = end - start;
  if (length > MAX_CACHED_OID_BYTES) return decodeOid(reader, start, end);
  let hash = length;
  for (let i = start; i < end; i += 1) hash = (Math.imul(hash, 31) + (bytes[i] ?? 0)) | 0;
  const slot = (hash ^ (hash >>> 10)) & (OID_SLOTS - 1);
  const key = oidKeys[slot];
  if (key?.length === length && length > 0 && isAt(key, bytes, start)) return oidTexts[slot];
  const text = decodeOid(reader, start, end);
  if (text === undefined) return undefined;
  oidKeys[slot] = new Uint8Array(bytes.subarray(start, end));
  oidTexts[slot] = text;
  return text;
}

/** Reads the OBJECT IDENTIFIER at `at` and leaves `reader.end` after it. */
export function readOidAt(reader: DerReader, at: number, limit: number): string | undefined {
  return reader.expect(OBJECT_IDENTIFIER, at, limit) ? readOid(reader, reader.start, reader.end) : undefined;
}

export function isAt(part: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let at = 0; at < part.length; at += 1) if (part[at] !== bytes[start + at]) return false;
  return true;
}

function decodeOid(reader: DerReader, start: number, end: number): string | undefined {
  const bytes = reader.bytes;
  const length = end - start;
  const cut = length === 0 || (bytes[end - 1] ?? 0) >= 0x80;
  if (cut || length > MAX_OID_BYTES) return badOid(reader, start);
  let text = '';
  let at = start;
  while (at < end) {
    const first = at;
    if (bytes[at] === 0x80) return badOid(reader, start);
    let arc: number | bigint = (bytes[at] ?? 0) & 0x7f;
    for (; (bytes[at] ?? 0) >= 0x80; at += 1) {
      const bits = (bytes[at + 1] ?? 0) & 0x7f;
      arc = typeof arc === 'number' && arc < LARGE_ARC ? arc * 128 + bits : (BigInt(arc) << 7n) | BigInt(bits);
    }
    at += 1;
    if (at - first > MAX_ARC_BYTES) return badOid(reader, start);
    // The first two arcs share one number. Source: X.690 section 8.19.4.
    if (first !== start) text += `.${arc}`;
    else if (arc < 80) text = `${arc < 40 ? 0 : 1}.${Number(arc) % 40}`;
    else text = `2.${typeof arc === 'bigint' ? arc - 80n : arc - 80}`;
  }
  return text;
}

function badOid(reader: DerReader, start: number): undefined {
  return void reader.fail('der.bad-oid', start);
}
