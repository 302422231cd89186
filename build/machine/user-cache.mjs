import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const FAILED_FOR_MS = 12 * 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/**
 * Returns the cache folder for downloads that outlive a clone. In a file of its own, because benches bundle it, and
 * `import.meta.url` differs in a bundle.
 *
 * @param {NodeJS.ProcessEnv} environment
 */
export function userCache(environment) {
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'arcwarden');
}

/**
 * @param {string | undefined} failedAt ISO 8601
 * @param {number} [now] in milliseconds
 */
export function isRecent(failedAt, now = Date.now()) {
  const age = now - Date.parse(failedAt ?? '');
  return age >= 0 && age < FAILED_FOR_MS;
}

/**
 * Works in a temporary folder of the cache; a rename moves the result out of it, so that no installation is partial.
 *
 * @param {string} name
 * @param {NodeJS.ProcessEnv} environment
 * @param {(work: string) => Promise<void>} act
 */
export async function useWorkFolder(name, environment, act) {
  const cache = userCache(environment);
  const beginning = `${name}-installing-`;
  mkdirSync(cache, { recursive: true });
  for (const each of readdirSync(cache).filter((entry) => entry.startsWith(beginning))) {
    const { mtimeMs = Date.now() } = statSync(join(cache, each), { throwIfNoEntry: false }) ?? {};
    // An installation that was killed left this folder behind.
    if (Date.now() - mtimeMs > DAY_MS) rmSync(join(cache, each), { recursive: true, force: true });
  }
  const work = mkdtempSync(join(cache, beginning));
  try {
    await act(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} unpacked
 * @param {string} folder
 */
export function putInPlace(unpacked, folder) {
  // The existing folder is broken or another process has just created it; either way, ours can replace it.
  const aside = `${folder}.${randomUUID()}`;
  if (existsSync(folder)) renameSync(folder, aside);
  renameSync(unpacked, folder);
  rmSync(aside, { recursive: true, force: true });
}
