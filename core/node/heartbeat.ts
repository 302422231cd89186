import { utimesSync } from 'node:fs';
import { systemCode } from './system-error.ts';
import { startWorker } from './threads/start-worker.ts';

/** Runs in a thread, so that files are renewed even if the main thread is busy. */
const WORK = `
const { utimesSync } = require('node:fs');
const { parentPort, workerData } = require('node:worker_threads');
const kept = new Map();
const renew = () => {
  for (const [path, folder] of kept) {
    const now = new Date();
    try {
      utimesSync(path, now, now);
      utimesSync(folder, now, now);
    } catch (error) {
      // Any other error may be temporary, such as a share that does not answer for a moment.
      if (error.code !== 'ENOENT') continue;
      kept.delete(path);
      parentPort.postMessage(path);
    }
  }
};
parentPort.on('message', ({ path, folder }) => {
  if (folder === undefined) kept.delete(path);
  else kept.set(path, folder);
});
setInterval(renew, workerData);
`;

/** Starts the renewal of a file or, without `folder`, stops it. */
type Tell = (change: { path: string; folder?: string }) => void;

export class Heartbeat {
  readonly #everyMs: number;
  readonly #kept = new Map<string, { folder: string; gone: () => void }>();
  #tell: Tell | undefined;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /**
   * Keeps updating the timestamps of a file and its folder until the returned function is called. Calls `gone` once if
   * the file no longer exists.
   */
  keep({ path, folder }: { path: string; folder: string }, gone: () => void): () => void {
    this.#tell ??= this.#start();
    const tell = this.#tell;
    this.#kept.set(path, { folder, gone });
    tell({ path, folder });
    return () => {
      if (this.#kept.delete(path)) tell({ path });
    };
  }

  #start(): Tell {
    const worker = startWorker(WORK, this.#everyMs);
    if (worker === undefined) {
      // The fallback for a process that cannot start threads; a busy main thread may renew late.
      setInterval(() => this.#renew(), this.#everyMs).unref();
      return () => undefined;
    }
    worker.on('message', (path: string) => this.#lose(path));
    worker.unref();
    return (change) => worker.postMessage(change);
  }

  #renew(): void {
    for (const [path, { folder }] of this.#kept) {
      const now = new Date();
      try {
        utimesSync(path, now, now);
        utimesSync(folder, now, now);
      } catch (error) {
        if (systemCode(error) === 'ENOENT') this.#lose(path);
      }
    }
  }

  #lose(path: string): void {
    const lost = this.#kept.get(path);
    this.#kept.delete(path);
    lost?.gone();
  }
}
