import type { Instant } from '../instant.ts';
import type { Language } from './text.ts';
import { DATE_FIELDS, LOCALES } from './time.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

function partsIn(ms: number, language: Language, timeZone: string): (type: string) => string {
  const key = `${language} ${timeZone}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat(LOCALES[language], {
      ...DATE_FIELDS,
      timeZone,
      month: language === 'ja' ? 'numeric' : 'short',
      weekday: 'short',
    });
    formatters.set(key, formatter);
  }
  const found = new Map(formatter.formatToParts(ms).map(({ type, value }) => [type as string, value]));
  return (type) => (found.get(type) ?? '').replace('月', '');
}

/** Formats an instant as `Sat 28 Nov 2026 22:00`, `2026年11月28日(土) 22:00`. */
export function formatInZone(moment: Instant, language: Language, timeZone: string): string {
  return `${formatDateInZone(moment, language, timeZone)} ${formatTimeInZone(moment, language, timeZone)}`;
}

/** Formats the day as `Sat 28 Nov 2026`, `2026年11月28日(土)`. */
export function formatDateInZone(moment: Instant, language: Language, timeZone: string): string {
  const ms = Date.parse(moment);
  const part = partsIn(ms, language, timeZone);
  if (language === 'ja') {
    const weekday = new Intl.DateTimeFormat('ja-JP', { timeZone, weekday: 'short' }).format(ms);
    return `${part('year')}年${part('month')}月${part('day')}日(${weekday})`;
  }
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}`;
}

export function formatTimeInZone(moment: Instant, language: Language, timeZone: string): string {
  const part = partsIn(Date.parse(moment), language, timeZone);
  return `${part('hour')}:${part('minute')}`;
}

/** Returns an IANA name. */
export function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
