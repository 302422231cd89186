import { join } from 'node:path';
import type { Language } from '../core/shared/text/text.ts';
import { closeNetwork, serveRenderer } from './security.ts';

closeNetwork();

/**
 * Serves the page built beside this program, with the texts that it shows first. `npm run dev` replaces this module by
 * dev/page.ts.
 */
export function servePage(language: Language): void {
  serveRenderer(join(__dirname, 'renderer'), `./assets/${language}.js`);
}
