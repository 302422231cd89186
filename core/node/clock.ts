import { instantFromMs, type Instant } from '../shared/instant.ts';
import type { CancelSignal, Clock, Scheduler } from '../shared/ports.ts';

export function nodeClock(): Clock {
  return { now: () => instantFromMs(Date.now()) };
}

/** Returns a clock that always shows this moment, for the option `--now`. */
export function createFixedClock(moment: Instant): Clock {
  return { now: () => moment };
}

export function nodeScheduler(): Scheduler {
  return { monotonicMs: () => performance.now(), yield: () => new Promise((done) => setImmediate(done)), wait };
}

function wait(ms: number, signal?: CancelSignal): Promise<void> {
  if (signal?.aborted === true) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
