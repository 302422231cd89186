import { en } from '../../core/console/catalogues/en.ts';
import { ja } from '../../core/console/catalogues/ja.ts';
import type { Catalogue, Language } from '../../core/shared/text/text.ts';

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, ja };
