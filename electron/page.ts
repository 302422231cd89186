import { join } from 'node:path';
import { session } from 'electron';
import { closeNetwork, serveRenderer } from './security.ts';

/** Serves the page built beside this program. `npm run dev` replaces this module by dev/page.ts. */
export async function servePage(): Promise<void> {
  await closeNetwork(session.defaultSession);
  serveRenderer(join(__dirname, 'renderer'));
}
