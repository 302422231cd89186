import { getContext, setContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import type { Citation } from '../../../core/shared/citation.ts';
import { distinctBy } from '../../../core/shared/lists.ts';

const KEY = Symbol('source card');

/** The sources of everything that a card says. Its marks register them, so that one button can list them all. */
export class SourceCard {
  readonly #lists = new SvelteSet<() => readonly Citation[]>();
  readonly citations = $derived(
    distinctBy(
      [...this.#lists].flatMap((list) => list()),
      ({ work, place, certainty }) => [certainty, work, place].join('\n'),
    ),
  );

  add(list: () => readonly Citation[]): () => void {
    this.#lists.add(list);
    return () => this.#lists.delete(list);
  }
}

export function provideSourceCard(): SourceCard {
  return setContext(KEY, new SourceCard());
}

/** Returns `undefined` outside of a card. */
export function findSourceCard(): SourceCard | undefined {
  return getContext(KEY);
}
