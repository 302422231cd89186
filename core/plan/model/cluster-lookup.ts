import { addTo } from '../../shared/lists.ts';

/**
 * Finds the clusters that a word names. A renamed cluster keeps its id, so one cluster's id may be another's name:
 * programs look up ids, people type names.
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

  /**
   * Returns the cluster with that id, or else those of that name; `namesFirst`, for words that people typed, reverses
   * this.
   */
  find(word: string, { namesFirst = false }: { namesFirst?: boolean } = {}): readonly C[] {
    const [first, second] = namesFirst ? [this.#byName, this.#byId] : [this.#byId, this.#byName];
    return first.get(word) ?? second.get(word) ?? [];
  }
}
