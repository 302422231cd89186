import { describe, expect, test } from 'vitest';
import { DAY_MS, instant, epochMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import { UPDATE_THRESHOLDS, updateAge, type UpdateAgeState } from '../../../../core/availability/model/update-age.ts';
import { boardRow } from '../../../support/board-rows.ts';

// A leap day follows this date, which proves that days are counted as durations of 24 hours.
const UPDATED = epochMs(instant('2028-02-01T12:00:00Z'));

function stateAfter(ms: number): UpdateAgeState | undefined {
  return updateAge([], { statedMs: UPDATED, nowMs: UPDATED + ms })?.state;
}

describe('the age of the last update', () => {
  test.each<[number, UpdateAgeState, UpdateAgeState]>([
    [30, 'current', 'note'],
    [60, 'note', 'warning'],
    [63, 'warning', 'renewal-due'],
    [83, 'renewal-due', 'critical'],
    [90, 'critical', 'expired'],
  ])('changes the state at %i days from %s to %s', (days, before, from) => {
    expect(stateAfter(days * DAY_MS - SECOND_MS)).toBe(before);
    expect(stateAfter(days * DAY_MS)).toBe(from);
    expect(stateAfter(days * DAY_MS + SECOND_MS)).toBe(from);
  });

  test.each<[number, UpdateAgeState]>([
    [0, 'current'],
    [29, 'current'],
    [31, 'note'],
    [91, 'expired'],
    [365, 'expired'],
    [-1, 'current'],
  ])('leads after %i days to the state %s', (days, state) => {
    expect(stateAfter(days * DAY_MS)).toBe(state);
  });

  test('is returned with the date of the deadline', () => {
    const age = updateAge([], { statedMs: UPDATED, nowMs: UPDATED + 61 * DAY_MS });
    expect(age?.deadlineMs).toBe(UPDATED + 90 * DAY_MS);
  });

  test('is taken from the oldest token that every update reissues, if the admin has not stated it', () => {
    const token = { kind: 'token', role: 'kms-plugin-token', layer: 'moc' } as const;
    const rows = [
      boardRow({ ...token, notBeforeMs: UPDATED + 5 * DAY_MS }),
      boardRow({ ...token, notBeforeMs: UPDATED }),
      boardRow({ ...token, notBeforeMs: UPDATED - DAY_MS, assumed: true }),
      boardRow({ ...token, role: 'extra-admin-token', notBeforeMs: UPDATED - 5 * DAY_MS }),
      boardRow({ role: 'apiserver', notBeforeMs: UPDATED - 9 * DAY_MS }),
    ];
    const age = updateAge(rows, { statedMs: undefined, nowMs: UPDATED + DAY_MS });
    expect([age?.lastUpdatedMs, age?.stated]).toEqual([UPDATED, false]);
    expect(updateAge([], { statedMs: undefined, nowMs: UPDATED })).toBeUndefined();
  });

  test('has a source even after a recent update, since the source states the deadline of the next update', () => {
    const age = updateAge([], { statedMs: UPDATED, nowMs: UPDATED });
    expect(age?.state).toBe('current');
    expect(age?.citations.length).toBeGreaterThan(0);
  });

  test('counts the 60 days from the first later release with a known date', () => {
    const day = (text: string): number => epochMs(instant(`${text}T00:00:00Z`));
    // 1.0.24.11029 is from 29 October 2024; no earlier release after 10 September is known.
    const ageAt = (text: string) => updateAge([], { statedMs: day('2024-09-10'), nowMs: day(text) });
    expect(ageAt('2024-10-28')?.release).toBeUndefined();
    expect(ageAt('2024-10-30')?.release).toMatchObject({
      build: '1.0.24.11029',
      atMs: day('2024-10-29'),
      untilMs: day('2024-12-28'),
    });
    // 61 days after the update, but 12 days after the release.
    expect(ageAt('2024-11-10')?.state).toBe('note');
    expect(ageAt('2024-10-30')?.release?.citations.map(({ certainty }) => certainty)).toEqual([
      'documented',
      'inferred',
    ]);
  });

  test('has a source for every threshold', () => {
    for (const { citations } of UPDATE_THRESHOLDS) expect(citations.length).toBeGreaterThan(0);
  });
});
