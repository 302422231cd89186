import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './instant.ts';

/*
 * Local times are "wall milliseconds": the clock's reading in the zone, treated as if it were UTC. A calendar day is
 * then a whole number of days since 1970, and months, leap days and weekdays need no table.
 */

/** Milliseconds since 1970; `endMs` is exclusive. */
export interface Span {
  startMs: number;
  endMs: number;
}

/** A span in which a zone's clocks have a constant offset from UTC. */
interface Regime extends Span {
  offsetMs: number;
}

/** Zone rules change clocks at most a few times a year; two changes are never closer together than this. */
const PROBE_MS = 12 * HOUR_MS;

export interface ZoneClock {
  /** Accepts only instants within the range. */
  wallMs(ms: number): number;
  /**
   * Returns the instants at which the clock shows a time in the wall span: none in a gap, two separate spans if an hour
   * occurs twice.
   */
  findSpans(wall: Span): Span[];
}

/** Returns whether this computer knows the IANA time zone (`Europe/Berlin`, `UTC`). */
export function isTimeZone(zone: string): boolean {
  // Only newer engines accept offsets such as +09:00 as zones; Windows and calendars know only names.
  if (!/^[A-Za-z]/u.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Reads from the engine's tables how far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetReader(zone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (ms) => {
    const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of format.formatToParts(ms)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    const wholeMs = Math.floor(ms / SECOND_MS) * SECOND_MS;
    return Date.UTC(year, month - 1, day, hour, minute, second) - wholeMs;
  };
}

/** Lists the regimes that cover the range, with boundaries exact to the second. */
function listRegimes(zone: string, { startMs, endMs }: Span): Regime[] {
  const offsetAt = offsetReader(zone);
  const regimes: Regime[] = [];
  let current: Regime = { startMs, endMs, offsetMs: offsetAt(startMs) };
  for (let at = startMs; at < endMs; at += PROBE_MS) {
    const nextMs = Math.min(at + PROBE_MS, endMs);
    const offsetMs = offsetAt(nextMs);
    if (offsetMs === current.offsetMs) continue;
    let before = at;
    let after = nextMs;
    while (after - before > SECOND_MS) {
      const middle = Math.floor((before + after) / 2 / SECOND_MS) * SECOND_MS;
      if (offsetAt(middle) === current.offsetMs) before = middle;
      else after = middle;
    }
    regimes.push({ ...current, endMs: after });
    current = { startMs: after, endMs, offsetMs };
  }
  return [...regimes, current];
}

export function zoneClock(zone: string, range: Span): ZoneClock {
  const whole = {
    startMs: Math.floor(range.startMs / SECOND_MS) * SECOND_MS,
    endMs: Math.ceil(range.endMs / SECOND_MS) * SECOND_MS,
  };
  const regimes = listRegimes(zone, whole);
  const last = regimes.at(-1);
  return {
    wallMs(ms) {
      const regime = regimes.find(({ endMs }) => ms < endMs) ?? last;
      return ms + (regime?.offsetMs ?? 0);
    },
    findSpans(wall) {
      const spans: Span[] = [];
      for (const regime of regimes) {
        const startMs = Math.max(wall.startMs - regime.offsetMs, regime.startMs);
        const endMs = Math.min(wall.endMs - regime.offsetMs, regime.endMs);
        if (startMs >= endMs) continue;
        const before = spans.at(-1);
        if (before?.endMs === startMs) before.endMs = endMs;
        else spans.push({ startMs, endMs });
      }
      return spans;
    },
  };
}

/** Counts the days since 1970-01-01. */
export function wallDay(wallMs: number): number {
  return Math.floor(wallMs / DAY_MS);
}

/** Returns 0 for Monday. 1970-01-01 was a Thursday. */
export function findWeekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/u;

/** Parses a date such as `2028-02-29`; `undefined` if there is none. */
export function parseDay(date: string): number | undefined {
  const [, year, month, day] = DATE.exec(date) ?? [];
  if (year === undefined) return undefined;
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return Number.isNaN(ms) || formatDayDate(ms / DAY_MS) !== date ? undefined : ms / DAY_MS;
}

export function formatDayDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

const TIME = /^(\d{2}):(\d{2})$/u;

/** Parses a time from `00:00` to `24:00` into minutes since midnight; `undefined` for anything else. */
export function parseMinutes(time: string): number | undefined {
  const [, hour, minute] = TIME.exec(time) ?? [];
  if (hour === undefined || Number(minute) > 59) return undefined;
  const minutes = Number(hour) * 60 + Number(minute);
  return minutes > DAY_MS / MINUTE_MS ? undefined : minutes;
}

/** Formats minutes as `22:30`; 1440 is `24:00`. */
export function formatMinutes(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
