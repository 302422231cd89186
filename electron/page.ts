import { join } from 'node:path';
import { closeNetwork, serveRenderer } from './security.ts';

closeNetwork();

/** Serves the page built beside this program. `npm run dev` replaces this module by dev/page.ts. */
export function servePage(): void {
  serveRenderer(join(__dirname, 'renderer'));
}
