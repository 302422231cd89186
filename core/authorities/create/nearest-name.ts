/** More than twice the length of any known name. */
const LONGEST = 48;

/**
 * Returns the known name with the fewest edits (a letter added, omitted, replaced or swapped with its neighbour): at
 * most one, or a third of the name's length.
 */
export function nearestName(word: string, known: readonly string[]): string | undefined {
  if (word.length > LONGEST) return undefined;
  let nearest: string | undefined;
  let fewest = Infinity;
  for (const name of known) {
    const steps = distance(word.toLowerCase(), name.toLowerCase());
    if (steps < fewest && steps <= Math.max(1, Math.floor(name.length / 3))) {
      nearest = name;
      fewest = steps;
    }
  }
  return nearest;
}

/** Computes the restricted Damerau-Levenshtein distance. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (before[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    before = above;
    above = current;
  }
  return above[to.length] ?? 0;
}
