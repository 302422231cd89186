import { writeSync } from 'node:fs';
import { lockFolder } from '../../../core/node/folder-lock.ts';

/** Locks the folder in the first argument, reports it, and holds the lock until it is killed. */
async function hold(): Promise<void> {
  await lockFolder(process.argv[2] ?? '');
  writeSync(1, 'locked\n');
  setInterval(() => undefined, 1_000);
}

void hold();
