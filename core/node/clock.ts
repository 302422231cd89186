import { instantFromMs, type Instant } from '../shared/instant.ts';
import type { Clock, Scheduler } from '../shared/ports.ts';

/** The system clock. */
export function nodeClock(): Clock {
  return { now: () => instantFromMs(Date.now()) };
}

/** A clock stopped at `moment`, for `--now`. */
export function fixedClock(moment: Instant): Clock {
  return { now: () => moment };
}

/** Yields to the event loop of this process. */
export function nodeScheduler(): Scheduler {
  return {
    elapsedMs: () => performance.now(),
    yield: () =>
      new Promise((done) => {
        setImmediate(done);
      }),
  };
}
