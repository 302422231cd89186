import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './paths.mjs';

/**
 * The oldest engines that the bundles must support: those of the Electron used in tests. The pinned release is newer
 * and supports them as well.
 */
export const NODE_TARGET = 'node18';
export const BROWSER_TARGET = 'chrome114';

/** Returns the globals that the bundlers and the test runner substitute; declared in core/globals.d.ts. */
export function globals() {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return { ARCWARDEN_VERSION: JSON.stringify(version) };
}
