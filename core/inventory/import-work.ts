import type { CancelSignal, Scheduler } from '../shared/ports.ts';
import { LongWork } from './long-work.ts';
import { IMPORT_STAGES, type ImportProgress, type ImportStage } from './model/import-progress.ts';

/** Nobody reads numbers that change faster. */
const REPORT_INTERVAL_MS = 100;

type FilesRead = Pick<ImportProgress, 'filesRead' | 'credentialsFound' | 'filesTotal'>;

/** An import under way, which also tells how far it is. */
export class ImportWork extends LongWork {
  readonly #scheduler: Scheduler;
  readonly #onProgress: (progress: ImportProgress) => void;
  #reportedMs = -Infinity;
  #files: FilesRead = { filesRead: 0, credentialsFound: 0 };
  #stage: ImportStage | undefined;

  constructor(
    scheduler: Scheduler,
    {
      onProgress = () => undefined,
      signal,
    }: { onProgress?: (progress: ImportProgress) => void; signal?: CancelSignal } = {},
  ) {
    super(scheduler, signal);
    this.#scheduler = scheduler;
    this.#onProgress = onProgress;
  }

  reportReading(files: FilesRead): void {
    this.#files = files;
    this.#report(files);
  }

  /** An earlier stage that begins again, as for a sample beside real files, is not reported. */
  reportStage(name: ImportStage, done: number, total: number): void {
    if (this.#stage !== undefined && IMPORT_STAGES.indexOf(name) < IMPORT_STAGES.indexOf(this.#stage)) return;
    this.#stage = name;
    this.#report({ ...this.#files, stage: { name, done, total } });
  }

  #report(progress: ImportProgress): void {
    const now = this.#scheduler.elapsedMs();
    if (now - this.#reportedMs < REPORT_INTERVAL_MS) return;
    this.#reportedMs = now;
    this.#onProgress(progress);
  }
}
