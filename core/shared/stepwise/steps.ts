/** Work in steps, none of which takes long: whoever runs it does something else in between, or ends it. */
export type Stepwise<T> = Generator<undefined, T, undefined>;

/** Runs all of it without a pause. */
export function runSteps<T>(steps: Stepwise<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** So many are sorted in about a millisecond. */
const SORTED_AT_ONCE = 1_024;

/** A sorted copy. What compares as equal keeps its order, as with `Array.sort`. */
export function* sortSteps<T>(items: readonly T[], compare: (left: T, right: T) => number): Stepwise<T[]> {
  if (yield* isSorted(items, compare)) return items.slice();
  let runs: T[][] = [];
  for (let start = 0; start < items.length; start += SORTED_AT_ONCE) {
    runs.push(items.slice(start, start + SORTED_AT_ONCE).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let at = 0; at < runs.length; at += 2)
      merged.push(yield* mergeSteps(runs[at] ?? [], runs[at + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

/** As files are, which are read in their order. */
function* isSorted<T>(items: readonly T[], compare: (left: T, right: T) => number): Stepwise<boolean> {
  for (let at = 1; at < items.length; at += 1) {
    if (compare(items[at - 1]!, items[at]!) > 0) return false;
    if (at % SORTED_AT_ONCE === 0) yield;
  }
  return true;
}

function* mergeSteps<T>(
  left: readonly T[],
  right: readonly T[],
  compare: (left: T, right: T) => number,
): Stepwise<T[]> {
  const merged: T[] = [];
  let at = 0;
  for (const [position, one] of left.entries()) {
    for (let other = right[at]; at < right.length && compare(one, other as T) > 0; other = right[at]) {
      merged.push(other as T);
      at += 1;
    }
    merged.push(one);
    if (position % SORTED_AT_ONCE === 0) yield;
  }
  for (const rest of right.slice(at)) merged.push(rest);
  return merged;
}
