/*
 * Dates and times as text, in the order of ISO 8601. The fields of Chromium follow the language of Windows, not that of
 * the console: an English Windows would show 12/03/2026 and PM in a Japanese console.
 */

const MOMENT = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/u;
const TIME = /^(\d{1,2}):(\d{2})$/u;

export type Precision = 'day' | 'minute' | 'second';

/** Returns, for example, `2026-12-03 22:00`, in the time zone of this computer. */
export function writeMoment(ms: number, precision: Precision): string {
  const at = new Date(ms);
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(pad).join('-');
  if (precision === 'day') return day;
  const parts = [at.getHours(), at.getMinutes(), ...(precision === 'second' ? [at.getSeconds()] : [])];
  return `${day} ${parts.map(pad).join(':')}`;
}

/**
 * Reads a moment in the time zone of this computer; without a time, the day begins at midnight. Accepts slashes and
 * numbers without leading zeros. Returns milliseconds, or `undefined` for a text that is no moment, such as 30 February.
 */
export function readMoment(text: string): number | undefined {
  const [, ...found] = MOMENT.exec(text.trim()) ?? [];
  if (found.length === 0) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.map((part = '0') => Number(part));
  const at = new Date(year, month - 1, day, hour, minute, second);
  const isAsWritten = at.getFullYear() === year && at.getMonth() === month - 1 && at.getDate() === day;
  return isAsWritten && hour < 24 && minute < 60 && second < 60 ? at.getTime() : undefined;
}

/** Returns a day such as `2026-12-03`. */
export function readDay(text: string): string | undefined {
  const ms = readMoment(text);
  return ms === undefined ? undefined : writeMoment(ms, 'day');
}

/** Returns a time such as `09:05`. */
export function readTimeOfDay(text: string): string | undefined {
  const [, hour = '24', minute = '60'] = TIME.exec(text.trim()) ?? [];
  return Number(hour) < 24 && Number(minute) < 60 ? `${pad(Number(hour))}:${minute}` : undefined;
}

function pad(part: number): string {
  return String(part).padStart(2, '0');
}
