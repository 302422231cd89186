import type { KnownCertificate } from './inventory-index.ts';
import type { KnownIndex } from './postings.ts';
import { comparableSerial } from '../../shared/renew-revocation/values.ts';

/*
 * Reads a serial number as printed by any tool. If several readings are possible and no certificate decides, the admin
 * chooses.
 */

/** `hex`: openssl and most other tools. `decimal`: Go. `reversed`: the bytes from .NET's `GetSerialNumber()`. */
export type SerialForm = 'hex' | 'decimal' | 'reversed';

interface SerialReading {
  form: SerialForm;
  /** Lower-case hex without separators, as in an entry. */
  serialHex: string;
  certificates: readonly KnownCertificate[];
}

export interface SerialResolution {
  /** Without duplicates, `hex` first; empty if the text is not a serial number. */
  readings: readonly SerialReading[];
  /** Absent if no reading or several readings are possible. */
  resolved?: SerialReading;
}

/** Longest serial number: 20 bytes. Source: RFC 5280 section 4.1.2.2. */
const MAX_SERIAL = 2n ** 160n;
const DECIMAL = /^\d{1,49}$/u;

/**
 * Reads a pasted serial number. Digits alone may be hex or decimal. Whole bytes may be in .NET's order, which is
 * considered only if the usual order matches nothing. A reading is used if it alone matches a certificate, or if it is
 * the only possible reading.
 */
export function resolveSerial(text: string, index: KnownIndex): SerialResolution {
  // Text copied from the Windows certificate dialog begins with an invisible mark; IMEs produce full-width digits.
  const plain = text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '');
  const hex = hexSerial(plain);
  const decimal = decimalSerial(plain.trim());
  const forms: [SerialForm, string | undefined][] = [
    ['hex', hex],
    ['decimal', comparableSerial(hex ?? '') === decimal ? undefined : decimal],
  ];
  const readings = forms.flatMap(([form, serialHex]): SerialReading[] =>
    serialHex === undefined ? [] : [{ form, serialHex, certificates: index.findBySerial(serialHex) }],
  );
  let matching = readings.filter(({ certificates }) => certificates.length > 0);
  const reversed = hex === undefined || matching.length > 0 ? undefined : reverseSerial(plain);
  const certificates = reversed === undefined ? [] : index.findBySerial(reversed);
  // Any bytes can be reversed, so this reading counts only if a certificate matches.
  if (reversed !== undefined && certificates.length > 0) {
    matching = [{ form: 'reversed', serialHex: reversed, certificates }];
    readings.push(...matching);
  }
  const [only, ...others] = matching.length > 0 ? matching : readings;
  return { readings, resolved: others.length === 0 ? only : undefined };
}

/**
 * Returns a serial number as in a manifest: lower-case hex without separators. Whole bytes stay whole (`0f`) but lose
 * leading zero bytes; an odd number of digits gets no leading zero. `undefined` if the text is not a serial number.
 */
export function hexSerial(text: string): string | undefined {
  const compared = comparableSerial(text);
  if (compared === undefined) return undefined;
  const isWhole = listDigits(text).length % 2 === 0;
  return isWhole && compared.length % 2 === 1 ? `0${compared}` : compared;
}

function listDigits(text: string): string {
  return text
    .replace(/^\s*0x/iu, '')
    .replace(/[-: ]/gu, '')
    .trim();
}

function decimalSerial(text: string): string | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const number = BigInt(text);
  return number < MAX_SERIAL ? number.toString(16) : undefined;
}

/** Reverses the bytes as written, because leading zero bytes matter. */
function reverseSerial(text: string): string | undefined {
  const digits = listDigits(text).toLowerCase();
  if (digits.length % 2 !== 0 || digits.length > 40) return undefined;
  return hexSerial((digits.match(/../gu) ?? []).reverse().join(''));
}
