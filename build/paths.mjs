import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

export const OUT = join(ROOT, 'out');

export const DIST = join(ROOT, 'dist');

/** Stamps, bundled benches and compiler state; may be deleted at any time. */
export const CACHE = join(ROOT, '.cache');

/** The build of the page lists its modules here for the main build. */
export const PAGE_MODULES = join(CACHE, 'page-modules.json');

/** @param {string} packageAndFile such as `vite/bin/vite.js` */
export function modulePath(packageAndFile) {
  return join(ROOT, 'node_modules', packageAndFile);
}

/**
 * @param {string} path
 * @returns undefined if it cannot be read
 */
export function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The engines in the Electron used for tests, the oldest that the bundles must support. */
export const NODE_TARGET = 'node18';
export const BROWSER_TARGET = 'chrome114';

/** Returns the globals that the bundlers and the test runner replace; core/globals.d.ts declares them. */
export function globals() {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return { ARCWARDEN_VERSION: JSON.stringify(version) };
}
