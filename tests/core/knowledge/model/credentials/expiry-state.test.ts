import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIFETIME_CLASSES, type LifetimeClassId } from '../../../../../core/knowledge/model/credentials/lifetimes.ts';
import { DAY_MS, HOUR_MS, instant, epochMs, SECOND_MS } from '../../../../../core/shared/instant.ts';
import {
  EXPIRY_STATES,
  expiryState,
  getNextChange,
  lifeMoments,
  timeLeftMs,
  type ExpiryState,
} from '../../../../../core/knowledge/model/credentials/expiry-state.ts';
import { numberBetween } from '../../../../support/number-between.ts';

const NOW = epochMs(instant('2026-11-24T12:00:00Z'));

/** Returns the state of a credential whose lifetime is `livesMs`, of which `leftMs` remain. */
function stateWith(id: LifetimeClassId, livesMs: number, leftMs: number): ExpiryState {
  const notAfterMs = NOW + leftMs - SECOND_MS;
  const notBeforeMs = notAfterMs + SECOND_MS - livesMs;
  return expiryState({ notBeforeMs, notAfterMs }, LIFETIME_CLASSES[id], NOW);
}

describe('the state of a credential', () => {
  test.each<[string, LifetimeClassId, number, number, ExpiryState]>([
    ['a four-day certificate with two days left is fine', 'kubernetes-leaf', 4 * DAY_MS, 2 * DAY_MS, 'fine'],
    [
      'a four-day certificate one second before its last day is fine',
      'kubernetes-leaf',
      4 * DAY_MS,
      DAY_MS + SECOND_MS,
      'fine',
    ],
    ['a four-day certificate at its last day is due for renewal', 'kubernetes-leaf', 4 * DAY_MS, DAY_MS, 'renewal-due'],
    [
      'a four-day certificate with twelve hours left is overdue',
      'kubernetes-leaf',
      4 * DAY_MS,
      12 * HOUR_MS,
      'renewal-overdue',
    ],
    ['a four-day certificate with six hours left is urgent', 'kubernetes-leaf', 4 * DAY_MS, 6 * HOUR_MS, 'urgent'],
    [
      'a one-year control plane certificate with 60 days left is fine',
      'kubernetes-leaf',
      365 * DAY_MS,
      60 * DAY_MS,
      'fine',
    ],
    ['a 90-day token with 28 days left is fine', 'moc-identity', 90 * DAY_MS, 28 * DAY_MS, 'fine'],
    ['a 90-day token with 27 days left is due for renewal', 'moc-identity', 90 * DAY_MS, 27 * DAY_MS, 'renewal-due'],
    [
      'a 90-day token with 20 days left is overdue for renewal',
      'moc-identity',
      90 * DAY_MS,
      20 * DAY_MS,
      'renewal-overdue',
    ],
    ['a 90-day token with 7 days left is urgent', 'moc-identity', 90 * DAY_MS, 7 * DAY_MS, 'urgent'],
    ['a 60-day token with 18 days left is due for renewal', 'moc-identity', 60 * DAY_MS, 18 * DAY_MS, 'renewal-due'],
    [
      'a ten-year root with two years left is worth a note',
      'kubernetes-root',
      3650 * DAY_MS,
      730 * DAY_MS,
      'renewal-due',
    ],
    ['a ten-year root with five years left is fine', 'kubernetes-root', 3650 * DAY_MS, 1825 * DAY_MS, 'fine'],
    ['a cloud agent CA that its clients would outlive is due', 'moc-root', 365 * DAY_MS, 90 * DAY_MS, 'renewal-due'],
    [
      'a kubeconfig certificate of one year with a month left is overdue',
      'kubeconfig-client',
      365 * DAY_MS,
      30 * DAY_MS,
      'renewal-overdue',
    ],
    ['in its last second a certificate is still urgent', 'kubernetes-leaf', 4 * DAY_MS, SECOND_MS, 'urgent'],
    ['one second after notAfter a certificate is expired', 'kubernetes-leaf', 4 * DAY_MS, 0, 'expired'],
  ])('%s', (_sentence, id, livesMs, leftMs, expected) => {
    expect(stateWith(id, livesMs, leftMs)).toBe(expected);
  });

  test('a credential becomes valid at notBefore, not a second earlier', () => {
    const period = { notBeforeMs: NOW, notAfterMs: NOW + 4 * DAY_MS };
    const leaf = LIFETIME_CLASSES['kubernetes-leaf'];
    expect(expiryState(period, leaf, NOW - SECOND_MS)).toBe('not-yet-valid');
    expect(expiryState(period, leaf, NOW)).toBe('fine');
  });

  test('a token without an expiry is unknown rather than fine', () => {
    const period = { notBeforeMs: NOW, notAfterMs: undefined };
    expect(expiryState(period, LIFETIME_CLASSES['moc-identity'], NOW)).toBe('unknown');
  });

  test('a certificate that ends before it begins is expired rather than not yet valid', () => {
    const period = { notBeforeMs: NOW + DAY_MS, notAfterMs: NOW - DAY_MS };
    expect(expiryState(period, LIFETIME_CLASSES.other, NOW)).toBe('expired');
  });
});

/** A lifetime class, and a partly elapsed validity period of up to twice the usual lifetime of the class. */
const lives = fc
  .record({
    lifetimeClass: fc.constantFrom(...Object.values(LIFETIME_CLASSES)),
    usual: numberBetween(0.001, 2),
    over: numberBetween(-0.2, 1.2),
  })
  .map(({ lifetimeClass, usual, over }) => {
    const livesMs = Math.round((usual * lifetimeClass.usualMs) / SECOND_MS) * SECOND_MS;
    const notBeforeMs = NOW - Math.round((over * livesMs) / SECOND_MS) * SECOND_MS;
    return { lifetimeClass, livesMs, period: { notBeforeMs, notAfterMs: notBeforeMs + livesMs - SECOND_MS } };
  });

test('a credential keeps its state until the announced time of the next change', () => {
  const met = new Set<ExpiryState>();
  fc.assert(
    fc.property(lives, numberBetween(0, 0.999), ({ lifetimeClass, period }, part) => {
      const state = expiryState(period, lifetimeClass, NOW);
      met.add(state);
      const next = getNextChange(lifeMoments(period, lifetimeClass), period.notBeforeMs, NOW);
      expect(next).toBeGreaterThan(NOW);
      if (next === Infinity) {
        expect(state).toBe('expired');
        return;
      }
      expect(expiryState(period, lifetimeClass, NOW + part * (next - NOW))).toBe(state);
      expect(expiryState(period, lifetimeClass, next)).not.toBe(state);
    }),
    { numRuns: 300, seed: 6 },
  );
  // A validity period alone cannot make a credential stalled or unknown.
  expect([...met].sort()).toEqual(EXPIRY_STATES.filter((state) => state !== 'stalled' && state !== 'unknown').sort());
});

test('the state of a credential never becomes less urgent as time passes', () => {
  const urgency = (state: ExpiryState): number => EXPIRY_STATES.indexOf(state);
  const share = numberBetween(0, 1.2);
  fc.assert(
    fc.property(lives, share, share, ({ lifetimeClass, livesMs, period }, first, second) => {
      const [early = 0, late = 0] = [first, second]
        .map((part) => period.notBeforeMs + part * livesMs)
        .sort((a, b) => a - b);
      const before = expiryState(period, lifetimeClass, early);
      const after = expiryState(period, lifetimeClass, late);
      expect(urgency(after)).toBeLessThanOrEqual(urgency(before));
    }),
  );
});

test('at notAfter, a credential has one second left', () => {
  expect(timeLeftMs(NOW, NOW)).toBe(SECOND_MS);
});

test('the thresholds of every class decrease from due to overdue to urgent', () => {
  for (const { renewalDue, renewalOverdue, urgent } of Object.values(LIFETIME_CLASSES)) {
    expect(renewalDue.share).toBeGreaterThan(renewalOverdue.share);
    expect(renewalOverdue.share).toBeGreaterThan(urgent.share);
    for (const { citations } of [renewalDue, renewalOverdue, urgent]) expect(citations.length).toBeGreaterThan(0);
  }
});
