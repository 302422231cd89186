/** So many clusters are found by looking. */
export const FEW_CLUSTERS = 20;

/** Those with this in their names, in whatever case; all of them where it is blank. */
export function withName<T>(all: readonly T[], query: string, nameOf: (one: T) => string): readonly T[] {
  const wanted = query.trim().toLowerCase();
  return wanted === '' ? all : all.filter((one) => nameOf(one).toLowerCase().includes(wanted));
}
