import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess, type Assessment } from '../../../../core/expiry/model/assess.ts';
import { judgeRows } from '../../../support/judge-rows.ts';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import { ROLE_IDS, type RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import { ROLES } from '../../../../core/knowledge/model/credentials/roles.ts';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS, epochMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import { EXPIRY_STATES, type ExpiryState } from '../../../../core/knowledge/model/credentials/expiry-state.ts';
import { boardRow } from '../../../support/board-rows.ts';
import { numberBetween } from '../../../support/number-between.ts';

const DAYS_4 = 4 * DAY_MS;

function aRow(role: RoleId, from: string, lifeMs: number, change: Partial<BoardRow> = {}): BoardRow {
  const { lifetimeClass } = ROLES[role];
  const layer = ROLES[role].layer ?? 'kubernetes';
  const notBeforeMs = epochMs(instant(from));
  const notAfterMs = notBeforeMs + lifeMs - SECOND_MS;
  return boardRow({ name: role, role, layer, lifetimeClass, notBeforeMs, notAfterMs, ...change });
}

function assessAll(rows: readonly BoardRow[], nowMs: number): readonly Assessment[] {
  return assess(rows, { nowMs, classes: LIFETIME_CLASSES });
}

function assessState(row: BoardRow, nowMs: number): ExpiryState | undefined {
  return assessAll([row], nowMs)[0]?.state;
}

describe('a credential has the documented state', () => {
  const FROM = '2026-11-24T12:00:00Z';
  const stateAtAge = (role: RoleId, lifeMs: number, ageMs: number) =>
    assessState(aRow(role, FROM, lifeMs), epochMs(instant(FROM)) + ageMs);

  test.each<[string, number, ExpiryState]>([
    ['2 d 23 h 59 m', 3 * DAY_MS - MINUTE_MS, 'fine'],
    ['3 d', 3 * DAY_MS, 'renewal-due'],
    // A certificate renewed on time always has between one and four days left.
    ['80 h of 96', 80 * HOUR_MS, 'renewal-overdue'],
    ['3 d 23 h 59 m', DAYS_4 - MINUTE_MS, 'urgent'],
    ['4 d less a second', DAYS_4 - SECOND_MS, 'urgent'],
    ['4 d', DAYS_4, 'expired'],
    ['4 d and a second', DAYS_4 + SECOND_MS, 'expired'],
  ])('in a life of four days, after %s', (_, ageMs, state) => {
    expect(stateAtAge('apiserver', DAYS_4, ageMs)).toBe(state);
  });

  test.each<[number, ExpiryState]>([
    [29, 'fine'],
    [30, 'fine'],
    [31, 'fine'],
    [60, 'fine'],
    [63, 'renewal-due'],
    // 26 % of 90 days are left after 66.6 days.
    [67, 'renewal-overdue'],
    [83, 'urgent'],
    [90, 'expired'],
    [91, 'expired'],
    [365, 'expired'],
  ])('in a life of 90 days, after %i days', (days, state) => {
    expect(stateAtAge('kms-plugin-token', 90 * DAY_MS, days * DAY_MS)).toBe(state);
  });

  test.each<[number, ExpiryState]>([
    [63, 'fine'],
    [83, 'fine'],
    [90, 'fine'],
    [91, 'fine'],
    [305, 'renewal-due'],
    [335, 'renewal-overdue'],
    [358, 'urgent'],
    [365, 'expired'],
  ])('in the 365 days of a kubeconfig, after %i days', (days, state) => {
    expect(stateAtAge('admin-kubeconfig', 365 * DAY_MS, days * DAY_MS)).toBe(state);
  });
});

describe('the instants at which a credential changes its state', () => {
  test('are calculated from the start and the end of validity', () => {
    const row = aRow('apiserver', '2026-11-24T12:00:00Z', DAYS_4);
    const [one] = assessAll([row], epochMs(instant('2026-11-24T12:00:00Z')));
    expect(one).toEqual({
      row,
      state: 'fine',
      renewalDueMs: epochMs(instant('2026-11-27T12:00:00Z')),
      // 21 % of 96 hours are left: 20 h 9 min 36 s.
      renewalOverdueMs: epochMs(instant('2026-11-27T15:50:24Z')),
      urgentMs: epochMs(instant('2026-11-28T06:00:00Z')),
      expiredMs: epochMs(instant('2026-11-28T12:00:00Z')),
    });
  });

  test('are unknown if the end is unknown', () => {
    const row = boardRow({ notBeforeMs: 0 });
    expect(assessAll([row], DAY_MS)).toEqual([{ row, state: 'unknown' }]);
  });

  test.each([
    // European clocks go back on 25 October 2026 and forward on 29 March 2026, which does not change the length of a
    // day here.
    ['across the end of daylight saving time', '2026-10-23T00:30:00Z', '2026-10-26T00:30:00Z'],
    ['across its beginning', '2026-03-27T00:30:00Z', '2026-03-30T00:30:00Z'],
    ['across a leap day', '2028-02-27T12:00:00Z', '2028-03-01T12:00:00Z'],
    ['across the end of a February without one', '2100-02-26T12:00:00Z', '2100-03-01T12:00:00Z'],
    ['across the end of a year', '2026-12-30T18:00:00Z', '2027-01-02T18:00:00Z'],
  ])('follow elapsed time, not the wall clock, %s', (_, from, due) => {
    const row = aRow('apiserver', from, DAYS_4);
    const dueMs = epochMs(instant(due));
    expect(assessAll([row], dueMs)[0]?.renewalDueMs).toBe(dueMs);
    expect(assessState(row, dueMs - SECOND_MS)).toBe('fine');
    expect(assessState(row, dueMs)).toBe('renewal-due');
  });

  test('apply again after the clock is set back', () => {
    const row = aRow('apiserver', '2026-11-24T12:00:00Z', DAYS_4);
    const beginMs = row.notBeforeMs ?? 0;
    const seen = [DAYS_4, DAYS_4 - HOUR_MS, HOUR_MS, -SECOND_MS, 0, DAYS_4].map((ageMs) =>
      assessState(row, beginMs + ageMs),
    );
    expect(seen).toEqual(['expired', 'urgent', 'fine', 'not-yet-valid', 'fine', 'expired']);
  });
});

describe('the reason for a missing renewal', () => {
  const FROM = '2026-11-24T12:00:00Z';
  /** Three attempts after the certificate became due, and about two hours after it became overdue. */
  const failingMs = epochMs(instant(FROM)) + DAYS_4 - 18.24 * HOUR_MS;
  const read = (ms: number, role: RoleId = 'scheduler') =>
    aRow(role, FROM, DAYS_4, { firstReadMs: epochMs(instant(FROM)), confirmedMs: ms });

  test.each([
    [-SECOND_MS, 'renewal-overdue'],
    [SECOND_MS, 'stalled'],
  ])('appears only after three attempts: %i ms after the third one, the state is %s', (ms, state) => {
    const [one] = assessAll([read(failingMs + ms)], failingMs + ms);
    expect(one?.state).toBe(state);
    expect(one?.obstacle?.rule).toBe(state === 'stalled' ? 'unchanged-kubernetes' : undefined);
  });

  test('is absent without evidence, and an overdue credential stays overdue', () => {
    const [one] = assessAll([read(failingMs - SECOND_MS)], failingMs + HOUR_MS);
    expect(one?.state).toBe('renewal-overdue');
    expect(one?.obstacle).toBeUndefined();
  });

  test('also exists for urgent credentials, but not for expired ones', () => {
    const row = read(failingMs);
    const states = [5, 0].map((hoursLeft) => {
      const [one] = assessAll([row], epochMs(instant(FROM)) + DAYS_4 - hoursLeft * HOUR_MS);
      return [one?.state, one?.obstacle?.rule];
    });
    expect(states).toEqual([
      ['urgent', 'unchanged-kubernetes'],
      ['expired', undefined],
    ]);
  });

  test('is the expired CA that blocks the renewal', () => {
    const ca = aRow('cluster-ca', '2016-11-20T00:00:00Z', 3_650 * DAY_MS, { name: 'old root' });
    const [, one] = assessAll([ca, read(failingMs - DAY_MS, 'apiserver')], failingMs);
    expect(one?.state).toBe('stalled');
    expect(one?.obstacle).toMatchObject({ rule: 'issuer-expired', by: 'old root' });
  });
});

test('the states of a whole inventory are the same as on the board, in the order of its rows', () => {
  const nowMs = epochMs(instant('2026-11-24T12:00:00Z'));
  const row = fc
    .record({
      role: fc.constantFrom(...ROLE_IDS),
      lifeMs: fc.integer({ min: 1, max: 400 * 24 }).map((hours) => hours * HOUR_MS),
      livedShare: numberBetween(-0.2, 1.2),
      confirmedShare: fc.option(numberBetween(0, 1), { nil: undefined }),
    })
    .map(({ role, lifeMs, livedShare, confirmedShare }) => {
      const notBeforeMs = nowMs - Math.round((livedShare * lifeMs) / SECOND_MS) * SECOND_MS;
      return boardRow({
        name: `${role} ${String(lifeMs)} ${String(livedShare)}`,
        role,
        layer: ROLES[role].layer ?? 'kubernetes',
        lifetimeClass: ROLES[role].lifetimeClass,
        notBeforeMs,
        notAfterMs: notBeforeMs + lifeMs - SECOND_MS,
        firstReadMs: notBeforeMs,
        ...(confirmedShare !== undefined && { confirmedMs: notBeforeMs + confirmedShare * lifeMs }),
      });
    });
  const met = new Set<ExpiryState>();
  fc.assert(
    fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
      const found = assessAll(rows, nowMs);
      expect(found.map((one) => one.row)).toEqual(rows);
      expect(found.map(({ state }) => state)).toEqual(judgeRows(rows, nowMs).states);
      for (const { state, obstacle, renewalDueMs = 0, renewalOverdueMs = 0, urgentMs = 0, expiredMs = 0 } of found) {
        expect(renewalDueMs).toBeLessThanOrEqual(renewalOverdueMs);
        expect(renewalOverdueMs).toBeLessThanOrEqual(urgentMs);
        expect(urgentMs).toBeLessThanOrEqual(expiredMs);
        if (state === 'stalled') expect(obstacle).toBeDefined();
        if (state === 'renewal-overdue') expect(obstacle).toBeUndefined();
        expect(state === 'expired').toBe(nowMs >= expiredMs);
        met.add(state);
      }
    }),
    { seed: 3 },
  );
  // Every state occurs except `unknown`, since all rows have a known end.
  expect([...met].sort()).toEqual(EXPIRY_STATES.filter((state) => state !== 'unknown').sort());
});
