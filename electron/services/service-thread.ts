import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ThreadCalls } from '../../core/node/threads/thread-calls.ts';
import type { Ports } from '../../core/shared/ports.ts';
import { toProblem } from '../../core/shared/problem.ts';

/** The functions that a thread offers. */
type Offered<Theirs> = { [Name in keyof Theirs]: (...given: never[]) => unknown };

export interface ServiceThreadOptions<Theirs extends Offered<Theirs>, Opened> {
  /** A file beside the program of main. */
  program: string;
  start: object;
  /** The functions of main that the thread may call. */
  main: object;
  ports: Pick<Ports, 'ids' | 'log'>;
  /** Makes a thread that has just started ready to be asked. */
  open: (calls: ThreadCalls<Theirs>) => Promise<Opened>;
  /** Called when the thread has ended unexpectedly, with the id of the entry in the log; another one is being started. */
  onEnded: (logId: string) => void;
}

interface Thread<Theirs extends Offered<Theirs>, Opened> {
  worker: Worker;
  calls: ThreadCalls<Theirs>;
  opened: Promise<Opened>;
}

/**
 * A program in a thread of its own: windows and dialogs never wait for it. When it ends unexpectedly, what was being asked
 * fails as `internal`, and it is started again.
 */
export class ServiceThread<Theirs extends Offered<Theirs>, Opened> {
  readonly #options: ServiceThreadOptions<Theirs, Opened>;
  #thread: Thread<Theirs, Opened>;
  #isEnding = false;

  constructor(options: ServiceThreadOptions<Theirs, Opened>) {
    this.#options = options;
    this.#thread = this.#start();
  }

  /** Settles once the thread can be asked. */
  get opened(): Promise<Opened> {
    return this.#thread.opened;
  }

  /** Asks the thread once it is open. */
  readonly call: ThreadCalls<Theirs>['call'] = async (name, ...given) => {
    const { opened, calls } = this.#thread;
    await opened;
    return calls.call(name, ...given);
  };

  /** Ends the thread after `last`, which may ask it even where it has not been opened. */
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
    worker.on('error', (error) => {
      failure = error;
    });
    worker.on('exit', () => {
      if (this.#isEnding) return;
      const problem = toProblem(ports, failure);
      calls.end(problem);
      // One that cannot even begin would end again and again.
      if (!isOpened) return;
      this.#thread = this.#start();
      onEnded(problem.logId ?? '');
    });
    const opened = open(calls);
    let isOpened = false;
    opened.then(
      () => {
        isOpened = true;
      },
      // Whoever asks for it learns of the failure.
      () => undefined,
    );
    return { worker, calls, opened };
  }
}
