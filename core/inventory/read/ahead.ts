/** The system reads as many files in parallel as it has threads; a few more keep the threads busy. */
const AT_ONCE = 16;

export type Attempt<T> = { value: T } | { error: unknown };

/**
 * Yields the results of `action` in the order of the items, including failures. Starts the next few actions early, so
 * that the caller need not wait for the disk or a distant server at every item.
 */
export async function* ahead<In, Out>(
  items: Iterable<In>,
  action: (item: In) => Promise<Out>,
): AsyncGenerator<readonly [In, Attempt<Out>], void> {
  const begun: { item: In; attempted: Promise<Attempt<Out>> }[] = [];
  for (const item of items) {
    begun.push({ item, attempted: attempt(() => action(item)) });
    const first = begun.length < AT_ONCE ? undefined : begun.shift();
    if (first !== undefined) yield [first.item, await first.attempted];
  }
  for (const { item, attempted } of begun) yield [item, await attempted];
}

export async function attempt<T>(action: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await action() };
  } catch (error) {
    return { error };
  }
}
