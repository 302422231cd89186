import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, instant, instantFromMs, MINUTE_MS, epochMs } from '../../../core/shared/instant.ts';
import {
  formatDayDate,
  parseDay,
  isTimeZone,
  parseMinutes,
  formatMinutes,
  findWeekday,
  zoneClock,
} from '../../../core/shared/time-zone.ts';

const ZONES = [
  ...['UTC', 'Asia/Tokyo', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe'],
  ...['America/Havana', 'Asia/Kathmandu', 'Africa/Casablanca', 'Pacific/Apia', 'America/St_Johns'],
];

const formats = new Map(
  ZONES.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
  ]),
);

/** Formats wall-clock time with `Intl` alone, such as `2026-03-29 03:30`. */
function formatWallTime(zone: string, ms: number): string {
  return formats.get(zone)?.format(ms) ?? '';
}

const zone = fc.constantFrom(...ZONES);
/** Minutes from 2010 to 2037, which include the day when Apia moved across the date line. */
const moment = fc
  .integer({ min: Date.UTC(2010, 0, 1) / MINUTE_MS, max: Date.UTC(2037, 0, 1) / MINUTE_MS })
  .map((minutes) => minutes * MINUTE_MS);

describe('the clock of a time zone', () => {
  test('shows the same time as Intl at any instant', () => {
    fc.assert(
      fc.property(zone, moment, fc.integer({ min: 0, max: 40 * 24 * 60 }), (name, from, minutes) => {
        const clock = zoneClock(name, { startMs: from, endMs: from + 40 * DAY_MS });
        const at = from + minutes * MINUTE_MS;
        const wall = new Date(clock.wallMs(at)).toISOString().slice(0, 16).replace('T', ' ');
        expect(wall).toBe(formatWallTime(name, at));
      }),
      { numRuns: 150 },
    );
  });

  test('shows a time within a wall-clock span in exactly those minutes in which Intl does', () => {
    const changes = [
      '2026-03-29T00:00:00Z',
      '2026-10-25T00:00:00Z',
      '2026-03-08T06:00:00Z',
      '2026-11-01T05:00:00Z',
      '2026-04-04T15:00:00Z',
      '2011-12-30T09:00:00Z',
      '2028-02-29T12:00:00Z',
    ].map((text) => epochMs(instant(text)));
    fc.assert(
      fc.property(
        zone,
        fc.constantFrom(...changes),
        fc.integer({ min: -10, max: 10 }),
        fc.integer({ min: 1, max: 12 }),
        (name, change, quarters, length) => {
          const clock = zoneClock(name, { startMs: change - 3 * DAY_MS, endMs: change + 3 * DAY_MS });
          const startMs = clock.wallMs(change) + quarters * 15 * MINUTE_MS;
          const wall = { startMs, endMs: startMs + length * 15 * MINUTE_MS };
          const text = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
          const spans = clock.findSpans(wall);
          for (let ms = change - 30 * HOUR_MS; ms < change + 30 * HOUR_MS; ms += 15 * MINUTE_MS) {
            const isIn = spans.some((span) => span.startMs <= ms && ms < span.endMs);
            const now = formatWallTime(name, ms);
            expect(isIn).toBe(text(wall.startMs) <= now && now < text(wall.endMs));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each<[string, string, string, string, string[]]>([
    [
      '01:30 to 03:00 is half an hour on the night when Berlin puts its clocks forward',
      'Europe/Berlin',
      '2026-03-29T01:30',
      '2026-03-29T03:00',
      ['2026-03-29T00:30:00Z..2026-03-29T01:00:00Z'],
    ],
    ['02:00 to 03:00 does not exist on that night', 'Europe/Berlin', '2026-03-29T02:00', '2026-03-29T03:00', []],
    [
      '01:30 to 03:00 is two and a half hours on the night when Berlin puts its clocks back',
      'Europe/Berlin',
      '2026-10-25T01:30',
      '2026-10-25T03:00',
      ['2026-10-24T23:30:00Z..2026-10-25T02:00:00Z'],
    ],
    [
      '02:30 to 03:30 comes in two parts on that night',
      'Europe/Berlin',
      '2026-10-25T02:30',
      '2026-10-25T03:30',
      ['2026-10-25T00:30:00Z..2026-10-25T01:00:00Z', '2026-10-25T01:30:00Z..2026-10-25T02:30:00Z'],
    ],
    [
      '01:30 to 03:00 in New York is half an hour in March',
      'America/New_York',
      '2026-03-08T01:30',
      '2026-03-08T03:00',
      ['2026-03-08T06:30:00Z..2026-03-08T07:00:00Z'],
    ],
    [
      'Tokyo never changes its clocks',
      'Asia/Tokyo',
      '2026-03-29T01:30',
      '2026-03-29T03:00',
      ['2026-03-28T16:30:00Z..2026-03-28T18:00:00Z'],
    ],
    ['Samoa skipped the whole of 30 December 2011', 'Pacific/Apia', '2011-12-30T00:00', '2011-12-31T00:00', []],
  ])('%s', (_, name, from, to, expected) => {
    const wall = { startMs: Date.parse(`${from}Z`), endMs: Date.parse(`${to}Z`) };
    const clock = zoneClock(name, { startMs: wall.startMs - 3 * DAY_MS, endMs: wall.endMs + 3 * DAY_MS });
    expect(clock.findSpans(wall).map((span) => `${instantFromMs(span.startMs)}..${instantFromMs(span.endMs)}`)).toEqual(
      expected,
    );
  });
});

describe('dates and times in rules', () => {
  test('a date is accepted if it exists in the calendar, including leap days', () => {
    expect(parseDay('2028-02-29')).toBe(Date.UTC(2028, 1, 29) / DAY_MS);
    for (const none of ['2026-02-29', '2100-02-29', '2026-13-01', '2026-00-10', '26-01-01', ''])
      expect(parseDay(none)).toBeUndefined();
  });

  test('a parsed date is formatted as the original text, and its weekday agrees with Date', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30_000, max: 60_000 }), (day) => {
        expect(parseDay(formatDayDate(day))).toBe(day);
        expect(findWeekday(day)).toBe((new Date(day * DAY_MS).getUTCDay() + 6) % 7);
      }),
    );
  });

  test('a time from 00:00 to 24:00 is accepted', () => {
    expect(parseMinutes('00:00')).toBe(0);
    expect(parseMinutes('23:59')).toBe(1439);
    expect(parseMinutes('24:00')).toBe(1440);
    for (const none of ['24:01', '7:00', '12:60', '', '12.30']) expect(parseMinutes(none)).toBeUndefined();
    expect(formatMinutes(1439)).toBe('23:59');
  });

  test('an IANA name is a time zone, but an offset is not', () => {
    expect(ZONES.every(isTimeZone)).toBe(true);
    expect(['Berlin', '', '+09:00', 'Mars/Olympus', 'W. Europe Standard Time'].some(isTimeZone)).toBe(false);
  });
});
