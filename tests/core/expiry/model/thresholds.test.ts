import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  LIFETIME_CLASS_IDS,
  LIFETIME_CLASSES,
  type LifetimeClassId,
} from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS, epochMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import {
  expiryState,
  thresholdMs,
  type ExpiryState,
} from '../../../../core/knowledge/model/credentials/expiry-state.ts';
import {
  lifetimeClasses,
  SHORTEST_THRESHOLD_MS,
  THRESHOLD_NAMES,
  findPreset,
  presetThresholds,
  THRESHOLD_PRESETS,
  thresholdFaults,
  type OwnThreshold,
  type ThresholdName,
  type Thresholds,
} from '../../../../core/expiry/model/thresholds.ts';
import { numberBetween } from '../../../support/number-between.ts';

const NOW = epochMs(instant('2026-11-24T12:00:00Z'));

/** Values copied by hand from docs/expiry.md, not taken from the code. */
const LEFT: Record<LifetimeClassId, { lifeMs: number; left: Record<ThresholdName, number> }> = {
  'kubernetes-leaf': {
    lifeMs: 4 * DAY_MS,
    left: { renewalDue: DAY_MS, renewalOverdue: 0.21 * 96 * HOUR_MS, urgent: 6 * HOUR_MS },
  },
  kubelet: {
    lifeMs: 4 * DAY_MS,
    left: { renewalDue: 0.3 * 96 * HOUR_MS, renewalOverdue: 9.6 * HOUR_MS, urgent: 6 * HOUR_MS },
  },
  'kubernetes-root': {
    lifeMs: 3_650 * DAY_MS,
    left: { renewalDue: 730 * DAY_MS, renewalOverdue: 365 * DAY_MS, urgent: 90 * DAY_MS },
  },
  'moc-identity': {
    lifeMs: 90 * DAY_MS,
    // 26 % of 90 days are 23.4 days.
    left: { renewalDue: 27 * DAY_MS, renewalOverdue: 23.4 * DAY_MS, urgent: 7 * DAY_MS },
  },
  'moc-root': {
    lifeMs: 365 * DAY_MS,
    left: { renewalDue: 90 * DAY_MS, renewalOverdue: 60 * DAY_MS, urgent: 30 * DAY_MS },
  },
  'kubeconfig-client': {
    lifeMs: 365 * DAY_MS,
    left: { renewalDue: 60 * DAY_MS, renewalOverdue: 30 * DAY_MS, urgent: 7 * DAY_MS },
  },
  webhook: { lifeMs: 500 * DAY_MS, left: { renewalDue: 60 * DAY_MS, renewalOverdue: 30 * DAY_MS, urgent: 7 * DAY_MS } },
  other: { lifeMs: 365 * DAY_MS, left: { renewalDue: 30 * DAY_MS, renewalOverdue: 14 * DAY_MS, urgent: 3 * DAY_MS } },
};

const BEFORE_AND_AFTER: Record<ThresholdName, [before: ExpiryState, from: ExpiryState]> = {
  renewalDue: ['fine', 'renewal-due'],
  renewalOverdue: ['renewal-due', 'renewal-overdue'],
  urgent: ['renewal-overdue', 'urgent'],
};

function stateWith(id: LifetimeClassId, { lifeMs, leftMs }: { lifeMs: number; leftMs: number }, own: Thresholds = {}) {
  const notAfterMs = NOW + leftMs - SECOND_MS;
  const period = { notBeforeMs: notAfterMs + SECOND_MS - lifeMs, notAfterMs };
  return expiryState(period, lifetimeClasses(own)[id], NOW);
}

describe('the thresholds of every class', () => {
  test('are all tested in this file', () => {
    expect(Object.keys(LEFT).sort()).toEqual([...LIFETIME_CLASS_IDS].sort());
  });

  const cases = LIFETIME_CLASS_IDS.flatMap((id) => THRESHOLD_NAMES.map((name) => [id, name] as const));
  test.each(cases)('change the state exactly at the threshold, to the second: %s, %s', (id, name) => {
    const { lifeMs, left } = LEFT[id];
    const [before, from] = BEFORE_AND_AFTER[name];
    const leftMs = left[name];
    expect(stateWith(id, { lifeMs, leftMs: leftMs + SECOND_MS })).toBe(before);
    expect(stateWith(id, { lifeMs, leftMs })).toBe(from);
    expect(stateWith(id, { lifeMs, leftMs: leftMs - SECOND_MS })).toBe(from);
  });

  test.each(LIFETIME_CLASS_IDS)('are followed by expiry one second after notAfter: %s', (id) => {
    const { lifeMs } = LEFT[id];
    expect(stateWith(id, { lifeMs, leftMs: SECOND_MS })).toBe('urgent');
    expect(stateWith(id, { lifeMs, leftMs: 0 })).toBe('expired');
    expect(stateWith(id, { lifeMs, leftMs: -SECOND_MS })).toBe('expired');
  });
});

describe("an admin's own thresholds", () => {
  test('replace the default and cite no source', () => {
    const own: Thresholds = { 'moc-identity': { renewalDue: { share: 0.5, atMostMs: 40 * DAY_MS } } };
    const { renewalDue, renewalOverdue } = lifetimeClasses(own)['moc-identity'];
    expect(renewalDue).toEqual({ share: 0.5, atMostMs: 40 * DAY_MS, own: true, citations: [] });
    expect(renewalOverdue).toBe(LIFETIME_CLASSES['moc-identity'].renewalOverdue);
  });

  test("also remove the default's limit in days if they contain none", () => {
    const own: Thresholds = { other: { renewalDue: { share: 1 / 3 } } };
    const left = { lifeMs: 365 * DAY_MS, leftMs: 100 * DAY_MS };
    expect(stateWith('other', left)).toBe('fine');
    expect(stateWith('other', left, own)).toBe('renewal-due');
  });

  test('change the state exactly at the threshold, to the second', () => {
    const own: Thresholds = { 'kubernetes-leaf': { urgent: { share: 0.1 } } };
    const leftMs = 0.1 * 4 * DAY_MS;
    const stateAt = (left: number) => stateWith('kubernetes-leaf', { lifeMs: 4 * DAY_MS, leftMs: left }, own);
    expect(stateAt(leftMs + SECOND_MS)).toBe('renewal-overdue');
    expect(stateAt(leftMs)).toBe('urgent');
    expect(stateAt(leftMs - SECOND_MS)).toBe('urgent');
  });

  test('lead to the same object if they are equal, so that the board is not judged again', () => {
    const own: Thresholds = { webhook: { urgent: { share: 0.02 } } };
    expect(lifetimeClasses(own)).toBe(lifetimeClasses(own));
  });

  test('lead to the default states if they equal the defaults', () => {
    const same: Thresholds = Object.fromEntries(
      LIFETIME_CLASS_IDS.map((id) => [
        id,
        Object.fromEntries(
          THRESHOLD_NAMES.map((name) => {
            const { share, atMostMs } = LIFETIME_CLASSES[id][name];
            return [name, { share, atMostMs }];
          }),
        ),
      ]),
    );
    expect(thresholdFaults(same)).toEqual([]);
    fc.assert(
      fc.property(
        fc.constantFrom(...LIFETIME_CLASS_IDS),
        fc.integer({ min: 1, max: 4_000 * 86_400 }).map((seconds) => seconds * SECOND_MS),
        numberBetween(-0.2, 1.2),
        (id, lifeMs, share) => {
          const leftMs = Math.round(share * lifeMs);
          expect(stateWith(id, { lifeMs, leftMs }, same)).toBe(stateWith(id, { lifeMs, leftMs }));
        },
      ),
    );
  });
});

describe("the check of an admin's thresholds", () => {
  const fault = (threshold: OwnThreshold, name: ThresholdName = 'renewalOverdue') =>
    thresholdFaults({ 'moc-identity': { [name]: threshold } }).map(({ name: at, rule }) => [at, rule]);

  test.each<[string, OwnThreshold, string[][]]>([
    ['a share between its neighbours is accepted', { share: 0.2 }, []],
    ['as much as the one before is accepted', { share: 0.3 }, []],
    [
      'a little more than the one before is out of order',
      { share: 0.301 },
      [['renewalOverdue', 'threshold.out-of-order']],
    ],
    ['less than the one after puts that out of order', { share: 0.05 }, [['urgent', 'threshold.out-of-order']]],
    ['as much as the one after is accepted', { share: 1, atMostMs: 7 * DAY_MS }, []],
    [
      'no share at all',
      { share: 0 },
      [
        ['renewalOverdue', 'threshold.out-of-range'],
        ['urgent', 'threshold.out-of-order'],
      ],
    ],
    [
      'a negative share',
      { share: -0.1 },
      [
        ['renewalOverdue', 'threshold.out-of-range'],
        ['urgent', 'threshold.out-of-order'],
      ],
    ],
    ['a share that is not a number', { share: Number.NaN }, [['renewalOverdue', 'threshold.out-of-range']]],
  ])('%s', (_, threshold, expected) => {
    expect(fault(threshold)).toEqual(expected);
  });

  test('accepts any threshold from a minute to the whole lifetime', () => {
    expect(fault({ share: 1 }, 'renewalDue')).toEqual([]);
    expect(fault({ share: 1.0001 }, 'renewalDue')).toEqual([['renewalDue', 'threshold.out-of-range']]);
    expect(fault({ share: 1, atMostMs: SHORTEST_THRESHOLD_MS }, 'urgent')).toEqual([]);
    expect(fault({ share: 1, atMostMs: MINUTE_MS - SECOND_MS }, 'urgent')).toEqual([
      ['urgent', 'threshold.out-of-range'],
    ]);
  });

  test.each(THRESHOLD_PRESETS)('a preset changes only thresholds without a source, and has no fault: %s', (preset) => {
    const own = presetThresholds(preset);
    expect([thresholdFaults(own), findPreset(own)]).toEqual([[], preset]);
    expect(own.kubelet?.renewalDue).toBeUndefined();
    const factor = { standard: undefined, early: 1.5, late: 0.5 }[preset];
    const urgent = factor && { share: (7 / 90) * factor, atMostMs: 7 * factor * DAY_MS };
    expect(own['moc-identity']?.urgent).toEqual(urgent);
  });

  test('own thresholds are no preset', () => {
    expect(findPreset({ ...presetThresholds('early'), other: {} })).toBeUndefined();
  });

  test('names the class with the fault and accepts the other classes', () => {
    expect(thresholdFaults({ webhook: { urgent: { share: 0.5 } }, other: { urgent: { share: 0.01 } } })).toEqual([
      { classId: 'webhook', name: 'urgent', rule: 'threshold.out-of-order' },
    ]);
  });

  test('rejects thresholds that would not be reached in order within a usual lifetime', () => {
    const threshold = fc.record(
      { share: numberBetween(-0.1, 1.1), atMostMs: fc.integer({ min: 1, max: 400 }).map((days) => days * DAY_MS) },
      { requiredKeys: ['share'] },
    );
    const one = fc.record(
      { renewalDue: threshold, renewalOverdue: threshold, urgent: threshold },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.constantFrom(...LIFETIME_CLASS_IDS), one, (id, changed) => {
        const own = { [id]: changed } as Thresholds;
        const lifetimeClass = lifetimeClasses(own)[id];
        const left = THRESHOLD_NAMES.map((name) => thresholdMs(lifetimeClass[name], lifetimeClass.usualMs));
        const isOrdered = left.every((ms, index) => index === 0 || ms <= (left[index - 1] ?? 0));
        const isInRange = THRESHOLD_NAMES.every(
          (name, index) => lifetimeClass[name].share <= 1 && (left[index] ?? 0) >= MINUTE_MS,
        );
        expect(thresholdFaults(own).length === 0).toBe(isOrdered && isInRange);
      }),
    );
  });
});
