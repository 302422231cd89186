import type { ClusterId } from '../../shared/ids.ts';

/** Finds the cluster referred to by the name of an identity, such as `KMSPlugin-retail-east-moc-kms-plugin`. */
export class NameFinder {
  readonly #byName: Map<string, ClusterId>;
  readonly #mostParts: number;

  constructor(clusters: readonly { id: ClusterId; name: string }[]) {
    this.#byName = new Map(clusters.map(({ name, id }) => [name.toLowerCase(), id]));
    this.#mostParts = Math.max(0, ...clusters.map(({ name }) => name.split('-').length));
  }

  /** The longest match wins, so that `east-2` is not taken for `east`. */
  find(identity: string): ClusterId | undefined {
    const parts = identity.toLowerCase().split('-');
    for (let length = Math.min(this.#mostParts, parts.length); length > 0; length--)
      for (let start = 0; start + length <= parts.length; start++) {
        const found = this.#byName.get(parts.slice(start, start + length).join('-'));
        if (found !== undefined) return found;
      }
    return undefined;
  }
}
