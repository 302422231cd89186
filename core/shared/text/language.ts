import type { Language } from './text.ts';

/** Returns the language of a BCP 47 tag such as `ja-JP`; English for any other language. */
export function chooseLanguage(tag: string): Language {
  return tag.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}

/** Returns the language that a setting selects on a system with this language tag. */
export function resolveLanguage(setting: Language | 'system', systemTag: string): Language {
  return setting === 'system' ? chooseLanguage(systemTag) : setting;
}
