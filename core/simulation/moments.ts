import { instantFromMs, toMilliseconds, SECOND_MS, type Instant } from '../shared/instant.ts';

/** Converts to the simulation's unit: whole seconds since 1970. */
export function toSimulatedSecond(moment: Instant): number {
  return toMilliseconds(moment) / SECOND_MS;
}

export function toInstant(second: number): Instant {
  return instantFromMs(second * SECOND_MS);
}

/** Rounds to seconds. */
export function seconds(ms: number): number {
  return Math.round(ms / SECOND_MS);
}
