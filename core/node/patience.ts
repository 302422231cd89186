import { systemCode } from './system-error.ts';

/**
 * The Windows code for a sharing violation: another program, such as a virus scanner, indexer or backup, has the file
 * open.
 */
const HELD = 'EBUSY';
/** Windows uses these codes for renaming over an open file, and also for missing permissions. */
const REFUSED_CODES = new Set(['EPERM', 'EACCES']);

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 1_000;
/** The limit of graceful-fs. */
const LIMIT_MS = 60_000;
/** Shorter limit for opening a file: a missing permission is more likely than another program. */
const REFUSED_LIMIT_MS = 1_300;
const TELL_AFTER_MS = 3_000;

export interface Patience {
  system: { platform: string; pause: (ms: number) => Promise<unknown> };
  /** Called once, when the wait is long enough to be noticed. */
  waiting?: ((path: string) => void) | undefined;
}

/**
 * Retries for up to a minute while another program has the file open. `EPERM` and `EACCES` are retried only on Windows,
 * and for a shorter time if the action only `opens` a file.
 */
export async function whileHeld<T>(
  path: string,
  { system, waiting }: Patience,
  action: () => T | Promise<T>,
  { opens = false }: { opens?: boolean } = {},
): Promise<T> {
  let waitedMs = 0;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await action();
    } catch (error) {
      if (waitedMs >= limitFor(systemCode(error), { platform: system.platform, opens })) throw error;
    }
    if (waitedMs < TELL_AFTER_MS && waitedMs + pauseMs >= TELL_AFTER_MS) waiting?.(path);
    await system.pause(pauseMs);
    waitedMs += pauseMs;
  }
}

function limitFor(code: string, { platform, opens }: { platform: string; opens: boolean }): number {
  if (code === HELD) return LIMIT_MS;
  if (platform !== 'win32' || !REFUSED_CODES.has(code)) return 0;
  return opens ? REFUSED_LIMIT_MS : LIMIT_MS;
}
