/** A list of up to this many clusters needs no search. */
export const FEW_CLUSTERS = 20;

export function filterByName<T>(all: readonly T[], query: string, nameOf: (one: T) => string): readonly T[] {
  const wanted = query.trim().toLowerCase();
  return wanted === '' ? all : all.filter((one) => nameOf(one).toLowerCase().includes(wanted));
}
