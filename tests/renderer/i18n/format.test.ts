import { expect, test } from 'vitest';
import { instant } from '../../../core/shared/instant.ts';
import { Formatter } from '../../../renderer/i18n/format.ts';

const MOMENT = instant('2026-12-03T17:00:00Z');

test('formats times in the chosen time zone or, on demand, in the other one', () => {
  const utc = new Formatter(
    () => 'en',
    () => 'utc',
  );
  expect(utc.moment(MOMENT)).toBe('3 Dec 2026 17:00 UTC');
  expect(utc.otherZone(MOMENT)).not.toContain('UTC');
  expect(
    new Formatter(
      () => 'ja',
      () => 'local',
    ).otherZone(MOMENT),
  ).toBe('2026年12月3日 17:00 UTC');
});

test('formats counts and durations in the chosen language', () => {
  expect(
    new Formatter(
      () => 'en',
      () => 'utc',
    ).count(1960),
  ).toBe('1,960');
  // No line break separates a number from its unit.
  expect(
    new Formatter(
      () => 'ja',
      () => 'utc',
    ).span(32_520_000),
  ).toBe('9\u00a0時間\u00a02\u00a0分');
});
