import { IntlMessageFormat } from 'intl-messageformat';

export const LANGUAGES = ['en', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each feature's catalogue adds its messages, so that no feature depends on a later one. */
export interface Messages {}
export type MessageKey = keyof Messages;
export type MessageValues = Record<string, string | number>;

export type Catalogue = Readonly<Record<MessageKey, string>>;

export type CatalogueLoaders = Readonly<Record<Language, () => Promise<Catalogue>>>;

let loaders: CatalogueLoaders | undefined;
const loaded = new Map<Language, Catalogue>();

/** Sets the source of the texts at startup, since no feature may import the texts of all others. */
export function provideCatalogues(catalogues: CatalogueLoaders): void {
  loaders = catalogues;
}

/** Loads all languages by default. A request for a text in another language throws. */
export async function loadLanguages(languages: readonly Language[] = LANGUAGES): Promise<void> {
  const missing = languages.filter((language) => !isLoaded(language));
  await Promise.all(missing.map(async (language) => loaded.set(language, await mustHaveLoaders()[language]())));
}

function mustHaveLoaders(): CatalogueLoaders {
  if (loaders === undefined) throw new Error('the program has not said where its texts come from');
  return loaders;
}

export function isLoaded(language: Language): boolean {
  return loaded.has(language);
}

export function catalogue(language: Language): Catalogue {
  const texts = loaded.get(language);
  if (texts === undefined) throw new Error(`the texts of the language ${language} were not loaded`);
  return texts;
}

/** Returns the text of a message with its `{values}` filled in (ICU MessageFormat). */
export type Translate = (key: MessageKey, values?: MessageValues) => string;

export interface Wording {
  language: Language;
  translate: Translate;
}

/** Returns whether a text is a key of a message. One language must be loaded; all have the same keys. */
export function isMessageKey(key: string): key is MessageKey {
  const [texts] = loaded.values();
  if (texts === undefined) throw new Error('no language was loaded');
  return Object.hasOwn(texts, key);
}

/** Shared by all callers: compiling a message costs far more than using it. */
const COMPILED: Record<Language, Map<MessageKey, IntlMessageFormat>> = { en: new Map(), ja: new Map() };

/** Returns a translator for a language that must be loaded before a call. A call per table row is cheap. */
export function translator(language: Language): Translate {
  const compiled = COMPILED[language];
  return (key, values) => {
    const text = catalogue(language)[key];
    if (!text.includes('{') && !text.includes("'")) return text;
    let message = compiled.get(key);
    if (message === undefined) {
      message = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
      compiled.set(key, message);
    }
    try {
      const formatted = String(message.format(values ?? {}));
      return language === 'ja' ? joinDates(formatted) : formatted;
    } catch {
      // A missing value is a bug, but an admin must always see a message.
      return text;
    }
  };
}

/** Removes the space between a date and the Japanese word after it. A message has it for dates that end in a time. */
function joinDates(text: string): string {
  return text.replaceAll(/(?<=\d日) (?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/gu, '');
}
