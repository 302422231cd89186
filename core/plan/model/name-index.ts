import type { ClusterId } from '../../shared/ids.ts';

/**
 * Finds the cluster whose name is contained in the name of an identity, such as `KMSPlugin-retail-east-moc-kms-plugin`.
 */
export type FindByName = (identity: string) => ClusterId | undefined;

export function nameFinder(clusters: readonly { id: ClusterId; name: string }[]): FindByName {
  const byName = new Map(clusters.map(({ name, id }) => [name.toLowerCase(), id]));
  const mostParts = Math.max(0, ...clusters.map(({ name }) => name.split('-').length));
  return (identity) => {
    const parts = identity.toLowerCase().split('-');
    // The longest match is used, so that `east-2` is not mistaken for `east`.
    for (let length = Math.min(mostParts, parts.length); length > 0; length--)
      for (let start = 0; start + length <= parts.length; start++) {
        const found = byName.get(parts.slice(start, start + length).join('-'));
        if (found !== undefined) return found;
      }
    return undefined;
  };
}
