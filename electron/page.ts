import { join } from 'node:path';
import { serveRenderer } from './security.ts';

/** Serves the page built beside this program. `npm run dev` replaces this module by dev/page.ts. */
export function servePage(): void {
  serveRenderer(join(__dirname, 'renderer'));
}
