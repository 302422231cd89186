import type { CatalogueLoaders } from '../../shared/text/text.ts';

/** Loaded per language, since texts are most of the code and only one language is shown. */
export const CATALOGUE_LOADERS: CatalogueLoaders = {
  en: async () => (await import('./en.ts')).en,
  ja: async () => (await import('./ja.ts')).ja,
};
