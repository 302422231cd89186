import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import {
  DAY_MS,
  HOUR_MS,
  instant,
  instantFromMs,
  epochMs,
  SECOND_MS,
  type Instant,
} from '../../../../core/shared/instant.ts';
import { powerOffClocks, type PowerOffClock } from '../../../../core/availability/model/power-off.ts';
import { shutdownAnswer, usualShutdowns, type Shutdown } from '../../../../core/availability/model/shutdown.ts';
import { boardRow } from '../../../support/board-rows.ts';

const NOW = epochMs(instant('2026-11-25T09:00:00Z'));
const EAST = { id: 'retail-east' as ClusterId, name: 'retail-east', kind: 'kubernetes' } as const;

/** Makes the clock of a cluster with one four-day certificate that ends after `leftMs`. */
function aClock(leftMs: number, role: 'apiserver' | 'kubelet-server' = 'apiserver'): PowerOffClock {
  const notAfterMs = NOW + leftMs - SECOND_MS;
  const notBeforeMs = notAfterMs + SECOND_MS - 4 * DAY_MS;
  const rows = [boardRow({ role, notBeforeMs, notAfterMs })];
  const options = { nowMs: NOW, classes: LIFETIME_CLASSES, facts: {} };
  const [clock] = powerOffClocks([EAST], rows, options);
  if (clock === undefined) throw new Error('no clock');
  return clock;
}

describe('a planned shutdown', () => {
  test.each([
    [-SECOND_MS, 'safe'],
    [0, 'breaks'],
    [SECOND_MS, 'breaks'],
  ])('that ends %i ms after the first expiry has the verdict %s', (afterMs, verdict) => {
    const span = { fromMs: NOW, untilMs: NOW + 10 * HOUR_MS + afterMs };
    const answer = shutdownAnswer(aClock(10 * HOUR_MS), span);
    expect(answer.verdict).toBe(verdict);
    expect(answer.breaks?.row.role).toBe(verdict === 'breaks' ? 'apiserver' : undefined);
  });

  test.each([
    [-SECOND_MS, 'safe'],
    [0, 'over-moc-limit'],
    [SECOND_MS, 'over-moc-limit'],
  ])('of 30 days and %i ms without a known end in MOC has the verdict %s', (afterMs, verdict) => {
    const clock = aClock(100 * DAY_MS);
    const span = { fromMs: NOW + DAY_MS, untilMs: NOW + 31 * DAY_MS + afterMs };
    expect(shutdownAnswer(clock, span).verdict).toBe(verdict);
    const { limit: _, ...moc } = clock.layers.moc;
    const known = { ...clock, layers: { ...clock.layers, moc } };
    expect(shutdownAnswer(known, span).verdict).toBe('safe');
  });

  test.each([
    [-SECOND_MS, 'safe'],
    [0, 'over-kubernetes-limit'],
  ])('of 4 days and %i ms without a known end in Kubernetes has the verdict %s', (afterMs, verdict) => {
    const row = boardRow({ role: 'csi', layer: 'moc', notAfterMs: NOW + 80 * DAY_MS });
    const [clock] = powerOffClocks([EAST], [row], { nowMs: NOW, classes: LIFETIME_CLASSES, facts: {} });
    const span = { fromMs: NOW + DAY_MS, untilMs: NOW + 5 * DAY_MS + afterMs };
    expect(shutdownAnswer(clock!, span).verdict).toBe(verdict);
  });

  test('is safe if a renewal is due before it, but not for a certificate that nobody renews', () => {
    const span = { fromMs: NOW + 2 * DAY_MS, untilMs: NOW + 4 * DAY_MS };
    expect(shutdownAnswer(aClock(2.5 * DAY_MS), span).verdict).toBe('safe-if-renewed');
    expect(shutdownAnswer(aClock(2.5 * DAY_MS, 'kubelet-server'), span).verdict).toBe('breaks');
  });

  test('is judged by the certificate that is current at its start, after renewals every three days', () => {
    const hours = (least: number, most: number) =>
      fc.integer({ min: least, max: most }).map((count) => count * HOUR_MS);
    fc.assert(
      fc.property(hours(25, 96), hours(1, 500), hours(1, 96), (leftMs, waitMs, offMs) => {
        const fromMs = NOW + waitMs;
        let endMs = NOW + leftMs;
        // Each certificate is renewed a day before its end, for four days.
        while (endMs - DAY_MS < fromMs) endMs += 3 * DAY_MS;
        const answer = shutdownAnswer(aClock(leftMs), { fromMs, untilMs: fromMs + offMs });
        expect(answer.verdict === 'breaks').toBe(endMs <= fromMs + offMs);
        if (answer.verdict === 'breaks') expect(answer.breaks?.atMs).toBe(endMs);
      }),
    );
  });
});

describe('tonight and the weekend', () => {
  const spans = (now: string, zone: string): Record<string, [Instant, Instant]> =>
    Object.fromEntries(
      Object.entries<Shutdown>({ ...usualShutdowns(epochMs(instant(now)), zone) }).map(([name, span]) => [
        name,
        [instantFromMs(span.fromMs), instantFromMs(span.untilMs)],
      ]),
    );

  test.each([
    // A Wednesday at noon in Tokyo.
    ['2026-11-25T03:00:00Z', 'Asia/Tokyo', '2026-11-25T09:00:00Z', '2026-11-25T23:00:00Z'],
    // After 18:00 the night has begun; before 8:00 it has not ended.
    ['2026-11-25T10:00:00Z', 'Asia/Tokyo', '2026-11-25T10:00:00Z', '2026-11-25T23:00:00Z'],
    ['2026-11-25T22:59:59Z', 'Asia/Tokyo', '2026-11-25T22:59:59Z', '2026-11-25T23:00:00Z'],
    ['2026-11-25T23:00:00Z', 'Asia/Tokyo', '2026-11-26T09:00:00Z', '2026-11-26T23:00:00Z'],
    // The night on which daylight saving time ends is an hour longer.
    ['2026-10-24T12:00:00Z', 'Europe/Berlin', '2026-10-24T16:00:00Z', '2026-10-25T07:00:00Z'],
  ])('at %s in %s, the next night lasts from %s to %s', (now, zone, from, until) => {
    expect(spans(now, zone)['tonight']).toEqual([from, until]);
  });

  test.each([
    ['2026-11-25T12:00:00Z', '2026-11-27T18:00:00Z', '2026-11-30T08:00:00Z'],
    ['2026-11-27T17:59:59Z', '2026-11-27T18:00:00Z', '2026-11-30T08:00:00Z'],
    ['2026-11-27T20:00:00Z', '2026-11-27T20:00:00Z', '2026-11-30T08:00:00Z'],
    ['2026-11-29T12:00:00Z', '2026-11-29T12:00:00Z', '2026-11-30T08:00:00Z'],
    ['2026-11-30T07:59:59Z', '2026-11-30T07:59:59Z', '2026-11-30T08:00:00Z'],
    ['2026-11-30T08:00:00Z', '2026-12-04T18:00:00Z', '2026-12-07T08:00:00Z'],
  ])('at %s UTC, the next weekend lasts from %s to %s', (now, from, until) => {
    expect(spans(now, 'UTC')['weekend']).toEqual([from, until]);
  });
});
