import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PROFILE_IDS, type ProfileId } from '../../../../core/pki/model/profile.ts';
import { PROFILES } from '../../../../core/pki/model/profiles.ts';
import {
  isWithin,
  nextRenewalTry,
  renewalDueAt,
  renewalRetryMs,
  renewValidity,
  TOKEN_ROTATION,
} from '../../../../core/pki/model/renewal.ts';
import {
  DAY_MS,
  HOUR_MS,
  instant,
  instantFromMs,
  epochMs,
  SECOND_MS,
  type Instant,
} from '../../../../core/shared/instant.ts';

const START = instant('2026-11-24T12:00:00Z');
const MOC = PROFILES.csi;
const secondsAfter = (moment: Instant, seconds: number): Instant =>
  instantFromMs(epochMs(moment) + seconds * SECOND_MS);
const makePeriod = (seconds: number): { notBefore: Instant; notAfter: Instant } => ({
  notBefore: START,
  notAfter: secondsAfter(START, seconds),
});

describe('renewal is due', () => {
  // The first four cases are from the tests of the public code. The last 30 % of 10 seconds are 3 seconds.
  test.each<[ProfileId, number, number]>([
    ['csi', 10, 7],
    ['csi', 100, 70],
    // 30 % of 11 s are 3.3 s, so renewal is due at the first whole second after 7.7 s.
    ['csi', 11, 8],
    ['csi', 1, 1],
    ['csi', 90 * 86_400, 63 * 86_400],
    ['csi', 60 * 86_400, 42 * 86_400],
    ['apiserver', 4 * 86_400, 3 * 86_400],
    ['kubelet-client', 4 * 86_400, (4 * 86_400 * 4) / 5],
    ['cloud-agent-ca', 365 * 86_400, 275 * 86_400],
  ])('for %s with a lifetime of %d seconds, %d seconds after its start', (id, seconds, due) => {
    expect(renewalDueAt(PROFILES[id], makePeriod(seconds))).toBe(secondsAfter(START, due));
  });

  test('at the first whole second at which at most 30 % of the validity is left, for any validity', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * 86_400 }), (seconds) => {
        const due = renewalDueAt(MOC, makePeriod(seconds));
        // Compares integers: left * 10 <= length * 3.
        const dueSeconds = (Date.parse(due ?? '') - Date.parse(START)) / 1000;
        expect((seconds - dueSeconds) * 10).toBeLessThanOrEqual(seconds * 3);
        expect((seconds - (dueSeconds - 1)) * 10).toBeGreaterThan(seconds * 3);
      }),
    );
  });

  test('never for roots of a cluster, server certificates of kubelets, super-admin.conf and additional admins', () => {
    const never = PROFILE_IDS.filter((id) => renewalDueAt(PROFILES[id], makePeriod(100)) === undefined);
    expect(never).toEqual(['cluster-ca', 'etcd-ca', 'front-proxy-ca', 'kubelet-server', 'super-admin', 'extra-admin']);
    for (const id of never) expect(PROFILES[id].renewal.value.retryShare).toBeUndefined();
  });

  test.each([
    [90, 43.2 * HOUR_MS],
    [60, 28.8 * HOUR_MS],
  ])('the renewal of a %d-day certificate is retried every %d milliseconds', (days, retryMs) => {
    const { retryShare = 0 } = MOC.renewal.value;
    expect(renewalRetryMs(retryShare, days * DAY_MS)).toBe(retryMs);
  });

  test('a failed renewal is retried after 2 % of the validity, rounded up to whole seconds and at least one second', () => {
    expect(renewalRetryMs(0.02, 0)).toBe(SECOND_MS);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 * 86_400 }), (seconds) => {
        const retry = renewalRetryMs(0.02, seconds * SECOND_MS) / SECOND_MS;
        // Compares integers: 50 * retry >= length.
        expect(retry * 50).toBeGreaterThanOrEqual(seconds);
        expect((retry - 1) * 50).toBeLessThan(seconds);
      }),
    );
  });

  test('tokens have the same renewal rule as the certificates of the clients that rotate them', () => {
    expect(TOKEN_ROTATION).toEqual(MOC.renewal.value);
  });
});

test.each<[string, number | undefined, number]>([
  ['is due at once if no attempt has failed', undefined, 1_000],
  ['waits if the last attempt failed at that very moment', 1_000, 1_020],
  ['waits after the last of several failed attempts', 1_020, 1_040],
  ['does not wait after an attempt that failed earlier', 999, 1_000],
])('the next attempt %s', (_title, refusedAt, at) => {
  expect(nextRenewalTry(1_000, refusedAt, 20)).toBe(at);
});

test('a renewed certificate has the same lifetime as the previous one, with the same backdating', () => {
  const validity = { notBefore: instant('2026-11-24T11:55:00Z'), notAfter: instant('2026-11-28T12:00:00Z') };
  expect(renewValidity(validity, instant('2026-11-27T11:00:00Z'), 5 * 60 * SECOND_MS)).toEqual({
    notBefore: '2026-11-27T10:55:00Z',
    notAfter: '2026-12-01T11:00:00Z',
  });
  expect(renewValidity(validity, validity.notAfter).notBefore).toBe(validity.notAfter);
});

test.each([
  [-1, false],
  [0, true],
  [10, true],
  [11, false],
])('%d seconds after its start, a certificate of ten seconds is valid: %s', (seconds, is) => {
  const { notBefore, notAfter } = makePeriod(10);
  expect(isWithin(secondsAfter(START, seconds), notBefore, notAfter)).toBe(is);
  expect(isWithin(seconds, 0, 10)).toBe(is);
});
