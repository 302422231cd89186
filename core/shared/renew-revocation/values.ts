import { ipBytes } from '../ip-address.ts';

/*
 * Values in a form for comparison; `undefined` for a value that can match nothing. Source: the article names kinds and
 * fields; how values are compared is inferred.
 */

/** A conforming serial has at most 20 bytes. Source: RFC 5280 section 4.1.2.2. */
const MAX_SERIAL_DIGITS = 40;
/** Longer than any serial with separators; limits the cost of hostile text. */
const MAX_SERIAL_TEXT = 200;
/** Without the trailing dot. Source: RFC 1035 section 2.3.4. */
const MAX_DNS_LENGTH = 253;
const MAPPED_PREFIX = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/** Most serials are already in comparable form. */
const PLAIN_SERIAL = /^[1-9a-f][0-9a-f]{0,39}$/u;
const PLAIN_IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/u;
const SPELLED_SERIAL = /^(?:0x)?[0-9a-f]+(?:[-: ]+[0-9a-f]+)*$/iu;
const DNS_PATTERN = /^\.?[!-\-/-~]+(?:\.[!-\-/-~]+)*$/u;

/**
 * Returns lower-case hex without leading zeros, so that equal text means an equal unsigned integer. Accepts the forms
 * that tools print: upper case, `0x`, colons, spaces or hyphens between digits, leading zeros. Rejects a sign, no
 * digits, or more than 20 bytes.
 */
export function comparableSerial(text: string): string | undefined {
  if (PLAIN_SERIAL.test(text)) return text;
  const trimmed = text.length > MAX_SERIAL_TEXT ? '' : text.trim();
  if (!SPELLED_SERIAL.test(trimmed)) return undefined;
  const digits = trimmed
    .toLowerCase()
    .replace(/^0x/u, '')
    .replace(/[-: ]/gu, '')
    .replace(/^0+(?=.)/u, '');
  return digits.length > MAX_SERIAL_DIGITS ? undefined : digits;
}

/** One name or, with a leading dot, every name with at least one more label. */
interface DnsPattern {
  /** Lower case, without a trailing dot; a suffix keeps its leading dot. */
  text: string;
  isSuffix: boolean;
}

/**
 * Returns `undefined` if the text is no DNS name: empty, a lone `.`, empty labels, spaces, non-ASCII, over 253
 * characters.
 */
export function dnsPattern(text: string): DnsPattern | undefined {
  const isSuffix = text.startsWith('.');
  const compared = comparableDns(text);
  if (compared === undefined || !DNS_PATTERN.test(compared)) return undefined;
  return { text: compared, isSuffix };
}

/** Returns a name or pattern in lower case, with one trailing dot removed. */
export function comparableDns(text: string): string | undefined {
  const name = text.endsWith('.') ? text.slice(0, -1) : text;
  const length = name.startsWith('.') ? name.length - 1 : name.length;
  return length === 0 || length > MAX_DNS_LENGTH ? undefined : name.toLowerCase();
}

/**
 * Returns the octets in decimal with dots; an IPv4-mapped IPv6 address counts as IPv4. Source: RFC 4291 section
 * 2.5.5.2.
 */
export function comparableIp(text: string): string | undefined {
  if (PLAIN_IPV4.test(text)) return text;
  const bytes = ipBytes(text);
  if (bytes === undefined) return undefined;
  const isMapped = bytes.length > MAPPED_PREFIX.length && MAPPED_PREFIX.every((byte, at) => bytes[at] === byte);
  return (isMapped ? bytes.subarray(MAPPED_PREFIX.length) : bytes).join('.');
}
