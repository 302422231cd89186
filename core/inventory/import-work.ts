import { ConsoleError } from '../shared/problem.ts';
import type { CancelSignal, Turns } from '../shared/ports.ts';
import type { Stepwise } from './model/steps.ts';
import { IMPORT_STAGES, type ImportProgress, type ImportStage } from './model/import-progress.ts';

/** A window draws sixty times a second: others wait shorter than for one picture. */
const TURN_MS = 12;
/** Nobody reads numbers that change faster. */
const TELLING_MS = 100;

interface Watched {
  onProgress?: (progress: ImportProgress) => void;
  /** Ends it: `import.cancelled`. */
  signal?: CancelSignal;
}

/** An import under way: others have their turn while it works, it says how far it is, and it ends when nobody wants it. */
export class ImportWork {
  readonly #turns: Turns;
  readonly #signal: CancelSignal | undefined;
  readonly #onProgress: (progress: ImportProgress) => void;
  #turnBegan: number;
  #told = -Infinity;
  #progress: ImportProgress = { filesRead: 0, credentialsFound: 0 };

  constructor(turns: Turns, { onProgress = () => undefined, signal }: Watched = {}) {
    this.#turns = turns;
    this.#signal = signal;
    this.#onProgress = onProgress;
    this.#turnBegan = turns.elapsedMs();
  }

  /** The result of all steps. `import.cancelled`. */
  async run<T>(steps: Stepwise<T>): Promise<T> {
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value;
      const pause = this.pause();
      if (pause !== undefined) await pause;
    }
  }

  /** Something to wait for after a long time without a pause, nothing otherwise. `import.cancelled`. */
  pause(): Promise<void> | undefined {
    this.check();
    return this.#turns.elapsedMs() - this.#turnBegan < TURN_MS ? undefined : this.#giveWay();
  }

  async #giveWay(): Promise<void> {
    await this.#turns.giveWay();
    this.#turnBegan = this.#turns.elapsedMs();
  }

  /** The same result, but nobody waits for it once the import is cancelled. `import.cancelled`. */
  waitFor<T>(result: Promise<T>): Promise<T> {
    const signal = this.#signal;
    if (signal === undefined) return result;
    return new Promise((done, failed) => {
      const end = (): void => failed(cancelled());
      signal.addEventListener('abort', end);
      void result.then(done, failed).finally(() => signal.removeEventListener('abort', end));
    });
  }

  /** `import.cancelled`. */
  check(): void {
    if (this.#signal?.aborted === true) throw cancelled();
  }

  tellReading(files: Pick<ImportProgress, 'filesRead' | 'credentialsFound' | 'filesTotal'>): void {
    this.#tell({ ...this.#progress, ...files });
  }

  /** Of a later stage nothing is told any more when an earlier one begins again, as for a sample beside real files. */
  tellStage(name: ImportStage, done: number, total: number): void {
    const { stage } = this.#progress;
    if (stage !== undefined && IMPORT_STAGES.indexOf(name) < IMPORT_STAGES.indexOf(stage.name)) return;
    this.#tell({ ...this.#progress, stage: { name, done, total } });
  }

  #tell(progress: ImportProgress): void {
    this.#progress = progress;
    const now = this.#turns.elapsedMs();
    if (now - this.#told < TELLING_MS) return;
    this.#told = now;
    this.#onProgress(progress);
  }
}

/** Nothing was saved, as far as this knows. */
function cancelled(): ConsoleError {
  return new ConsoleError('import.cancelled', { clusters: 0 });
}
