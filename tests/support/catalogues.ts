import { en } from '../../core/text/en.ts';
import { ja } from '../../core/text/ja.ts';
import type { Catalogue, Language } from '../../core/text/text.ts';

/** The texts of every language. */
export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, ja };
