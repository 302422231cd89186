import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findTextTime } from '../../../../core/repair/model/text-time.ts';
import { epochMs, HOUR_MS, instant } from '../../../../core/shared/instant.ts';

const NOW_MS = epochMs(instant('2026-12-05T12:00:00Z'));
const parseMs = (text: string) => epochMs(instant(text));

test.each([
  [
    'E x509: certificate has expired: current time 2026-11-28T06:14:02+09:00 is after 2026-11-20T00:00:00Z',
    '2026-11-27T21:14:02Z',
  ],
  ['2026-11-28T06:14:02.123456789Z stderr F x509', '2026-11-28T06:14:02Z'],
  ['{"level":"error","ts":1795846442.5,"msg":"x509"}', '2026-11-28T06:14:02Z'],
  ['{"time":"2026-11-28T06:14:02-05:30","msg":"x509"}', '2026-11-28T11:44:02Z'],
])('a time with a zone is exact: %s', (line, expected) => {
  expect(findTextTime([line], 1, NOW_MS)).toEqual({ earliestMs: parseMs(expected), latestMs: parseMs(expected) });
});

test.each([
  ['Nov 28 06:14:02 moc-lq7x2mzzk3p kubelet[812]: x509', '2026-11-28T06:14:02Z'],
  ['Dec 31 23:00:00 moc-lq7x2mzzk3p kubelet[812]: x509', '2025-12-31T23:00:00Z'],
  ['E1128 06:14:02.120934   812 reflector.go:147] x509', '2026-11-28T06:14:02Z'],
  ['2026/11/28 06:14:02 starting login to cloud agent', '2026-11-28T06:14:02Z'],
  ['Date:          11/28/2026 6:14:02 PM', '2026-11-28T18:14:02Z'],
  ['日付: 2026/11/28 6:14:02', '2026-11-28T06:14:02Z'],
  ['VERBOSE: [11/28/2026 06:14:02] [AksHci] x', '2026-11-28T06:14:02Z'],
])('a time without a zone may be up to 14 hours earlier and 12 hours later: %s', (line, expected) => {
  const ms = parseMs(expected);
  expect(findTextTime([line], 1, NOW_MS)).toEqual({ earliestMs: ms - 14 * HOUR_MS, latestMs: ms + 12 * HOUR_MS });
});

test('a date that may begin with the day or with the month covers both', () => {
  const { earliestMs = 0, latestMs = 0 } = findTextTime(['[03/04/2026 06:14:02] x'], 1, NOW_MS) ?? {};
  expect(latestMs - earliestMs).toBeGreaterThan(30 * 24 * HOUR_MS);
});

test('a time above a sentence or in its wrapped part counts, but not a distant one', () => {
  const error = 'x509: certificate has expired';
  const time = '2026-11-28T06:14:02Z start';
  expect(findTextTime([time, '', error], 3, NOW_MS)?.earliestMs).toBe(parseMs('2026-11-28T06:14:02Z'));
  expect(findTextTime([error, 'current time 2026-11-28T06:14:02Z is after'], 1, NOW_MS)?.latestMs).toBe(
    parseMs('2026-11-28T06:14:02Z'),
  );
  expect(findTextTime([time, '', '', '', '', '', error], 7, NOW_MS)).toBeUndefined();
});

test('no text makes the search throw, and an impossible date is no time', () => {
  expect(findTextTime(['2026-13-41T06:14:02Z x', 'Foo 28 06:14:02 x'], 2, NOW_MS)).toBeUndefined();
  fc.assert(
    fc.property(fc.array(fc.string()), fc.integer({ min: -2, max: 9 }), (lines, line) => {
      findTextTime(lines, line, NOW_MS);
    }),
  );
});
