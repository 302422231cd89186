import { instantFromMs, type Instant } from '../shared/instant.ts';
import type { Clock, Scheduler } from '../shared/ports.ts';

export function nodeClock(): Clock {
  return { now: () => instantFromMs(Date.now()) };
}

/** Returns a clock that always shows this moment, for the option `--now`. */
export function createFixedClock(moment: Instant): Clock {
  return { now: () => moment };
}

export function nodeScheduler(): Scheduler {
  return {
    monotonicMs: () => performance.now(),
    yield: () => new Promise((done) => setImmediate(done)),
    pause: (ms, signal) =>
      new Promise((done) => {
        const end = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', end);
          done();
        };
        const timer = setTimeout(end, signal.aborted ? 0 : ms);
        signal.addEventListener('abort', end);
      }),
  };
}
