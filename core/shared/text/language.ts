import type { Language } from './text.ts';

/** Accepts BCP 47 tags such as `ja-JP`; returns English for other languages. */
export function chooseLanguage(tag: string): Language {
  return tag.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}

export function resolveLanguage(setting: Language | 'system', systemTag: string): Language {
  return setting === 'system' ? chooseLanguage(systemTag) : setting;
}
