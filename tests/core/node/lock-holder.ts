import { writeSync } from 'node:fs';
import { lockFolder } from '../../../core/node/folder-lock.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import { refuseThreads } from './refuse-threads.ts';

/**
 * Locks the folder in the first argument, prints the outcome, and holds the lock until the process is killed or loses
 * the lock. With `no-threads` as the second argument, the system refuses this process any further threads.
 */
async function hold(folder = '', condition = ''): Promise<void> {
  if (condition === 'no-threads') await refuseThreads();
  const lock = await lockFolder(folder, {
    onLost: () => {
      writeSync(1, `lost ${failureCode(lock.check)}\n`);
      void lock.release().then(() => process.exit());
    },
  });
  writeSync(1, 'locked\n');
  setInterval(() => undefined, 1_000);
}

function failureCode(action: () => void): string {
  try {
    action();
    return '';
  } catch (error) {
    return error instanceof ConsoleError ? error.code : String(error);
  }
}

hold(...process.argv.slice(2)).catch((error: unknown) => {
  writeSync(1, `failed ${error instanceof ConsoleError ? error.code : String(error)}\n`);
});
