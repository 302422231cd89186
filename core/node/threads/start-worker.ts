import { Worker } from 'node:worker_threads';

/** A thread that runs a program given as text; `undefined` where the system refuses another thread (`pids.max`, `TasksMax`). */
export function startWorker(program: string, workerData: unknown): Worker | undefined {
  try {
    return new Worker(program, { eval: true, workerData });
  } catch {
    return undefined;
  }
}
