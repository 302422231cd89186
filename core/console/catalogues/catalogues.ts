import type { CatalogueLoaders } from '../../shared/text/text.ts';

/** Loads one language at a time: texts are the largest part of a command or the page. */
export const CATALOGUE_LOADERS: CatalogueLoaders = {
  en: async () => (await import('./en.ts')).en,
  ja: async () => (await import('./ja.ts')).ja,
};
