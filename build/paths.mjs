import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What the build writes and the package is made of. */
export const OUT = join(ROOT, 'out');

/** What electron-builder writes. */
export const DIST = join(ROOT, 'dist');

/** Stamps, bundles of benches and compiler state: safe to delete at any time. */
export const CACHE = join(ROOT, '.cache');

/** Which modules the page was made of; the build of the page leaves it for the build around it. */
export const PAGE_MODULES = join(CACHE, 'page-modules.json');

/** @param {string} packageAndFile such as `vite/bin/vite.js` */
export function inNodeModules(packageAndFile) {
  return join(ROOT, 'node_modules', packageAndFile);
}

/**
 * Where downloads that outlive a clone are kept, outside the tree that git sees.
 *
 * @param {NodeJS.ProcessEnv} environment
 */
export function userCache(environment) {
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'arcwarden');
}
