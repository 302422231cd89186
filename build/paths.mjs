import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root folder, which contains package.json. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The output of the build and the input of packaging. */
export const OUT = join(ROOT, 'out');

/** The output of electron-builder. */
export const DIST = join(ROOT, 'dist');

/** Stamps, bundled benches and compiler state; may be deleted at any time. */
export const CACHE = join(ROOT, '.cache');

/** The list of the page's modules, which the build of the page writes for the main build. */
export const PAGE_MODULES = join(CACHE, 'page-modules.json');

/** @param {string} packageAndFile such as `vite/bin/vite.js` */
export function modulePath(packageAndFile) {
  return join(ROOT, 'node_modules', packageAndFile);
}

/**
 * @param {string} path
 * @returns {string | undefined} undefined if it cannot be read
 */
export function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * The oldest engines that the bundles must support: those in the Electron used for tests. The pinned release is newer,
 * so it supports the bundles as well.
 */
export const NODE_TARGET = 'node18';
export const BROWSER_TARGET = 'chrome114';

/** Returns the globals that the bundlers and the test runner replace; core/globals.d.ts declares them. */
export function globals() {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return { ARCWARDEN_VERSION: JSON.stringify(version) };
}
