import { systemCode } from './system-error.ts';

/**
 * Virus scanners, indexers, backups and log shippers on Windows keep a file open for a moment or longer. `EBUSY` is a
 * sharing violation and nothing else.
 */
const HELD = 'EBUSY';
/** Windows refuses to rename over an open file with one of these codes, as it does without permission. */
const REFUSED_CODES = new Set(['EPERM', 'EACCES']);

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 1_000;
/** graceful-fs tries for as long. */
const LIMIT_MS = 60_000;
/** For opening a file: missing permission is likelier than another program holding it. */
const REFUSED_LIMIT_MS = 1_300;
/** Below this time, nobody wonders what is going on. */
const TELL_AFTER_MS = 3_000;

export interface Patience {
  system: { platform: string; pause: (ms: number) => Promise<unknown> };
  /** Called once for a file that takes long enough for somebody to wonder. */
  waiting?: ((path: string) => void) | undefined;
}

/**
 * Retries while another program holds the file, up to a minute. Only Windows reports that as `EPERM` and `EACCES`; if
 * the action only `opens` a file, these are given up soon.
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
