import { nearest } from '../../knowledge/model/edit-distance.ts';

/** More than twice the length of any known name. */
const LONGEST = 48;

/**
 * Returns the known name with the fewest edits (a letter added, omitted, replaced or swapped with its neighbour): at
 * most one, or a third of the name's length.
 */
export function nearestName(word: string, known: readonly string[]): string | undefined {
  return word.length > LONGEST ? undefined : nearest(word, known, ({ length }) => Math.max(1, Math.floor(length / 3)));
}
