import { execFileSync, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

const POOL_SIZE = 4;

/** Makes the system refuse this process any further thread. */
export async function refuseThreads(): Promise<void> {
  // Node exits if it cannot start the threads that read files.
  await Promise.all(Array.from({ length: POOL_SIZE }, () => readFile(process.argv[1] ?? '')));
  execFileSync('prlimit', ['--pid', String(process.pid), '--nproc=1']);
}

const NOBODY = 65_534;

/** Options of `spawn` for a program that calls it. The system does not count root's threads. */
export const COUNTED_USER = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** Returns whether that user may start the runtime of this program: one in root's home is closed to others. */
export function canRunAsCounted(): boolean {
  return spawnSync(process.execPath, ['--version'], COUNTED_USER).status === 0;
}
