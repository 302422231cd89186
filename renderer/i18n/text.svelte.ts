import { createContext } from 'svelte';
import type { Instant } from '../../core/shared/instant.ts';
import {
  isLoaded,
  isMessageKey,
  LANGUAGES,
  loadLanguages,
  translator,
  type Language,
  type MessageKey,
  type MessageValues,
  type Translate,
} from '../../core/shared/text/text.ts';
import type { Zone } from '../../core/shared/text/time.ts';
import { Formatter } from './format.ts';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u;

export interface Languages {
  isLoaded: (language: Language) => boolean;
  load: (languages: readonly Language[]) => Promise<void>;
}

/** A new language takes effect when its texts are loaded. */
export class TextState {
  #chosen: () => Language;
  #zone: () => Zone;
  #languages: Languages;
  #loaded: readonly Language[] = $state.raw([]);
  readonly language = $derived.by(() => {
    const chosen = this.#chosen();
    return this.#loaded.includes(chosen) ? chosen : (this.#loaded[0] ?? chosen);
  });
  readonly #translate = $derived(translator(this.language));
  /** Derived separately, because otherwise a change of any setting would format everything again. */
  readonly #shownZone = $derived.by(() => this.#zone());
  readonly format = new Formatter(
    () => this.language,
    () => this.#shownZone,
  );

  readonly formatMoments = (values: MessageValues): MessageValues =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string' && INSTANT.test(value) ? this.format.local(value as Instant) : value,
      ]),
    );

  constructor(chosen: () => Language, zone: () => Zone, languages: Languages = { isLoaded, load: loadLanguages }) {
    this.#chosen = chosen;
    this.#zone = zone;
    this.#languages = languages;
    this.#look();
  }

  get wording(): { language: Language; translate: Translate; zone: Zone } {
    return { language: this.language, translate: this.t, zone: this.#shownZone };
  }

  get isReady(): boolean {
    return this.#loaded.length > 0;
  }

  async load(languages: readonly Language[] = [this.#chosen()]): Promise<void> {
    try {
      await this.#languages.load(languages);
    } finally {
      this.#look();
    }
  }

  #look(): void {
    this.#loaded = LANGUAGES.filter((language) => this.#languages.isLoaded(language));
  }

  readonly t = (key: MessageKey, values?: MessageValues): string => this.#translate(key, values);

  /** Returns the text for a key that comes from data; the key itself if no catalogue has it. */
  readonly lookUp = (key: string, values?: MessageValues): string => this.optional(key, values) ?? key;

  /** Returns `undefined` if no catalogue has the key. */
  readonly optional = (key: string, values?: MessageValues): string | undefined =>
    isMessageKey(key) ? this.#translate(key, values) : undefined;
}

export const [useText, provideText] = createContext<TextState>();
