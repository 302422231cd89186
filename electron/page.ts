import { join } from 'node:path';
import { serveRenderer } from './security.ts';

/** Serves the page that was built beside this program. `npm run dev` puts dev/page.ts in the place of this module. */
export function servePage(): void {
  serveRenderer(join(__dirname, 'renderer'));
}
