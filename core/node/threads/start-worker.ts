import { Worker } from 'node:worker_threads';

/**
 * Starts a thread that runs a program given as a string. Returns `undefined` if the system refuses another thread
 * (`pids.max`, `TasksMax`).
 */
export function startWorker(program: string, workerData: unknown): Worker | undefined {
  try {
    return new Worker(program, { eval: true, workerData });
  } catch {
    return undefined;
  }
}
