import { instantFromMs, type Instant } from '../shared/instant.ts';
import type { Clock } from '../shared/ports.ts';

/** The clock of the machine. */
export function nodeClock(): Clock {
  return { now: () => instantFromMs(Date.now()) };
}

/** A clock that stands still at `moment`, for `--now`. */
export function fixedClock(moment: Instant): Clock {
  return { now: () => moment };
}
