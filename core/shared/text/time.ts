import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type Instant } from '../instant.ts';
import type { Language } from './text.ts';

export type Zone = 'local' | 'utc';

/** Longer spans are shown in days; within this span hours matter, since Kubernetes leaf certificates live four days. */
const DAYS_AND_HOURS_MS = 7 * DAY_MS;
/** Shorter remaining times are shown in hours and minutes. */
export const SHORT_SPAN_MS = 48 * HOUR_MS;
const MINUS = '\u2212';

/** `en-US` for its three-letter months (`en-GB` writes "Sept"); we order the parts ourselves. */
export const LOCALES: Record<Language, string> = { en: 'en-US', ja: 'ja-JP' };

export const DATE_FIELDS = {
  year: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;

interface Parts {
  year: string;
  month: string;
  day: string;
  time: string;
  zoneName: string;
}

interface Formatter {
  format: Intl.DateTimeFormat;
  /** Formatted texts by milliseconds since 1970: credentials issued together expire together. */
  written: Map<number, Parts>;
}

const formatters = new Map<string, Formatter>();
const MOST_WRITTEN = 10_000;

function formatterFor(language: Language, zone: Zone, month: 'short' | 'long'): Formatter {
  const key = `${language} ${zone} ${month}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    const format = new Intl.DateTimeFormat(LOCALES[language], {
      ...DATE_FIELDS,
      month: language === 'ja' ? 'numeric' : month,
      timeZoneName: 'short',
      ...(zone === 'utc' ? { timeZone: 'UTC' } : {}),
    });
    formatters.set(key, (formatter = { format, written: new Map() }));
  }
  return formatter;
}

function getParts(ms: number, { format, written }: Formatter): Parts {
  let parts = written.get(ms);
  if (parts === undefined) {
    const found = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes): string => found.get(type) ?? '';
    parts = {
      year: part('year'),
      month: part('month').replace('月', ''),
      day: part('day'),
      time: `${part('hour')}:${part('minute')}`,
      zoneName: part('timeZoneName'),
    };
    if (written.size >= MOST_WRITTEN) written.clear();
    written.set(ms, parts);
  }
  return parts;
}

function msFrom(moment: Instant | number): number {
  return typeof moment === 'number' ? moment : Date.parse(moment);
}

/**
 * Formats an instant, or milliseconds since 1970, to the minute: `3 Dec 2026 17:00`, `2026年12月3日 17:00`, with UTC `3
 * Dec 2026 08:00 UTC`; empty for an invalid time.
 */
export function formatInstant(moment: Instant | number, language: Language, zone: Zone): string {
  const ms = msFrom(moment);
  if (!Number.isFinite(ms)) return '';
  const { year, month, day, time } = getParts(ms, formatterFor(language, zone, 'short'));
  const date = language === 'ja' ? `${year}年${month}月${day}日` : `${day} ${month} ${year}`;
  return zone === 'utc' ? `${date} ${time} UTC` : `${date} ${time}`;
}

/** Formats an instant without `UTC`, for a column whose header states the time zone. */
export function formatBareUtc(moment: Instant | number, language: Language): string {
  return formatInstant(moment, language, 'utc').replace(/ UTC$/u, '');
}

/** Formats the day for a sentence: `3 December 2026`, `2026年12月3日`; omits the year if `nowMs` is in it. */
export function formatDay(moment: Instant | number, language: Language, zone: Zone, nowMs: number): string {
  const ms = msFrom(moment);
  if (!Number.isFinite(ms)) return '';
  const formatter = formatterFor(language, zone, 'long');
  const { year, month, day } = getParts(ms, formatter);
  const sameYear = getParts(nowMs, formatter).year === year;
  if (language === 'ja') return sameYear ? `${month}月${day}日` : `${year}年${month}月${day}日`;
  return sameYear ? `${day} ${month}` : `${day} ${month} ${year}`;
}

/** `isMajor`: whether the next larger unit also begins. */
export interface AxisUnit {
  unit: 'minute' | 'hour' | 'day' | 'month' | 'year';
  isMajor: boolean;
}

/** Formats a short label: `15:00`, `3 Dec`, `Dec`, `2027`; with `isMajor`, that of the larger unit. */
export function formatTick(
  ms: number,
  { unit, isMajor }: AxisUnit,
  { language, zone }: { language: Language; zone: Zone },
): string {
  const { year, month, day, time } = getParts(ms, formatterFor(language, zone, 'short'));
  const ofYear = language === 'ja' ? `${year}年` : year;
  const ofMonth = language === 'ja' ? `${month}月` : month;
  const ofDay = language === 'ja' ? `${month}月${day}日` : `${day} ${month}`;
  switch (unit) {
    case 'minute':
    case 'hour':
      return isMajor ? ofDay : time;
    case 'day':
      return ofDay;
    case 'month':
      return isMajor ? ofYear : ofMonth;
    case 'year':
      return ofYear;
  }
}

/** Returns the short name of this computer's time zone: `GMT+9`, `JST`, `UTC`. */
export function localZoneName(moment: Instant | number, language: Language): string {
  const ms = msFrom(moment);
  return Number.isFinite(ms) ? getParts(ms, formatterFor(language, 'local', 'short')).zoneName : '';
}

const numbers = new Map<Language, Intl.NumberFormat>();

/** Groups the digits: `1,960`. */
export function formatCount(count: number, language: Language): string {
  let formatter = numbers.get(language);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat(LOCALES[language]);
    numbers.set(language, formatter);
  }
  return formatter.format(count);
}

const UNITS: Record<Language, Record<'day' | 'hour' | 'minute' | 'second', string>> = {
  en: { day: ' d', hour: ' h', minute: ' min', second: ' s' },
  ja: { day: ' 日', hour: ' 時間', minute: ' 分', second: ' 秒' },
};

const LENGTH_UNITS: Record<Language, Record<'day' | 'hour' | 'minute', [string, string]>> = {
  en: { day: [' day', ' days'], hour: [' hour', ' hours'], minute: [' minute', ' minutes'] },
  ja: { day: [' 日', ' 日'], hour: [' 時間', ' 時間'], minute: [' 分', ' 分'] },
};

/**
 * Formats a duration in words, rounded to minutes: `30 minutes`, `1 hour 30 minutes`, and from two days on `2 days 3
 * hours`. Japanese: `1 時間 30 分`.
 */
export function formatLength(ms: number, language: Language): string {
  const units = LENGTH_UNITS[language];
  const part = (count: number, [one, many]: [string, string]): string =>
    count === 0 ? '' : `${formatCount(count, language)}${count === 1 ? one : many}`;
  const minutes = Math.round(ms / MINUTE_MS);
  const hours = Math.floor(minutes / 60);
  const parts =
    hours >= 48
      ? [part(Math.floor(hours / 24), units.day), part(hours % 24, units.hour)]
      : [part(hours, units.hour), part(minutes % 60, units.minute)];
  const text = parts.filter((each) => each !== '').join(' ');
  return text === '' ? `0${units.minute[1]}` : text;
}

/**
 * Formats a span, truncated (not rounded) to the units that matter for a decision: `412 d` from a week on, `3 d 14 h`
 * from 48 hours, `9 h 12 min` below, `45 s` in the last minute; `−2 d` if negative. Japanese: `9 時間 12 分`.
 */
export function formatSpan(ms: number, language: Language): string {
  if (!Number.isFinite(ms)) return '';
  const unit = UNITS[language];
  const length = Math.abs(ms);
  const sign = ms < 0 && length >= SECOND_MS ? MINUS : '';
  const join = (...parts: [count: number, unit: string][]): string =>
    parts.flatMap(([count, name]) => (count > 0 ? `${count}${name}` : [])).join(' ');
  const days = Math.floor(length / DAY_MS);
  const hours = Math.floor(length / HOUR_MS);
  const minutes = Math.floor(length / MINUTE_MS);
  if (length >= DAYS_AND_HOURS_MS) return `${sign}${formatCount(days, language)}${unit.day}`;
  if (length >= SHORT_SPAN_MS) return sign + join([days, unit.day], [hours % 24, unit.hour]);
  if (length >= MINUTE_MS) return sign + join([hours, unit.hour], [minutes % 60, unit.minute]);
  return `${sign}${Math.floor(length / SECOND_MS)}${unit.second}`;
}
