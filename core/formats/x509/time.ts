import { instantFromMs, MINUTE_MS, type Instant } from '../../shared/instant.ts';
import { GENERALIZED_TIME, tagName, UTC_TIME, type DerReader } from '../der/der.ts';

const [DASH, COLON, T, ZULU] = [0x2d, 0x3a, 0x54, 0x5a];
/** UTCTime years from this one on belong to the twentieth century. Source: RFC 5280 section 4.1.2.5.1. */
const UTC_TIME_PIVOT = 50;
/** Earlier dates must be written as UTCTime. Source: RFC 5280 section 4.1.2.5. */
const GENERALIZED_TIME_SINCE = 2050;
const MAX_SHOWN_BYTES = 40;
const EARLIEST_MS = Date.parse('0000-01-01T00:00:00Z');
const LATEST_MS = Date.parse('9999-12-31T23:59:59Z');
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The fields after the year in any form, including forms that RFC 5280 forbids. */
const LOOSE_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)?(\d\d)?(?:[.,](\d+))?(Z|[+-]\d{4})$/;

/**
 * Reads a UTCTime or GeneralizedTime. Forms that RFC 5280 forbids (offsets other than Z, fractions, missing seconds)
 * produce a finding if they denote an instant. Fails for an impossible date, a missing time zone or any other tag.
 * Source: RFC 5280 section 4.1.2.5, X.690 sections 11.7 and 11.8.
 */
export function readTime(reader: DerReader, at: number, limit: number): Instant | undefined {
  if (!reader.read(at, limit)) return undefined;
  const { tag, start, end } = reader;
  if (tag !== UTC_TIME && tag !== GENERALIZED_TIME) return void reader.failTag(tagName(UTC_TIME), at);
  const digits = tag === UTC_TIME ? 2 : 4;
  const strict = end - start === digits + 11 && reader.bytes[end - 1] === ZULU;
  const moment = strict ? strictTime(reader.bytes, start, digits) : looseTime(reader, start, end, digits);
  if (moment === undefined)
    return void reader.fail('der.time-invalid', start, { value: printableText(reader.bytes, start, end) });
  if (tag === GENERALIZED_TIME) noteEarlyGeneralizedTime(reader, start, moment);
  return moment;
}

function noteEarlyGeneralizedTime(reader: DerReader, start: number, moment: Instant): void {
  const year = Number(moment.slice(0, 4));
  const fitsUtcTime = year >= GENERALIZED_TIME_SINCE - 100 && year < GENERALIZED_TIME_SINCE;
  if (fitsUtcTime) reader.note('der.time-type', start, { year });
}

/**
 * Size of the table of remembered texts. An authority issues at few distinct times, and separate copies of a text would
 * stay in memory with each certificate.
 */
const KNOWN_SLOTS = 1021;
const knownOrdinals = new Float64Array(KNOWN_SLOTS).fill(-1);
const knownTexts: string[] = new Array<string>(KNOWN_SLOTS).fill('');

/** Reads the form that RFC 5280 requires. Equal instants usually share one string. */
function strictTime(bytes: Uint8Array, start: number, yearDigits: number): Instant | undefined {
  const high = pair(bytes, start);
  const year = yearDigits === 2 ? high + (high < UTC_TIME_PIVOT ? 2000 : 1900) : high * 100 + pair(bytes, start + 2);
  const at = start + yearDigits;
  const month = pair(bytes, at);
  const day = pair(bytes, at + 2);
  const hour = pair(bytes, at + 4);
  const minute = pair(bytes, at + 6);
  const second = pair(bytes, at + 8);
  const allDigits = (high | month | day | hour | minute | second) >= 0 && year >= 0;
  if (!allDigits || !isMoment(year, month, day, hour, minute, second)) return undefined;
  const ordinal = ((((year * 12 + month) * 31 + day) * 24 + hour) * 60 + minute) * 60 + second;
  // The number of slots is prime; otherwise whole minutes and hours would share a few slots.
  const slot = ordinal % KNOWN_SLOTS;
  if (knownOrdinals[slot] === ordinal) return knownTexts[slot] as Instant;
  const yearText = String(year).padStart(4, '0');
  // The digits after the year are the same in DER and in an instant.
  // prettier-ignore
  const text = String.fromCharCode(
    yearText.charCodeAt(0), yearText.charCodeAt(1), yearText.charCodeAt(2), yearText.charCodeAt(3), DASH,
    bytes[at]!, bytes[at + 1]!, DASH, bytes[at + 2]!, bytes[at + 3]!, T,
    bytes[at + 4]!, bytes[at + 5]!, COLON, bytes[at + 6]!, bytes[at + 7]!, COLON, bytes[at + 8]!, bytes[at + 9]!, ZULU,
  );
  knownOrdinals[slot] = ordinal;
  knownTexts[slot] = text;
  return text as Instant;
}

/**
 * Returns two digits as a number; for other characters, a number so negative that its sum with another pair is still
 * negative.
 */
function pair(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) - 0x30;
  const ones = (bytes[at + 1] ?? 0) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1_000_000;
}

/** Rejects leap seconds, as verifiers do. */
function isMoment(year: number, month: number, day: number, hour: number, minute: number, second: number): boolean {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = (MONTH_DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
  return day >= 1 && day <= days && hour <= 23 && minute <= 59 && second <= 59;
}

function looseTime(reader: DerReader, start: number, end: number, yearDigits: number): Instant | undefined {
  if (end - start > MAX_SHOWN_BYTES) return undefined;
  const value = printableText(reader.bytes, start, end);
  const fields = LOOSE_TIME.exec(value.slice(yearDigits));
  const yearText = value.slice(0, yearDigits);
  if (fields === null || !/^\d+$/.test(yearText)) return undefined;
  const written = Number(yearText);
  const year = yearDigits === 2 ? written + (written < UTC_TIME_PIVOT ? 2000 : 1900) : written;
  const [, month = '', day = '', hour = '', minute = '00', second = '00', , zone = 'Z'] = fields;
  if (!isMoment(year, +month, +day, +hour, +minute, +second)) return undefined;
  const offsetMinutes = zoneMinutes(zone);
  if (offsetMinutes === undefined) return undefined;
  const isoYear = String(year).padStart(4, '0');
  const local = Date.parse(`${isoYear}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const ms = local - offsetMinutes * MINUTE_MS;
  if (ms < EARLIEST_MS || ms > LATEST_MS) return undefined;
  reader.note('der.time-form', start, { value });
  return instantFromMs(ms);
}

function zoneMinutes(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** Returns at most 40 characters; any but visible ASCII become question marks. */
function printableText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < Math.min(end, start + MAX_SHOWN_BYTES); i += 1) {
    const byte = bytes[i] ?? 0;
    text += byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '?';
  }
  return text;
}
