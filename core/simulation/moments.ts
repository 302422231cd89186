import { instantFromMs, toMilliseconds, SECOND_MS, type Instant } from '../shared/instant.ts';

/** Whole seconds since 1970, the unit of the simulation. */
export function toSimulatedSecond(moment: Instant): number {
  return toMilliseconds(moment) / SECOND_MS;
}

export function toInstant(second: number): Instant {
  return instantFromMs(second * SECOND_MS);
}

/** Milliseconds as whole seconds, rounded to the nearest. */
export function seconds(ms: number): number {
  return Math.round(ms / SECOND_MS);
}
