import type { CatalogueLoaders } from '../../shared/text/text.ts';

/** Most of what a command or the page would load, of which one language is shown at a time. */
export const CATALOGUE_LOADERS: CatalogueLoaders = {
  en: async () => (await import('./en.ts')).en,
  ja: async () => (await import('./ja.ts')).ja,
};
