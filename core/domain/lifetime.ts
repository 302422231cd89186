import type { LifetimeClass, Threshold } from './catalogue/lifetimes.ts';
import { SECOND_MS } from './instant.ts';

/**
 * From most to least urgent; the order of the board. `stalled` is overdue with evidence that the renewal fails, which one
 * credential alone cannot tell (`renewal-obstacle.ts`).
 */
export const EXPIRY_STATES = [
  'expired',
  'urgent',
  'stalled',
  'renewal-overdue',
  'not-yet-valid',
  'renewal-due',
  'unknown',
  'fine',
] as const;
export type ExpiryState = (typeof EXPIRY_STATES)[number];

/** Milliseconds since 1970 of both ends, `undefined` when unknown. */
export interface ValidityPeriod {
  notBeforeMs: number | undefined;
  notAfterMs: number | undefined;
}

/**
 * Milliseconds until the credential is no longer valid: positive while valid, 0 or less from one second after
 * `notAfter` on. Source: RFC 5280 section 4.1.2.5 (the period includes both ends).
 */
export function remainingMs(notAfterMs: number, nowMs: number): number {
  return notAfterMs + SECOND_MS - nowMs;
}

/** Fraction of the lifetime still ahead: above 1 before `notBefore`, 0 or less once expired. */
export function remainingFraction(notBeforeMs: number, notAfterMs: number, nowMs: number): number {
  const lifetimeMs = notAfterMs + SECOND_MS - notBeforeMs;
  return lifetimeMs > 0 ? remainingMs(notAfterMs, nowMs) / lifetimeMs : 0;
}

/**
 * The moment from which a threshold is reached, in milliseconds since 1970. Without `notBeforeMs` the share is taken of
 * the class's usual lifetime.
 */
export function thresholdAtMs(
  threshold: Threshold,
  period: { notBeforeMs: number | undefined; notAfterMs: number },
  usualMs: number,
): number {
  const endMs = period.notAfterMs + SECOND_MS;
  const lifetimeMs = period.notBeforeMs === undefined ? usualMs : endMs - period.notBeforeMs;
  const leftMs = Math.min(threshold.share * lifetimeMs, threshold.atMostMs ?? Infinity);
  return endMs - leftMs;
}

/**
 * The state of a credential at `nowMs`, by share of its own lifetime and by absolute time, as its class says. Without an
 * end it is `unknown`. A certificate that ended before it began is `expired`.
 */
export function expiryState(
  period: ValidityPeriod,
  lifetimeClass: LifetimeClass,
  nowMs: number,
): ExpiryState {
  const { notBeforeMs, notAfterMs } = period;
  if (notAfterMs === undefined) return 'unknown';
  if (remainingMs(notAfterMs, nowMs) <= 0) return 'expired';
  if (notBeforeMs !== undefined && nowMs < notBeforeMs) return 'not-yet-valid';
  const ends = { notBeforeMs, notAfterMs };
  const { usualMs } = lifetimeClass;
  if (nowMs >= thresholdAtMs(lifetimeClass.urgent, ends, usualMs)) return 'urgent';
  if (nowMs >= thresholdAtMs(lifetimeClass.renewalOverdue, ends, usualMs)) return 'renewal-overdue';
  if (nowMs >= thresholdAtMs(lifetimeClass.renewalDue, ends, usualMs)) return 'renewal-due';
  return 'fine';
}

/** The next moment after `nowMs` at which `expiryState` gives another answer; `Infinity` when it never will. */
export function nextStateChangeMs(
  period: ValidityPeriod,
  lifetimeClass: LifetimeClass,
  nowMs: number,
): number {
  const { notBeforeMs, notAfterMs } = period;
  if (notAfterMs === undefined) return Infinity;
  const ends = { notBeforeMs, notAfterMs };
  const { usualMs } = lifetimeClass;
  let next = Infinity;
  const moments = [
    notBeforeMs ?? -Infinity,
    thresholdAtMs(lifetimeClass.renewalDue, ends, usualMs),
    thresholdAtMs(lifetimeClass.renewalOverdue, ends, usualMs),
    thresholdAtMs(lifetimeClass.urgent, ends, usualMs),
    notAfterMs + SECOND_MS,
  ];
  for (const moment of moments) if (moment > nowMs && moment < next) next = moment;
  return next;
}
