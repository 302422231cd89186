import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ThreadCalls } from '../../core/node/threads/thread-calls.ts';
import type { Ports } from '../../core/shared/ports.ts';
import { toProblem } from '../../core/shared/problem.ts';
import type { MainCalls, ServicesStart } from './main-calls.ts';
import type { OpenedFolder, ServicesCalls } from './program.ts';

export interface ServicesThreadOptions {
  start: ServicesStart;
  main: MainCalls;
  ports: Pick<Ports, 'ids' | 'log'>;
  /** Opens the data folder by `attempt`; the admin may want another one. Never settles when there is nothing to open. */
  open: (attempt: () => Promise<OpenedFolder>) => Promise<OpenedFolder>;
  /** Called when the thread has ended unexpectedly, with the id of the entry in the log; another one is being started. */
  onEnded: (logId: string) => void;
}

interface Thread {
  worker: Worker;
  calls: ThreadCalls<ServicesCalls>;
  opened: Promise<OpenedFolder>;
}

/**
 * The services of the console, in a thread of their own: windows and dialogs never wait for a computation. When the thread
 * ends unexpectedly, what was being asked fails as `internal`, and another thread opens the same data folder.
 */
export class ServicesThread {
  readonly #options: ServicesThreadOptions;
  #thread: Thread;
  #isClosing = false;

  constructor(options: ServicesThreadOptions) {
    this.#options = options;
    this.#thread = this.#start();
  }

  /** The data folder, once it is open. */
  get opened(): Promise<OpenedFolder> {
    return this.#thread.opened;
  }

  /** Asks the services once the data folder is open. */
  readonly call: ThreadCalls<ServicesCalls>['call'] = async (name, ...given) => {
    const { opened, calls } = this.#thread;
    await opened;
    return calls.call(name, ...given);
  };

  /** Ends runs, waits for every write under way, and releases the data folder, if it is open. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const { worker, calls } = this.#thread;
    await calls.call('closeRuns');
    await calls.call('close');
    await worker.terminate();
  }

  #start(): Thread {
    const { start, main, ports, open } = this.#options;
    const worker = new Worker(join(__dirname, 'services.cjs'), { workerData: start });
    const calls = new ThreadCalls<ServicesCalls>(worker, { ...main }, ports);
    let failure: unknown = new Error('the thread of the services has ended');
    worker.on('error', (error) => {
      failure = error;
    });
    worker.on('exit', () => {
      if (this.#isClosing) return;
      const problem = toProblem(ports, failure);
      calls.end(problem);
      this.#thread = this.#start();
      this.#options.onEnded(problem.logId ?? '');
    });
    const opened = open(() => calls.call('open'));
    // Whoever asks for it learns of the failure.
    opened.catch(() => undefined);
    return { worker, calls, opened };
  }
}
