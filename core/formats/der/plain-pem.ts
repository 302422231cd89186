import { DIGITS } from './base64.ts';
import { isAt } from './der.ts';

const BEGIN = Uint8Array.from('-----BEGIN CERTIFICATE-----', (character) => character.charCodeAt(0));
const END = Uint8Array.from('-----END CERTIFICATE-----', (character) => character.charCodeAt(0));
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const PADDING = '='.charCodeAt(0);
const room = new Uint8Array(64 * 1024);

/**
 * Decodes a PEM file that contains only one certificate, the usual case, without converting it to a string; `undefined`
 * for any other file, including a damaged one.
 */
export function plainCertificate(bytes: Uint8Array): Uint8Array | undefined {
  if (!isAt(BEGIN, bytes, 0)) return undefined;
  const end = findTextEnd(bytes) - END.length;
  if (end - BEGIN.length > room.length || !isAt(END, bytes, end)) return undefined;
  return decodeLines(bytes, BEGIN.length, end);
}

function findTextEnd(bytes: Uint8Array): number {
  const end = bytes[bytes.length - 1] === LINE_FEED ? bytes.length - 1 : bytes.length;
  return bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
}

function decodeLines(bytes: Uint8Array, start: number, end: number): Uint8Array | undefined {
  let written = 0;
  let at = start;
  let rest = 0;
  while (at < end) {
    const first = bytes[at]!;
    if (first === LINE_FEED || first === CARRIAGE_RETURN) {
      at += 1;
      continue;
    }
    if (rest > 0) return undefined;
    if (bytes[at + 3] === PADDING) rest = bytes[at + 2] === PADDING ? 2 : 1;
    // The marker after the last line does not begin with a digit, so no group extends into it.
    const group =
      (digitValue(first) << 18) |
      (digitValue(bytes[at + 1]!) << 12) |
      (rest === 2 ? 0 : digitValue(bytes[at + 2]!) << 6) |
      (rest > 0 ? 0 : digitValue(bytes[at + 3]!));
    if (group < 0) return undefined;
    room[written] = group >> 16;
    room[written + 1] = (group >> 8) & 0xff;
    room[written + 2] = group & 0xff;
    written += 3;
    at += 4;
  }
  return written === 0 ? undefined : room.slice(0, written - rest);
}

function digitValue(code: number): number {
  return DIGITS[code] ?? -1;
}
