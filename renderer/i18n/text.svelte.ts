import { getContext, setContext } from 'svelte';
import type { Instant } from '../../core/shared/instant.ts';
import {
  isMessageKey,
  translator,
  type Language,
  type MessageKey,
  type MessageValues,
  type Translate,
} from '../../core/text/text.ts';
import type { Zone } from '../../core/text/time.ts';
import { Formatter } from '../format.ts';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u;

const translators = new Map<Language, Translate>();

function createTranslator(language: Language): Translate {
  let known = translators.get(language);
  if (known === undefined) {
    known = translator(language);
    translators.set(language, known);
  }
  return known;
}

/** Texts and formats in the chosen language; everything read from it follows a change of language at once. */
export class TextState {
  #chosen: () => Language;
  #zone: () => Zone;
  readonly language: Language = $derived.by(() => this.#chosen());
  readonly #translate: Translate = $derived(createTranslator(this.language));
  readonly format: Formatter = $derived.by(() => new Formatter(this.language, this.#zone()));

  /** Values for a message, with the instants among them formatted as everywhere else. */
  readonly withMoments = (values: MessageValues): MessageValues =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string' && INSTANT.test(value) ? this.format.local(value as Instant) : value,
      ]),
    );

  constructor(chosen: () => Language, zone: () => Zone) {
    this.#chosen = chosen;
    this.#zone = zone;
  }

  readonly t = (key: MessageKey, values?: MessageValues): string => this.#translate(key, values);

  /** The text of a key that comes as data; the key itself when no catalogue has it, so that nothing gets lost. */
  readonly named = (key: string, values?: MessageValues): string =>
    isMessageKey(key) ? this.#translate(key, values) : key;

  /** Like `named`, but `undefined` for a key that no catalogue has. */
  readonly optional = (key: string, values?: MessageValues): string | undefined =>
    isMessageKey(key) ? this.#translate(key, values) : undefined;
}

const KEY = Symbol('text');

export function provideText(text: TextState): void {
  setContext(KEY, text);
}

export function useText(): TextState {
  return getContext<TextState>(KEY);
}
