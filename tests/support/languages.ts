import { CATALOGUE_LOADERS } from '../../core/console/catalogues/catalogues.ts';
import { loadLanguages, provideCatalogues } from '../../core/shared/text/text.ts';

provideCatalogues(CATALOGUE_LOADERS);
// Tests use texts of any language. Tests of built programs check which languages a program loads.
await loadLanguages();
