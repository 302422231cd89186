import { addTo } from '../../shared/lists.ts';

/**
 * Finds clusters by id or name. A renamed cluster keeps its id, so the id of one cluster may be the name of another.
 * Programs look up ids; people type names.
 */
export class ClusterLookup<C extends { id?: string; name: string }> {
  readonly #byId = new Map<string, C[]>();
  readonly #byName = new Map<string, C[]>();

  constructor(clusters: readonly C[]) {
    for (const cluster of clusters) {
      if (cluster.id !== undefined) addTo(this.#byId, cluster.id, cluster);
      addTo(this.#byName, cluster.name, cluster);
    }
  }

  /** Looks up ids, then names; with `namesFirst`, for words that people typed, in the reverse order. */
  find(word: string, { namesFirst = false }: { namesFirst?: boolean } = {}): readonly C[] {
    const [first, second] = namesFirst ? [this.#byName, this.#byId] : [this.#byId, this.#byName];
    return first.get(word) ?? second.get(word) ?? [];
  }
}
