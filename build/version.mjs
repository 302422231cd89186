import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './paths.mjs';

/** The version of Arcwarden, from package.json. */
function version() {
  return String(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version);
}

/** Globals substituted by the bundlers and the test runner; declared in core/globals.d.ts. */
export function globals() {
  return { ARCWARDEN_VERSION: JSON.stringify(version()) };
}
