/* Finds phrases that follow one another, in time that grows with the length of the text, not with its contents. */

/** The positions of one sign's phrases, one offset each, in order. */
export type Chain = readonly number[];

/** Enough of them to show what a text is about, however repetitive it is. */
const MOST_POSITIONS = 10_000;

/** The places of phrases in one text; each phrase is searched for once. */
export class PhraseSearch {
  readonly #text: string;
  readonly #positions = new Map<string, readonly number[]>();

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * Every place where the phrases occur in this order with at most `gap` letters between two of them. If the last
   * phrase occurs several times there are several chains; the nearest place of each earlier phrase counts.
   */
  chains(phrases: readonly string[], gap: number): Chain[] {
    let chains: { chain: number[]; end: number }[] = [];
    for (const [index, phrase] of phrases.entries()) {
      const places = this.#places(phrase);
      if (places.length === 0) return [];
      chains =
        index === 0
          ? places.map((place) => ({ chain: [place], end: place + phrase.length }))
          : joined(chains, places, { gap, length: phrase.length });
      if (chains.length === 0) return [];
    }
    return chains.map(({ chain }) => chain);
  }

  #places(phrase: string): readonly number[] {
    const known = this.#positions.get(phrase);
    if (known !== undefined) return known;
    const places: number[] = [];
    let at = this.#text.indexOf(phrase);
    while (at >= 0 && places.length < MOST_POSITIONS) {
      places.push(at);
      at = this.#text.indexOf(phrase, at + phrase.length);
    }
    this.#positions.set(phrase, places);
    return places;
  }
}

function joined(
  chains: readonly { chain: number[]; end: number }[],
  places: readonly number[],
  { gap, length }: { gap: number; length: number },
): { chain: number[]; end: number }[] {
  const longer: { chain: number[]; end: number }[] = [];
  let next = 0;
  let before: { chain: number[]; end: number } | undefined;
  for (const place of places) {
    for (let candidate = chains[next]; candidate !== undefined && candidate.end <= place; candidate = chains[next]) {
      before = candidate;
      next += 1;
    }
    if (before !== undefined && place - before.end <= gap)
      longer.push({ chain: [...before.chain, place], end: place + length });
  }
  return longer;
}
