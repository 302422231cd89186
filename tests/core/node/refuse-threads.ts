import { execFileSync, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

const POOL_SIZE = 4;

/** From now on the system refuses this process any further thread. */
export async function refuseThreads(): Promise<void> {
  // Node ends when it may not start the threads that read files.
  await Promise.all(Array.from({ length: POOL_SIZE }, () => readFile(process.argv[1] ?? '')));
  execFileSync('prlimit', ['--pid', String(process.pid), '--nproc=1']);
}

const NOBODY = 65_534;

/** Options of `spawn` for a program that calls it. The system counts no threads of root. */
export const COUNTED_USER = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** Whether that user may start the program which runs this: a runtime in the home of root is closed to others. */
export function canRunAsCounted(): boolean {
  return spawnSync(process.execPath, ['--version'], COUNTED_USER).status === 0;
}
