import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import lockfile from 'proper-lockfile';
import { ConsoleError } from '../shared/problem.ts';
import { makeFolder } from './make-folder.ts';
import { systemCode, writeFailure } from './system-error.ts';

export const LOCK_NAME = 'arcwarden.lock';

/** A lock not renewed for this long belonged to a killed process. Measured: taken over after 5.7 s. */
const STALE_MS = 5_000;
const RENEW_MS = 1_500;
const DEFAULT_WAIT_MS = 8_000;
const RETRY_MS = 100;

export interface FolderLock {
  /** Releases the lock. May be called more than once. */
  release(): Promise<void>;
}

export interface LockOptions {
  /** Called once when the lock is lost while held: the computer slept, or somebody removed it. Writing must stop. */
  onLost?: () => void;
  /**
   * How long to wait for another process to end or to turn out to be dead. Default 8 s, longer than a dead one takes.
   */
  waitMs?: number;
}

/**
 * Makes this process the only writer of the data folder, which is created if absent. The lock is the folder
 * `arcwarden.lock` inside, renewed while held, so it does not outlive a killed process for long. Fails with
 * `store.locked` when another process keeps it, and with `file.not-writable` when the folder cannot be written.
 */
export async function lockFolder(path: string, options: LockOptions = {}): Promise<FolderLock> {
  const { onLost, waitMs = DEFAULT_WAIT_MS } = options;
  const until = performance.now() + waitMs;
  try {
    await makeFolder(path);
    for (;;) {
      const unlock = await tryLock(path, onLost);
      if (unlock !== undefined) return releaseOnce(unlock);
      if (performance.now() >= until) throw new ConsoleError('store.locked', { path });
      await pause(RETRY_MS);
    }
  } catch (error) {
    throw writeFailure(path, error);
  }
}

async function tryLock(path: string, onLost: (() => void) | undefined): Promise<(() => Promise<void>) | undefined> {
  try {
    return await lockfile.lock(path, {
      lockfilePath: join(path, LOCK_NAME),
      stale: STALE_MS,
      update: RENEW_MS,
      onCompromised: () => onLost?.(),
    });
  } catch (error) {
    if (systemCode(error) === 'ELOCKED') return undefined;
    throw error;
  }
}

function releaseOnce(unlock: () => Promise<void>): FolderLock {
  let released: Promise<void> | undefined;
  return {
    release() {
      released ??= unlock().catch((error: unknown) => {
        // Already lost and reported by `onLost`: there is nothing left to release.
        if (!['ERELEASED', 'ENOTACQUIRED'].includes(systemCode(error))) throw error;
      });
      return released;
    },
  };
}
