import type { KeptRevocation, RevocationSummary } from '../../../core/revocation/contract.ts';
import type { Problem, Result } from '../../../core/shared/problem.ts';

const KEEP_AFTER_MS = 300;

interface Services {
  write: (request: KeptRevocation) => Promise<Result<RevocationSummary>>;
  onkept: (summary: RevocationSummary) => void;
}

/** Saves a document shortly after each change. Runs one write at a time, always with the latest state. */
export class RevocationKeeper {
  #services: Services;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting: KeptRevocation | undefined;
  #writing = Promise.resolve();
  #unkept: KeptRevocation | undefined;
  /** Why the document could not be written; cleared when it is saved. */
  problem = $state.raw<Problem>();
  text = $state.raw('');

  constructor(text: string, services: Services) {
    this.text = text;
    this.#services = services;
  }

  put(request: KeptRevocation): void {
    this.#waiting = request;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), KEEP_AFTER_MS);
  }

  /** Resolves when everything is written, or when `problem` states why it is not. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#writing = this.#writing.then(() => this.#writeLatest());
    return this.#writing;
  }

  /** Retries a failed write, for example after disk space was freed. */
  retry(): Promise<void> {
    this.#waiting ??= this.#unkept;
    return this.flush();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting = undefined;
    this.#unkept = undefined;
  }

  async #writeLatest(): Promise<void> {
    const request = this.#waiting;
    if (request === undefined) return;
    this.#waiting = undefined;
    const result = await this.#services.write(request);
    this.#unkept = result.ok ? undefined : request;
    this.problem = result.ok ? undefined : result.problem;
    if (!result.ok) return;
    this.text = request.text;
    this.#services.onkept(result.value);
  }
}
