import { Worker } from 'node:worker_threads';

/**
 * Starts a thread; `undefined` if the system refuses it (`pids.max`, `TasksMax`). The program is a string, because a
 * bundle has no separate file for it, and plain JavaScript, because no step compiles it.
 */
export function startWorker(program: string, workerData: unknown): Worker | undefined {
  try {
    return new Worker(program, { eval: true, workerData });
  } catch {
    return undefined;
  }
}
