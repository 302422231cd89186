/**
 * Counts the edits (inserting, deleting or replacing a character, or swapping neighbours) between two strings, but no
 * more than `most + 1`. Optimal string alignment: no part is edited twice.
 */
export function editDistance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let last: number[] = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      let distance = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && isSwapped) distance = Math.min(distance, (before[column - 2] ?? 0) + 1);
      current.push(distance);
      least = Math.min(least, distance);
    }
    if (least > most) return most + 1;
    before = last;
    last = current;
  }
  return Math.min(last[other.length] ?? 0, most + 1);
}

/** Returns the nearest string within `most` edits, ignoring case; in a tie, the first. */
export function nearest(
  text: string,
  known: readonly string[],
  most: number | ((candidate: string) => number),
): string | undefined {
  const folded = text.toLowerCase();
  let [best, least]: [string | undefined, number] = [undefined, Infinity];
  for (const candidate of known) {
    const limit = Math.min(least - 1, typeof most === 'number' ? most : most(candidate));
    const distance = editDistance(folded, candidate.toLowerCase(), limit);
    if (distance <= limit) [best, least] = [candidate, distance];
  }
  return best;
}

/** More than twice the length of any known name. */
const LONGEST = 48;

/**
 * Returns the known name with the fewest edits (a letter added, omitted, replaced or swapped with its neighbour): at
 * most one, or a third of the name's length.
 */
export function nearestName(word: string, known: readonly string[]): string | undefined {
  return word.length > LONGEST ? undefined : nearest(word, known, ({ length }) => Math.max(1, Math.floor(length / 3)));
}
