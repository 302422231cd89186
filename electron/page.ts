import { join } from 'node:path';
import type { Language } from '../core/shared/text/text.ts';
import { closeNetwork, serveRenderer } from './security.ts';

closeNetwork();

/** Serves the built page; `npm run dev` uses dev/page.ts instead. */
export function servePage(language: Language): void {
  serveRenderer(join(__dirname, 'renderer'), `./assets/${language}.js`);
}
