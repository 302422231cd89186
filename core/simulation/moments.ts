import { instantFromMs, epochMs, SECOND_MS, type Instant } from '../shared/instant.ts';

/** Returns whole seconds since 1970, the simulation's unit. */
export function secondFromInstant(moment: Instant): number {
  return epochMs(moment) / SECOND_MS;
}

export function instantFromSecond(second: number): Instant {
  return instantFromMs(second * SECOND_MS);
}

export function seconds(ms: number): number {
  return Math.round(ms / SECOND_MS);
}
