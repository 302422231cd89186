import { instantFromMs, type Instant } from '../shared/instant.ts';
import type { Clock, Turns } from '../shared/ports.ts';

/** The system clock. */
export function nodeClock(): Clock {
  return { now: () => instantFromMs(Date.now()) };
}

/** A clock stopped at `moment`, for `--now`. */
export function fixedClock(moment: Instant): Clock {
  return { now: () => moment };
}

/** Turns of the event loop of this process. */
export function nodeTurns(): Turns {
  return {
    elapsedMs: () => performance.now(),
    giveWay: () =>
      new Promise((done) => {
        setImmediate(done);
      }),
  };
}
