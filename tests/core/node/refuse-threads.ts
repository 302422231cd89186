import { execFileSync, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

const POOL_SIZE = 4;

/** Prevents this process from starting any further threads. */
export async function refuseThreads(): Promise<void> {
  // Node exits if it cannot start its own threads for reading files, so they are started first.
  await Promise.all(Array.from({ length: POOL_SIZE }, () => readFile(process.argv[1] ?? '')));
  execFileSync('prlimit', ['--pid', String(process.pid), '--nproc=1']);
}

const NOBODY = 65_534;

/**
 * Options for `spawn`: a process that calls `refuseThreads` must not run as root, whose threads the system does not
 * count.
 */
export const COUNTED_USER = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/**
 * Returns whether the user of `COUNTED_USER` may run this Node, which is impossible if Node is in root's home folder.
 */
export function canRunAsCounted(): boolean {
  return spawnSync(process.execPath, ['--version'], COUNTED_USER).status === 0;
}
