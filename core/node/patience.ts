import { systemCode } from './system-error.ts';

/**
 * Virus scanners, indexers, backups and log shippers on Windows keep a file open for a moment or longer. `EBUSY` is a
 * sharing violation and nothing else.
 */
const HELD = 'EBUSY';
/** Renaming over an open file is refused with one of these on Windows; so is what an account has no right to. */
const REFUSED_CODES = new Set(['EPERM', 'EACCES']);

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 1_000;
/** As long as graceful-fs tries. */
const LIMIT_MS = 60_000;
/** For opening a file: no right to it is likelier than somebody who has it. */
const REFUSED_LIMIT_MS = 1_300;
/** Below this, nobody wonders what is going on. */
const TELL_AFTER_MS = 3_000;

export interface Patience {
  system: { platform: string; pause: (ms: number) => Promise<unknown> };
  /** Called once for a file that has been waited for long enough for somebody to wonder. */
  waiting?: ((path: string) => void) | undefined;
}

/**
 * Tries again as long as another program holds the file, up to a minute. Only Windows means that by `EPERM` and `EACCES`;
 * when the action only `opens` a file, they are given up soon.
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
