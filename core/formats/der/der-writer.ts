import type { Instant } from '../../shared/instant.ts';
import {
  BIT_STRING,
  BMP_STRING,
  BOOLEAN,
  contextTag,
  GENERALIZED_TIME,
  INTEGER,
  NULL,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  PRINTABLE_STRING,
  SEQUENCE,
  SET,
  UTC_TIME,
  UTF8_STRING,
} from './der.ts';
import { decodeHex } from './hex.ts';

/*
 * Writes DER from the inside out: each function returns one encoded element. Invalid arguments, such as an OID with one
 * arc, are bugs and cause an exception. Source: X.690 sections 8 and 10.
 */

const encoder = new TextEncoder();

export function element(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const content of contents) length += content.length;
  const header = headerLength(length);
  const bytes = new Uint8Array(header + length);
  bytes[0] = tag;
  if (header === 2) bytes[1] = length;
  else {
    bytes[1] = 0x80 | (header - 2);
    for (let at = header - 1, rest = length; at > 1; at -= 1, rest = Math.floor(rest / 256)) bytes[at] = rest & 0xff;
  }
  let at = header;
  for (const content of contents) {
    bytes.set(content, at);
    at += content.length;
  }
  return bytes;
}

function headerLength(length: number): number {
  let octets = 0;
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets += 1;
  return length < 0x80 ? 2 : 2 + octets;
}

export function sequence(...contents: readonly Uint8Array[]): Uint8Array {
  return element(SEQUENCE, ...contents);
}

/** Sorts the elements by their encodings. Source: X.690 section 11.6. */
export function encodeSet(...contents: readonly Uint8Array[]): Uint8Array {
  return element(SET, ...[...contents].sort(compareBytes));
}

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

export function explicit(number: number, ...contents: readonly Uint8Array[]): Uint8Array {
  return element(contextTag(number), ...contents);
}

/** Encodes an implicitly tagged value; `content` is the content of the underlying primitive type. */
export function implicit(number: number, content: Uint8Array): Uint8Array {
  return element(0x80 | number, content);
}

export function boolean(value: boolean): Uint8Array {
  return element(BOOLEAN, Uint8Array.of(value ? 0xff : 0));
}

export function nullValue(): Uint8Array {
  return element(NULL);
}

/** Encodes a number from 0 to 2^31 - 1. */
export function smallInteger(value: number): Uint8Array {
  const digits = value.toString(16);
  return integer(digits.length % 2 === 0 ? digits : `0${digits}`);
}

/** Encodes a non-negative integer, given as hex of even length. */
export function integer(hex: string): Uint8Array {
  const bytes = decodeHex(hex);
  if (bytes === undefined || bytes.length === 0) throw new Error('an INTEGER needs hex digits');
  let at = 0;
  while (at < bytes.length - 1 && bytes[at] === 0) at += 1;
  const magnitude = bytes.subarray(at);
  // A leading one bit would read as a minus sign.
  const sign = (magnitude[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array(0);
  return element(INTEGER, sign, magnitude);
}

/** A certificate uses about a dozen OIDs; a request may contain any number. */
const MOST_REMEMBERED = 256;
const remembered = new Map<string, Uint8Array>();

/** Encodes a dotted OID with arcs up to 2^53. The result is shared and must not be changed. */
export function objectIdentifier(dotted: string): Uint8Array {
  const known = remembered.get(dotted);
  if (known !== undefined) return known;
  const encoded = encodeIdentifier(dotted);
  if (remembered.size < MOST_REMEMBERED) remembered.set(dotted, encoded);
  return encoded;
}

export function identify(dotted: string, ...contents: readonly Uint8Array[]): Uint8Array {
  return sequence(objectIdentifier(dotted), ...contents);
}

function encodeIdentifier(dotted: string): Uint8Array {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  if (first === undefined || second === undefined || [first, second, ...rest].some(Number.isNaN))
    throw new Error(`not an object identifier: ${dotted}`);
  return element(OBJECT_IDENTIFIER, ...[first * 40 + second, ...rest].map(arcBytes));
}

function arcBytes(arc: number): Uint8Array {
  const bytes = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest % 128) | 0x80);
  return Uint8Array.from(bytes);
}

export function octetString(content: Uint8Array): Uint8Array {
  return element(OCTET_STRING, content);
}

export function bitString(content: Uint8Array): Uint8Array {
  return element(BIT_STRING, Uint8Array.of(0), content);
}

/**
 * Encodes a BIT STRING in which the given bits are set, without trailing zero bits. Bit 0 comes first. Source: X.690
 * section 11.2.2.
 */
export function bitFlags(bits: readonly number[]): Uint8Array {
  if (bits.length === 0) return element(BIT_STRING, Uint8Array.of(0));
  const highest = Math.max(...bits);
  const content = new Uint8Array(Math.floor(highest / 8) + 1);
  for (const bit of bits) content[bit >> 3] = (content[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return element(BIT_STRING, Uint8Array.of(7 - (highest & 7)), content);
}

export function bmpString(text: string): Uint8Array {
  const content = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at += 1) {
    content[at * 2] = text.charCodeAt(at) >> 8;
    content[at * 2 + 1] = text.charCodeAt(at) & 0xff;
  }
  return element(BMP_STRING, content);
}

const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]*$/u;

/**
 * Encodes a PrintableString if the characters allow it, or else a UTF8String, like Go. Source: X.690 section 8.23,
 * X.680 41.4.
 */
export function directoryString(text: string): Uint8Array {
  return element(PRINTABLE.test(text) ? PRINTABLE_STRING : UTF8_STRING, encoder.encode(text));
}

/** Encodes a UTCTime from 1950 to 2049, otherwise a GeneralizedTime. Source: RFC 5280 section 4.1.2.5. */
export function time(moment: Instant): Uint8Array {
  const digits = moment.replace(/[-:T]/gu, '');
  const year = Number(digits.slice(0, 4));
  return year >= 1950 && year < 2050
    ? element(UTC_TIME, encoder.encode(digits.slice(2)))
    : element(GENERALIZED_TIME, encoder.encode(digits));
}
