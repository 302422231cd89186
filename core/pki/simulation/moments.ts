import { instantFromMs, msOf, SECOND_MS, type Instant } from '../../shared/instant.ts';

/** Whole seconds since 1970, the unit of the simulation. */
export function secondOf(moment: Instant): number {
  return msOf(moment) / SECOND_MS;
}

export function instantOf(second: number): Instant {
  return instantFromMs(second * SECOND_MS);
}

/** Milliseconds as whole seconds, rounded to the nearest. */
export function seconds(ms: number): number {
  return Math.round(ms / SECOND_MS);
}
