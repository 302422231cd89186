import { ConsoleError } from '../shared/problem.ts';
import type { CancelSignal, Scheduler } from '../shared/ports.ts';
import { IMPORT_STAGES, type ImportProgress } from './model/import-progress.ts';

/** Other work waits for at most this time and the current step. */
const TURN_MS = 50;
/** Eight steps take about as long as reading the clock. */
const STEPS_BETWEEN_LOOKS = 8;

/** Nobody can read numbers that change faster. */
const REPORT_INTERVAL_MS = 100;

export class LongWork {
  readonly #scheduler: Scheduler;
  readonly #signal: CancelSignal | undefined;
  readonly #onProgress: ((progress: ImportProgress) => void) | undefined;
  readonly #progress: ImportProgress = { filesRead: 0, credentialsFound: 0 };
  #reportedMs = -Infinity;
  #turnBegan: number;
  #steps = 0;

  /** `signal` cancels the work, which then throws `import.cancelled`. */
  constructor(scheduler: Scheduler, signal?: CancelSignal, onProgress?: (progress: ImportProgress) => void) {
    this.#scheduler = scheduler;
    this.#signal = signal;
    this.#onProgress = onProgress;
    this.#turnBegan = scheduler.monotonicMs();
  }

  /** Pauses after every few calls, for loops whose items take less time than reading the clock. */
  async step(): Promise<void> {
    this.#steps += 1;
    if (this.#steps % STEPS_BETWEEN_LOOKS === 0) await this.pause();
  }

  /** Yields to other work after `TURN_MS`. Throws `import.cancelled`. */
  async pause(): Promise<void> {
    if (this.isTurnOver()) {
      await this.#scheduler.yield();
      this.#turnBegan = this.#scheduler.monotonicMs();
    }
    this.check();
  }

  isTurnOver(): boolean {
    return this.#scheduler.monotonicMs() - this.#turnBegan >= TURN_MS;
  }

  /** Ignores a return to an earlier stage, which occurs if a sample is imported together with real files. */
  report(part: Partial<ImportProgress>): void {
    const [stage, before] = [part.stage?.name, this.#progress.stage?.name];
    if (stage && before && IMPORT_STAGES.indexOf(stage) < IMPORT_STAGES.indexOf(before)) return;
    Object.assign(this.#progress, part);
    const now = this.#scheduler.monotonicMs();
    if (now - this.#reportedMs < REPORT_INTERVAL_MS) return;
    this.#reportedMs = now;
    this.#onProgress?.({ ...this.#progress });
  }

  /** Throws `import.cancelled`. */
  check(): void {
    if (this.#signal?.aborted === true) throw cancellationError();
  }

  /** Waits for the result, or until the work is cancelled. Throws `import.cancelled`. */
  waitFor<T>(result: Promise<T>): Promise<T> {
    const signal = this.#signal;
    if (signal === undefined) return result;
    return new Promise((done, failed) => {
      const end = (): void => failed(cancellationError());
      // A signal that is already aborted calls no listener.
      if (signal.aborted) end();
      signal.addEventListener('abort', end);
      void result.then(done, failed).finally(() => signal.removeEventListener('abort', end));
    });
  }
}

/** Returns an error that reports no saved clusters, since this class saves none. */
function cancellationError(): ConsoleError {
  return new ConsoleError('import.cancelled', { clusters: 0 });
}
