import { ConsoleError } from '../shared/problem.ts';
import type { CancelSignal, Scheduler } from '../shared/ports.ts';

/** Other calls wait no longer than this and what was begun by then. */
const TURN_MS = 50;
/** Eight of them take about as long as a look at the clock. */
const STEPS_BETWEEN_LOOKS = 8;

/** Work that takes long: everything else has its turn every now and then, and it can be cancelled. */
export class LongWork {
  readonly #scheduler: Scheduler;
  readonly #signal: CancelSignal | undefined;
  #turnBegan: number;
  #steps = 0;

  /** `signal` ends it: `import.cancelled`. */
  constructor(scheduler: Scheduler, signal?: CancelSignal) {
    this.#scheduler = scheduler;
    this.#signal = signal;
    this.#turnBegan = scheduler.elapsedMs();
  }

  /** Pauses after every few calls: for loops in which an item takes less time than a look at the clock. */
  async step(): Promise<void> {
    this.#steps += 1;
    if (this.#steps % STEPS_BETWEEN_LOOKS === 0) await this.pause();
  }

  /** Gives everything else its turn, when it is time for that. `import.cancelled`. */
  async pause(): Promise<void> {
    if (this.isTurnOver()) {
      await this.#scheduler.yield();
      this.#turnBegan = this.#scheduler.elapsedMs();
    }
    this.check();
  }

  /** Whether the next pause lets others have their turn. */
  isTurnOver(): boolean {
    return this.#scheduler.elapsedMs() - this.#turnBegan >= TURN_MS;
  }

  /** `import.cancelled`. */
  check(): void {
    if (this.#signal?.aborted === true) throw cancelled();
  }

  /** The same result, but nobody waits for it once the work is cancelled. `import.cancelled`. */
  waitFor<T>(result: Promise<T>): Promise<T> {
    const signal = this.#signal;
    if (signal === undefined) return result;
    return new Promise((done, failed) => {
      const end = (): void => failed(cancelled());
      // One that has been aborted already calls nobody.
      if (signal.aborted) end();
      signal.addEventListener('abort', end);
      void result.then(done, failed).finally(() => signal.removeEventListener('abort', end));
    });
  }
}

/** Nothing was saved, as far as this knows. */
function cancelled(): ConsoleError {
  return new ConsoleError('import.cancelled', { clusters: 0 });
}
