import type { KnownCertificate } from './inventory-index.ts';
import type { KnownIndex } from './postings.ts';
import { comparableSerial } from '../../shared/renew-revocation/values.ts';

/*
 * A serial number as printed by some tool. Every possible reading is returned with the certificates that it matches;
 * the admin decides which one is meant when the inventory does not.
 */

/** `hex`: as openssl and most others print it. `decimal`: as Go prints it. `reversed`: the bytes of .NET's `GetSerialNumber()`. */
export type SerialForm = 'hex' | 'decimal' | 'reversed';

export interface SerialReading {
  form: SerialForm;
  /** Lower-case hex without separators, as in the entry. */
  serialHex: string;
  certificates: readonly KnownCertificate[];
}

export interface SerialResolution {
  /** Every reading, `hex` first; empty for text that is not a serial number. Identical readings occur once. */
  readings: readonly SerialReading[];
  /** The reading to use; absent when none or several are possible. */
  resolved?: SerialReading;
  /** Whether somebody has to decide which reading is meant. */
  ambiguous: boolean;
}

/** 20 bytes. Source: RFC 5280 section 4.1.2.2. */
const MAX_SERIAL = 2n ** 160n;
const DECIMAL = /^\d{1,49}$/u;

/**
 * What a pasted serial number may mean. A reading is used when it alone matches a certificate in the inventory, or when
 * no other is possible: digits alone may be hex or decimal, and whole bytes may be in .NET's order, which is considered
 * only when the usual order matches nothing.
 */
export function resolveSerial(text: string, index: KnownIndex): SerialResolution {
  const readings = listReadings(plainText(text), index);
  const named = readings.filter(({ certificates }) => certificates.length > 0);
  const [only, ...others] = named.length > 0 ? named : readings;
  const resolved = others.length === 0 ? only : undefined;
  return { readings, resolved, ambiguous: readings.length > 0 && resolved === undefined };
}

/** Windows' certificate dialog copies an invisible mark before it; input methods type full-width digits. */
function plainText(text: string): string {
  return text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '');
}

function listReadings(text: string, index: KnownIndex): SerialReading[] {
  const reading = (form: SerialForm, serialHex: string): SerialReading => ({
    form,
    serialHex,
    certificates: index.withSerial(serialHex),
  });
  const hex = writtenSerial(text);
  const readings = hex === undefined ? [] : [reading('hex', hex)];
  const decimal = decimalSerial(text.trim());
  if (decimal !== undefined && comparableSerial(hex ?? '') !== decimal) readings.push(reading('decimal', decimal));
  const reversed = hex === undefined ? undefined : reversedSerial(text);
  if (reversed !== undefined && readings.every(({ certificates }) => certificates.length === 0)) {
    const back = reading('reversed', reversed);
    // Any bytes can be reversed; that means something only when there is a match.
    if (back.certificates.length > 0) readings.push(back);
  }
  return readings;
}

/**
 * A serial number as written in a manifest: lower-case hex without separators. Whole bytes stay whole (`0f`), without
 * leading zero bytes; an odd number of digits has no leading zero. `undefined` for text that is not a serial number.
 */
export function writtenSerial(text: string): string | undefined {
  const compared = comparableSerial(text);
  if (compared === undefined) return undefined;
  const digits = text
    .replace(/^\s*0x/iu, '')
    .replace(/[-: ]/gu, '')
    .trim();
  const isWhole = digits.length % 2 === 0;
  return isWhole && compared.length % 2 === 1 ? `0${compared}` : compared;
}

function decimalSerial(text: string): string | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const number = BigInt(text);
  return number < MAX_SERIAL ? number.toString(16) : undefined;
}

/** The bytes of the text in reverse order; zero bytes count, so they are taken from the text itself. */
function reversedSerial(text: string): string | undefined {
  const digits = text
    .replace(/^\s*0x/iu, '')
    .replace(/[-: ]/gu, '')
    .trim()
    .toLowerCase();
  if (digits.length % 2 !== 0 || digits.length > 40) return undefined;
  return writtenSerial((digits.match(/../gu) ?? []).reverse().join(''));
}
