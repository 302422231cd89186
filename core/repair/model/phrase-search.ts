/* The search time depends on the length of the text, not on its contents. */

/** Offsets of the phrases of one sign. */
export type Chain = readonly number[];

/** Number of occurrences that suffices even for repetitive texts. */
const MOST_POSITIONS = 10_000;

interface SearchedText {
  text: string;
  positions: Map<string, readonly number[]>;
}

/**
 * Finds all occurrences of the phrases in this order with at most `gap` letters in between. Each occurrence of the last
 * phrase results in one chain, with the nearest occurrences of the others.
 */
export function findChains(searched: SearchedText, phrases: readonly string[], gap: number): Chain[] {
  let chains: { chain: number[]; end: number }[] = [];
  for (const [index, phrase] of phrases.entries()) {
    const places = findPlaces(searched, phrase);
    if (places.length === 0) return [];
    chains =
      index === 0
        ? places.map((place) => ({ chain: [place], end: place + phrase.length }))
        : joinChains(chains, places, { gap, length: phrase.length });
    if (chains.length === 0) return [];
  }
  return chains.map(({ chain }) => chain);
}

function findPlaces({ text, positions }: SearchedText, phrase: string): readonly number[] {
  const known = positions.get(phrase);
  if (known !== undefined) return known;
  const places: number[] = [];
  let at = text.indexOf(phrase);
  while (at >= 0 && places.length < MOST_POSITIONS) {
    places.push(at);
    at = text.indexOf(phrase, at + phrase.length);
  }
  positions.set(phrase, places);
  return places;
}

function joinChains(
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
