import { Worker } from 'node:worker_threads';

/**
 * Runs in a thread of its own, so that files are renewed however busy the main thread is. As text, because a bundle has
 * no file of its own for it; plain JavaScript, because nothing compiles it.
 */
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
      // Anything else, such as a share that does not answer for a moment, may pass.
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

/** Keeps the dates of files fresh while their process runs. */
export class Heartbeat {
  readonly #everyMs: number;
  readonly #kept = new Map<string, () => void>();
  #worker: Worker | undefined;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /** Renews the dates of a file and of its folder until `stop`. `gone` is called once when the file no longer exists. */
  keep({ path, folder }: { path: string; folder: string }, gone: () => void): { stop: () => void } {
    const worker = this.#started();
    this.#kept.set(path, gone);
    worker.postMessage({ path, folder });
    return {
      stop: () => {
        if (this.#kept.delete(path)) worker.postMessage({ path });
      },
    };
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(WORK, { eval: true, workerData: this.#everyMs });
    worker.on('message', (path: string) => {
      const gone = this.#kept.get(path);
      this.#kept.delete(path);
      gone?.();
    });
    worker.unref();
    this.#worker = worker;
    return worker;
  }
}
