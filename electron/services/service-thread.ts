import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ThreadCalls } from '../../core/node/threads/thread-calls.ts';
import type { Ports } from '../../core/shared/ports.ts';
import { problemFromError } from '../../core/shared/problem.ts';

type Offered<Theirs> = { [Name in keyof Theirs]: (...given: never[]) => unknown };

export interface ServiceThreadOptions<Theirs extends Offered<Theirs>, Opened> {
  /** A file in the same folder as main's program. */
  program: string;
  start: object;
  main: object;
  ports: Pick<Ports, 'ids' | 'log'>;
  open: (calls: ThreadCalls<Theirs>) => Promise<Opened>;
  /** Called when the thread ends unexpectedly and restarts; `logId` names the log entry. */
  onEnded: (logId: string) => void;
}

interface Thread<Theirs extends Offered<Theirs>, Opened> {
  worker: Worker;
  calls: ThreadCalls<Theirs>;
  opened: Promise<Opened>;
}

/** Windows never wait for this thread. If it ends unexpectedly, pending calls fail as `internal`, and it restarts. */
export class ServiceThread<Theirs extends Offered<Theirs>, Opened> {
  readonly #options: ServiceThreadOptions<Theirs, Opened>;
  #thread: Thread<Theirs, Opened>;
  #isEnding = false;

  constructor(options: ServiceThreadOptions<Theirs, Opened>) {
    this.#options = options;
    this.#thread = this.#start();
  }

  get whenOpen(): Promise<Opened> {
    return this.#thread.opened;
  }

  /** Waits until the thread is open. */
  readonly call: ThreadCalls<Theirs>['call'] = async (name, ...given) => {
    const { opened, calls } = this.#thread;
    await opened;
    return calls.call(name, ...given);
  };

  /** Ends the thread after `last`, which may call it even if it never opened. */
  async end(last: (calls: ThreadCalls<Theirs>) => Promise<void> = () => Promise.resolve()): Promise<void> {
    this.#isEnding = true;
    const { worker, calls } = this.#thread;
    await last(calls);
    await worker.terminate();
  }

  #start(): Thread<Theirs, Opened> {
    const { program, start, main, ports, open, onEnded } = this.#options;
    const worker = new Worker(join(__dirname, program), { workerData: start });
    const calls = new ThreadCalls<Theirs>(worker, { ...main }, ports);
    let failure: unknown = new Error('the thread has ended');
    worker.on('error', (error) => (failure = error));
    worker.on('exit', () => {
      if (this.#isEnding) return;
      const problem = problemFromError(ports, failure);
      calls.end(problem);
      // A thread that fails to open would restart forever.
      if (!isOpened) return;
      this.#thread = this.#start();
      onEnded(problem.logId ?? '');
    });
    const opened = open(calls);
    let isOpened = false;
    opened.then(
      () => (isOpened = true),
      // Callers receive the failure themselves.
      () => undefined,
    );
    return { worker, calls, opened };
  }
}
