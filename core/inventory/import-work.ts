import { ConsoleError } from '../shared/problem.ts';
import type { CancelSignal, Scheduler } from '../shared/ports.ts';
import type { Stepwise } from '../shared/stepwise/steps.ts';
import { IMPORT_STAGES, type ImportProgress, type ImportStage } from './model/import-progress.ts';

/** What is done between two looks at the clock takes about a tenth of a slice; a look takes as long as many a step. */
const STEPS_BETWEEN_LOOKS = 8;
/** A window draws sixty times a second: other work waits for less than one frame. */
const SLICE_MS = 12;
/** Nobody reads numbers that change faster. */
const REPORT_INTERVAL_MS = 100;

interface Watched {
  onProgress?: (progress: ImportProgress) => void;
  /** Ends it: `import.cancelled`. */
  signal?: CancelSignal;
}

/** An import under way: it yields to the event loop while it works, reports its progress, and can be cancelled. */
export class ImportWork {
  readonly #scheduler: Scheduler;
  readonly #signal: CancelSignal | undefined;
  readonly #onProgress: (progress: ImportProgress) => void;
  #sliceBegan: number;
  #reportedMs = -Infinity;
  #files: Pick<ImportProgress, 'filesRead' | 'credentialsFound' | 'filesTotal'> = { filesRead: 0, credentialsFound: 0 };
  #stage: ImportStage | undefined;

  constructor(scheduler: Scheduler, { onProgress = () => undefined, signal }: Watched = {}) {
    this.#scheduler = scheduler;
    this.#signal = signal;
    this.#onProgress = onProgress;
    this.#sliceBegan = scheduler.elapsedMs();
  }

  /** The result of all steps. `import.cancelled`. */
  async run<T>(steps: Stepwise<T>): Promise<T> {
    for (let count = 1; ; count += 1) {
      const { done, value } = steps.next();
      if (done === true) return value;
      this.check();
      if (count % STEPS_BETWEEN_LOOKS > 0) continue;
      const pause = this.pause();
      if (pause !== undefined) await pause;
    }
  }

  /** A promise to wait for once a slice of time is used up, nothing before that. `import.cancelled`. */
  pause(): Promise<void> | undefined {
    this.check();
    return this.#scheduler.elapsedMs() - this.#sliceBegan < SLICE_MS ? undefined : this.#yield();
  }

  async #yield(): Promise<void> {
    await this.#scheduler.yield();
    this.#sliceBegan = this.#scheduler.elapsedMs();
  }

  /** The same result, but nobody waits for it once the import is cancelled. `import.cancelled`. */
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

  /** `import.cancelled`. */
  check(): void {
    if (this.#signal?.aborted === true) throw cancelled();
  }

  reportReading(files: Pick<ImportProgress, 'filesRead' | 'credentialsFound' | 'filesTotal'>): void {
    this.#files = files;
    if (this.#isDue()) this.#onProgress(files);
  }

  /** An earlier stage that begins again, as for a sample beside real files, is not reported. */
  reportStage(name: ImportStage, done: number, total: number): void {
    if (this.#stage !== undefined && IMPORT_STAGES.indexOf(name) < IMPORT_STAGES.indexOf(this.#stage)) return;
    this.#stage = name;
    if (this.#isDue()) this.#onProgress({ ...this.#files, stage: { name, done, total } });
  }

  #isDue(): boolean {
    const now = this.#scheduler.elapsedMs();
    if (now - this.#reportedMs < REPORT_INTERVAL_MS) return false;
    this.#reportedMs = now;
    return true;
  }
}

/** Nothing was saved, as far as this knows. */
function cancelled(): ConsoleError {
  return new ConsoleError('import.cancelled', { clusters: 0 });
}
