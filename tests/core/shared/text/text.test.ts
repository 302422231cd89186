import { expect, test } from 'vitest';
import { translator } from '../../../../core/shared/text/text.ts';
import { formatDay, formatInstant } from '../../../../core/shared/text/time.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 30);
const BEFORE = Date.UTC(2026, 10, 3, 12, 30);

test('in Japanese, no space stands between a date and the word after it, but one stands after a time', () => {
  const formatOutage = (date: string) => translator('ja')('fleet.down-since', { date });
  expect(formatOutage(formatDay(BEFORE, 'ja', 'utc', NOW))).toBe('11月3日から停止中');
  expect(formatOutage(formatInstant(BEFORE, 'ja', 'utc'))).toBe('2026年11月3日 12:30 UTC から停止中');
});
