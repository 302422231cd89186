import { describe, expect, test } from 'vitest';
import {
  formatBareUtc,
  formatCount,
  formatDay,
  formatInstant,
  formatLength,
  formatSpan,
  formatTick,
} from '../../../../core/shared/text/time.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, instant, epochMs } from '../../../../core/shared/instant.ts';

describe('a duration', () => {
  test.each([
    [0, '0 minutes', '0 分'],
    [MINUTE_MS, '1 minute', '1 分'],
    [30 * MINUTE_MS, '30 minutes', '30 分'],
    [59.4 * MINUTE_MS, '59 minutes', '59 分'],
    [59.5 * MINUTE_MS, '1 hour', '1 時間'],
    [61 * MINUTE_MS, '1 hour 1 minute', '1 時間 1 分'],
    [90 * MINUTE_MS, '1 hour 30 minutes', '1 時間 30 分'],
    [480 * MINUTE_MS, '8 hours', '8 時間'],
    [48 * HOUR_MS - MINUTE_MS, '47 hours 59 minutes', '47 時間 59 分'],
    [48 * HOUR_MS, '2 days', '2 日'],
    [51 * HOUR_MS + 5 * MINUTE_MS, '2 days 3 hours', '2 日 3 時間'],
  ])('of %i ms is %s, in Japanese %s', (ms, english, japanese) => {
    expect([formatLength(ms, 'en'), formatLength(ms, 'ja')]).toEqual([english, japanese]);
  });
});

describe('an instant', () => {
  test.each([
    ['en', '2026-12-03T17:00:00Z', '3 Dec 2026 17:00 UTC'],
    ['ja', '2026-12-03T17:00:00Z', '2026年12月3日 17:00 UTC'],
    ['en', '2027-09-30T00:05:59Z', '30 Sep 2027 00:05 UTC'],
    ['ja', '2027-01-01T23:59:00Z', '2027年1月1日 23:59 UTC'],
    ['en', '9999-12-31T23:59:59Z', '31 Dec 9999 23:59 UTC'],
  ] as const)('in UTC and %s, %s is formatted as %s', (language, text, expected) => {
    expect(formatInstant(instant(text), language, 'utc')).toBe(expected);
    expect(formatInstant(epochMs(instant(text)), language, 'utc')).toBe(expected);
  });

  test('has no time zone in local time, so that tables stay narrow', () => {
    expect(formatInstant(instant('2026-12-03T17:00:00Z'), 'en', 'local')).toMatch(/^\d{1,2} Dec 2026 \d{2}:\d{2}$/);
  });

  test('is formatted as an empty string if it is invalid', () => {
    expect(formatInstant(Number.NaN, 'en', 'utc')).toBe('');
  });
});

describe('a day in a sentence', () => {
  const now = epochMs(instant('2026-11-24T12:00:00Z'));
  test.each([
    ['en', '2026-12-03T12:00:00Z', '3 December'],
    ['en', '2027-12-03T12:00:00Z', '3 December 2027'],
    ['ja', '2026-12-03T12:00:00Z', '12月3日'],
    ['ja', '2027-12-03T12:00:00Z', '2027年12月3日'],
  ] as const)('in %s, %s is %s', (language, text, expected) => {
    expect(formatDay(instant(text), language, 'utc', now)).toBe(expected);
  });
});

describe('a span of time in short units', () => {
  test.each([
    [0, '0 s', '0 秒'],
    [-1, '0 s', '0 秒'],
    [45 * SECOND_MS, '45 s', '45 秒'],
    [MINUTE_MS, '1 min', '1 分'],
    [9 * HOUR_MS + 12 * MINUTE_MS, '9 h 12 min', '9 時間 12 分'],
    [9 * HOUR_MS, '9 h', '9 時間'],
    [48 * HOUR_MS - 1, '47 h 59 min', '47 時間 59 分'],
    [48 * HOUR_MS, '2 d', '2 日'],
    [3 * DAY_MS + 14.9 * HOUR_MS, '3 d 14 h', '3 日 14 時間'],
    [7 * DAY_MS - 1, '6 d 23 h', '6 日 23 時間'],
    [7 * DAY_MS, '7 d', '7 日'],
    [3652 * DAY_MS, '3,652 d', '3,652 日'],
    [-2 * DAY_MS, '−2 d', '−2 日'],
    [-5 * MINUTE_MS, '−5 min', '−5 分'],
  ])('of %d ms is %s, in Japanese %s', (ms, english, japanese) => {
    expect(formatSpan(ms, 'en')).toBe(english);
    expect(formatSpan(ms, 'ja')).toBe(japanese);
  });
});

test('a count is formatted with digit grouping', () => {
  expect(formatCount(1960, 'en')).toBe('1,960');
});

test('a table cell under the heading UTC does not repeat the zone', () => {
  const moment = Date.UTC(2026, 11, 3, 8, 0);
  expect(formatBareUtc(moment, 'en')).toBe('3 Dec 2026 08:00');
  expect(formatBareUtc(moment, 'ja')).toBe('2026年12月3日 08:00');
});

describe('the label of a tick on a time axis', () => {
  const NEW_YEAR = Date.UTC(2027, 0, 1);
  test.each([
    ['hour', false, '00:00', '00:00'],
    ['hour', true, '1 Jan', '1月1日'],
    ['day', false, '1 Jan', '1月1日'],
    ['day', true, '1 Jan', '1月1日'],
    ['month', false, 'Jan', '1月'],
    ['month', true, '2027', '2027年'],
    ['year', false, '2027', '2027年'],
  ] as const)('suits steps of one %s (start of a larger unit: %s)', (unit, isMajor, english, japanese) => {
    const label = (language: 'en' | 'ja'): string => formatTick(NEW_YEAR, { unit, isMajor }, { language, zone: 'utc' });
    expect(label('en')).toBe(english);
    expect(label('ja')).toBe(japanese);
  });
});
