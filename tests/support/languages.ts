import { CATALOGUE_LOADERS } from '../../core/console/catalogues/catalogues.ts';
import { loadLanguages, provideCatalogues } from '../../core/shared/text/text.ts';

provideCatalogues(CATALOGUE_LOADERS);
// Tests ask for texts of any language; which of them a program loads is looked at in programs that were built.
await loadLanguages();
