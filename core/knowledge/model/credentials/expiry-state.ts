import type { LifetimeClass, Threshold } from './lifetimes.ts';
import { SECOND_MS } from '../../../shared/instant.ts';

/**
 * From most to least urgent; also the order of the board. `stalled`: overdue, with evidence that the renewal fails,
 * which a single credential cannot show (`renewal-obstacle.ts`).
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

/** In milliseconds since 1970; `undefined` if unknown. */
interface ValidityPeriod {
  notBeforeMs: number | undefined;
  notAfterMs: number | undefined;
}

/**
 * Returns the milliseconds until the credential becomes invalid: positive while valid, 0 or less from one second after
 * `notAfter`. Source: RFC 5280 section 4.1.2.5 (the period includes both ends).
 */
export function timeLeftMs(notAfterMs: number, nowMs: number): number {
  return notAfterMs + SECOND_MS - nowMs;
}

export function secondsLeft(notAfterMs: number, nowMs: number): number {
  return Math.floor(timeLeftMs(notAfterMs, nowMs) / SECOND_MS);
}

/** Returns milliseconds since 1970. Without `notBeforeMs`, the share refers to the usual lifetime of the class. */
export function thresholdAtMs(
  threshold: Threshold,
  period: { notBeforeMs?: number | undefined; notAfterMs: number },
  usualMs: number,
): number {
  const endMs = period.notAfterMs + SECOND_MS;
  const lifetimeMs = period.notBeforeMs === undefined ? usualMs : endMs - period.notBeforeMs;
  return endMs - thresholdMs(threshold, lifetimeMs);
}

/** In milliseconds since 1970. */
interface LifeMoments {
  renewalDueMs: number;
  renewalOverdueMs: number;
  urgentMs: number;
  expiredMs: number;
}

export function lifeMoments(
  period: { notBeforeMs?: number | undefined; notAfterMs: number },
  { renewalDue, renewalOverdue, urgent, usualMs }: LifetimeClass,
): LifeMoments {
  return {
    renewalDueMs: thresholdAtMs(renewalDue, period, usualMs),
    renewalOverdueMs: thresholdAtMs(renewalOverdue, period, usualMs),
    urgentMs: thresholdAtMs(urgent, period, usualMs),
    expiredMs: period.notAfterMs + SECOND_MS,
  };
}

export function thresholdMs({ share, atMostMs }: Pick<Threshold, 'share' | 'atMostMs'>, lifetimeMs: number): number {
  const leftMs = share * lifetimeMs;
  return atMostMs === undefined || leftMs < atMostMs ? leftMs : atMostMs;
}

/** Returns the state of a credential at `nowMs`. A credential that ended before it began is `expired`. */
export function stateAt(moments: LifeMoments, notBeforeMs: number | undefined, nowMs: number): ExpiryState {
  if (nowMs >= moments.expiredMs) return 'expired';
  if (notBeforeMs !== undefined && nowMs < notBeforeMs) return 'not-yet-valid';
  if (nowMs >= moments.urgentMs) return 'urgent';
  if (nowMs >= moments.renewalOverdueMs) return 'renewal-overdue';
  if (nowMs >= moments.renewalDueMs) return 'renewal-due';
  return 'fine';
}

/** Returns when the result of `stateAt` next changes; `Infinity` if never. */
export function getNextChange(moments: LifeMoments, notBeforeMs: number | undefined, nowMs: number): number {
  let next = Infinity;
  if (moments.expiredMs > nowMs) next = moments.expiredMs;
  if (moments.urgentMs > nowMs && moments.urgentMs < next) next = moments.urgentMs;
  if (moments.renewalOverdueMs > nowMs && moments.renewalOverdueMs < next) next = moments.renewalOverdueMs;
  if (moments.renewalDueMs > nowMs && moments.renewalDueMs < next) next = moments.renewalDueMs;
  if (notBeforeMs !== undefined && notBeforeMs > nowMs && notBeforeMs < next) next = notBeforeMs;
  return next;
}

export function expiryState(
  { notBeforeMs, notAfterMs }: ValidityPeriod,
  lifetimeClass: LifetimeClass,
  nowMs: number,
): ExpiryState {
  if (notAfterMs === undefined) return 'unknown';
  return stateAt(lifeMoments({ notBeforeMs, notAfterMs }, lifetimeClass), notBeforeMs, nowMs);
}
