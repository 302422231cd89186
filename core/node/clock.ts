import { instantFromMs } from '../domain/instant.ts';
import type { Instant } from '../domain/instant.ts';
import type { Clock } from '../ports.ts';

/** The clock of the machine. */
export function nodeClock(): Clock {
  return { now: () => instantFromMs(Date.now()) };
}

/** A clock that stands still at `moment`, for `--now`. */
export function fixedClock(moment: Instant): Clock {
  return { now: () => moment };
}
