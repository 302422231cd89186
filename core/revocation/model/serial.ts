import type { KnownCertificate } from './inventory-index.ts';
import { comparableSerial } from '../../shared/renew-revocation/values.ts';

/*
 * A serial number as some tool printed it. Every reading that the text allows is given with the certificates that it names;
 * which one is meant is for the admin to say, when the inventory does not tell.
 */

/** `hex`: as openssl and most others print it. `decimal`: as Go prints it. `reversed`: the bytes of .NET's `GetSerialNumber()`. */
export type SerialForm = 'hex' | 'decimal' | 'reversed';

export interface SerialReading {
  form: SerialForm;
  /** Lower-case hex without separators, as the entry would hold it. */
  serialHex: string;
  certificates: readonly KnownCertificate[];
}

export interface SerialResolution {
  /** Every reading, `hex` first; empty for what is no serial number. A number that reads the same twice is there once. */
  readings: readonly SerialReading[];
  /** The one reading to take; absent when none or several are possible. */
  resolved?: SerialReading;
  /** Whether somebody has to say which reading is meant. */
  ambiguous: boolean;
}

/** 20 bytes. Source: RFC 5280 section 4.1.2.2. */
const MAX_SERIAL = 2n ** 160n;
const DECIMAL = /^\d{1,49}$/u;

/** Certificates by their serial numbers, in the form in which these are compared. */
export type SerialIndex = ReadonlyMap<string, readonly KnownCertificate[]>;

export function serialIndex(certificates: readonly KnownCertificate[]): SerialIndex {
  const index = new Map<string, KnownCertificate[]>();
  for (const certificate of certificates) {
    const serial = comparableSerial(certificate.serialHex);
    if (serial === undefined) continue;
    const known = index.get(serial);
    if (known === undefined) index.set(serial, [certificate]);
    else known.push(certificate);
  }
  return index;
}

/**
 * What a pasted serial number may mean. A reading is taken when it alone names a certificate of the inventory, or when the
 * text allows no other: digits alone may be hex or decimal, and whole bytes may be in .NET's order, which is looked at only
 * where the usual order names nothing.
 */
export function resolveSerial(text: string, index: SerialIndex): SerialResolution {
  const readings = readingsOf(plainText(text), index);
  const named = readings.filter(({ certificates }) => certificates.length > 0);
  const [only, ...others] = named.length > 0 ? named : readings;
  const resolved = others.length === 0 ? only : undefined;
  return { readings, resolved, ambiguous: readings.length > 0 && resolved === undefined };
}

/** The certificate dialog of Windows copies an invisible mark in front; input methods type wide digits. */
function plainText(text: string): string {
  return text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '');
}

function readingsOf(text: string, index: SerialIndex): SerialReading[] {
  const reading = (form: SerialForm, serialHex: string): SerialReading => ({
    form,
    serialHex,
    certificates: index.get(comparableSerial(serialHex) ?? '') ?? [],
  });
  const hex = writtenSerial(text);
  const readings = hex === undefined ? [] : [reading('hex', hex)];
  const decimal = decimalSerial(text.trim());
  if (decimal !== undefined && comparableSerial(hex ?? '') !== decimal) readings.push(reading('decimal', decimal));
  const reversed = hex === undefined ? undefined : reversedSerial(text);
  if (reversed !== undefined && readings.every(({ certificates }) => certificates.length === 0)) {
    const back = reading('reversed', reversed);
    // Any bytes can be turned round; only where that hits something is it more than a play of thought.
    if (back.certificates.length > 0) readings.push(back);
  }
  return readings;
}

/**
 * The text of a serial number in a manifest: lower-case hex without separators. Whole bytes stay whole (`0f`), without zero
 * bytes in front; an odd number of digits has no zero in front. `undefined` for what is no serial number.
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

/** The bytes of the text from the last to the first; zero bytes count, so they are taken from the text itself. */
function reversedSerial(text: string): string | undefined {
  const digits = text
    .replace(/^\s*0x/iu, '')
    .replace(/[-: ]/gu, '')
    .trim()
    .toLowerCase();
  if (digits.length % 2 !== 0 || digits.length > 40) return undefined;
  return writtenSerial((digits.match(/../gu) ?? []).reverse().join(''));
}
