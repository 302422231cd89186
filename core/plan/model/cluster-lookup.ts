interface Called {
  id?: string;
  name: string;
}

/**
 * Which clusters a word means. A cluster keeps its id when it is renamed, so that the id of one may be the name of another:
 * programs ask by id, while people know the names that they see.
 */
export class ClusterLookup<C extends Called> {
  readonly #byId: ReadonlyMap<string, readonly C[]>;
  readonly #byName: ReadonlyMap<string, readonly C[]>;

  constructor(clusters: readonly C[]) {
    this.#byId = groupBy(clusters, ({ id }) => id);
    this.#byName = groupBy(clusters, ({ name }) => name);
  }

  /**
   * The cluster with that id, otherwise those of that name. With `namesFirst`, as for words that somebody typed, those of
   * that name, otherwise the one with that id.
   */
  find(word: string, { namesFirst = false }: { namesFirst?: boolean } = {}): readonly C[] {
    const [first, second] = namesFirst ? [this.#byName, this.#byId] : [this.#byId, this.#byName];
    return first.get(word) ?? second.get(word) ?? [];
  }
}

function groupBy<C>(all: readonly C[], keyOf: (one: C) => string | undefined): ReadonlyMap<string, readonly C[]> {
  const groups = new Map<string, C[]>();
  for (const one of all) {
    const key = keyOf(one);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}
