import { IntlMessageFormat } from 'intl-messageformat';
import { en } from './en.ts';
import { ja } from './ja.ts';

export const LANGUAGES = ['en', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];
export type MessageKey = keyof typeof en;
export type MessageValues = Record<string, string | number>;

/** All catalogues; the type of `ja` makes the compiler reject a language with a missing or an unknown key. */
export const CATALOGUES: Record<Language, Record<MessageKey, string>> = { en, ja };

/** The text of a message in one language, its `{values}` filled in (ICU MessageFormat). */
export type Translate = (key: MessageKey, values?: MessageValues) => string;

export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}

/** Compiled messages by language, shared by all callers: compiling one costs far more than using it. */
const COMPILED: Record<Language, Map<MessageKey, IntlMessageFormat>> = { en: new Map(), ja: new Map() };

/** A translator for one language. Compiled messages are cached, so a call per table row is cheap. */
export function translator(language: Language): Translate {
  const compiled = COMPILED[language];
  return (key, values) => {
    const text = CATALOGUES[language][key];
    if (!text.includes('{') && !text.includes("'")) return text;
    let message = compiled.get(key);
    if (message === undefined) {
      message = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
      compiled.set(key, message);
    }
    try {
      return String(message.format(values ?? {}));
    } catch {
      // A missing value is a bug, but a message must never leave an admin with nothing.
      return text;
    }
  };
}

/** The language of a BCP 47 tag such as `ja-JP`; English for any other. */
export function chooseLanguage(tag: string): Language {
  return tag.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}
