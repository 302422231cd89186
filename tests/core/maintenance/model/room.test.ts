import { expect, test } from 'vitest';
import { instant, instantFromMs, epochMs } from '../../../../core/shared/instant.ts';
import { roomFor, splitRoom } from '../../../../core/maintenance/model/room.ts';
import { DEFAULT_PLANNING, type PlanningRules } from '../../../../core/maintenance/model/rules.ts';

/** A Tuesday. Windows are on Saturdays from 22:00 to 04:00, so they last six hours. */
const NOW_MS = epochMs(instant('2026-11-24T12:00:00Z'));

function room(minutes: number, change: Partial<PlanningRules> = {}): [string | undefined, number] {
  const rules = { ...DEFAULT_PLANNING, timeZone: 'UTC', ...change };
  const { window, longestMinutes } = roomFor(minutes, rules, NOW_MS);
  return [window && instantFromMs(window.startMs), longestMinutes];
}

test.each([
  [1, '2026-11-28T22:00:00Z'],
  [359, '2026-11-28T22:00:00Z'],
  [360, '2026-11-28T22:00:00Z'],
  [361, undefined],
])('the next window that is long enough for %i minutes of work begins at %s', (minutes, start) => {
  expect(room(minutes)).toEqual([start, 360]);
});

test('a window shortened by a blackout is skipped', () => {
  const blackouts = [{ from: '2026-11-29', to: '2026-11-29' }];
  expect(room(120, { blackouts })).toEqual(['2026-11-28T22:00:00Z', 360]);
  expect(room(121, { blackouts })).toEqual(['2026-12-05T22:00:00Z', 360]);
});

test('if there is no window, no room is found, and the length of the longest window is 0', () => {
  expect(room(1, { horizonDays: 2 })).toEqual([undefined, 0]);
});

test.each([
  [
    [120, 180, 60],
    ['28 22:00–00:00', '29 00:00–03:00', '29 03:00–04:00'],
  ],
  // A work that does not fit any more waits for the next window, and so do those after it.
  [
    [300, 90, 30],
    ['28 22:00–03:00', '05 22:00–23:30', '05 23:30–00:00'],
  ],
  [[60, 361, 60], ['28 22:00–23:00']],
])('works of %j minutes follow each other within the windows', (lengths, expected) => {
  const rules = { ...DEFAULT_PLANNING, timeZone: 'UTC', horizonDays: 20 };
  const time = (ms: number) => instantFromMs(ms).slice(11, 16);
  const spans = splitRoom(lengths, rules, NOW_MS).map(
    ({ startMs, endMs }) => `${instantFromMs(startMs).slice(8, 10)} ${time(startMs)}–${time(endMs)}`,
  );
  expect(spans).toEqual(expected);
});
