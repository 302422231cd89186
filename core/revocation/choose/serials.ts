import { ConsoleError } from '../../shared/problem.ts';
import type { KnownIndex } from '../model/postings.ts';
import { resolveSerial } from '../model/serial.ts';
import type { KnownCertificate } from '../model/inventory-index.ts';
import type { CandidateRow, SerialLine } from '../model/view.ts';

const MOST_CHARACTERS = 100_000;
/** Labels that openssl, certutil, PowerShell and kubectl print before a serial number. */
const LABEL = /^["']?(?:(?:certificate|x509v3)[ \t]{1,4})?(?:serial(?:[ _-]?number)?|sn)["']?[ \t]{0,20}[:=][ \t]*/iu;
/** Other lines in the printed form of a whole certificate. */
const DUMP = /^[ \t]{0,40}(?:Certificate|Data|Issuer|Subject|Validity|Thumbprint)[ \t]{0,20}:/imu;
const LONG_NUMBER = /^["']?[\da-f][\da-f:-]{11,}["']?$/iu;
/** openssl prints a short number in both notations: `4096 (0x1000)`. */
const TWICE = /^-?\d+[ \t]{1,4}\((-?0x[0-9a-f]+)\)$/iu;

/**
 * Reads the serial numbers in pasted text, with every possible reading. Commas separate numbers, and so do blanks
 * between long numbers. Removes labels, quotes and list markers. Of a whole certificate in text form, only the serial number is read. Throws `revocation.too-large`.
 */
export function serialsIn(
  text: string,
  index: KnownIndex,
  rowOf: (certificate: KnownCertificate) => CandidateRow,
): SerialLine[] {
  if (text.length > MOST_CHARACTERS) throw new ConsoleError('revocation.too-large', { limit: MOST_CHARACTERS });
  return readPrintedLines(text).map(({ line, value }): SerialLine => {
    const { readings, resolved } = resolveSerial(value, index);
    return {
      text: line,
      readings: readings.map(({ form, serialHex, certificates }) => ({
        form,
        serialHex,
        certificates: certificates.map(rowOf),
      })),
      resolved: resolved && readings.indexOf(resolved),
    };
  });
}

function readPrintedLines(text: string): { line: string; value: string }[] {
  const isDump = DUMP.test(text);
  const found: { line: string; value: string }[] = [];
  let isNext = false;
  for (const raw of text.split(/\r\n|\r|\n/u)) {
    const line = raw.trim();
    if (line === '') continue;
    const bare = line.replace(/^[-*•][ \t]+/u, '');
    const label = LABEL.exec(bare)?.[0];
    const values = splitValues(label === undefined ? bare : bare.slice(label.length)).map(getValue);
    // Some tools print a long number on the line after its label.
    const isLabelAlone = label !== undefined && values.length === 0;
    if (label !== undefined || isNext || !isDump)
      for (const value of values) found.push({ line: values.length === 1 ? line : value, value });
    isNext = isLabelAlone;
  }
  return found;
}

/** Blanks separate numbers only if each is too long for a group of digits in a larger one. */
function splitValues(text: string): string[] {
  const parts = text.split(/[,;]/u).filter((part) => part.trim() !== '');
  return parts.flatMap((part) => {
    const words = part.match(/\S+/gu) ?? [];
    return words.every((word) => LONG_NUMBER.test(word)) ? words : [part];
  });
}

function getValue(printed: string): string {
  const value = printed
    .trim()
    .replace(/^(["'])(.*)\1$/u, '$2')
    .trim();
  return TWICE.exec(value)?.[1] ?? value;
}
