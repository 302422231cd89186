import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import { type Cluster, type Placement, allCredentials, collectHistory } from './credential.ts';

export interface Correction {
  from: ClusterId;
  into: ClusterId;
  credentialIds: readonly CredentialId[];
  /** Whether the whole cluster becomes part of `into`. */
  merges?: true;
}

/** Returns the same object if it contains none of the credentials. */
export function removeCredentials(cluster: Cluster, ids: ReadonlySet<CredentialId> | undefined): Cluster {
  if (ids === undefined) return cluster;
  const gone = new Set([...ids].flatMap((id) => collectHistory(cluster, id)));
  return {
    ...cluster,
    credentials: cluster.credentials.filter(({ id }) => !ids.has(id)),
    history: cluster.history.filter((replaced) => !gone.has(replaced)),
  };
}

export function isArrived(into: Cluster | undefined, { credentialIds }: Correction): boolean {
  if (into === undefined || credentialIds.length === 0) return false;
  const there = new Set(allCredentials(into).map(({ id }) => id));
  return credentialIds.every((id) => there.has(id));
}

/** Returns `undefined` if nothing is left. */
export function findRemainder(from: Cluster, { credentialIds, merges }: Correction): Cluster | undefined {
  const ids = new Set(credentialIds);
  const rest = removeCredentials(from, ids);
  // A merge moves the whole history, regardless of what replaced its credentials.
  const history = merges ? rest.history.filter(({ credential }) => !ids.has(credential.id)) : rest.history;
  return rest.credentials.length + history.length === 0 ? undefined : { ...rest, history };
}

/**
 * Returns all placements after credentials have moved from `from` to `into`. `from` is the cluster as it was before the
 * move.
 */
export function correctPlacements(
  placements: readonly Placement[],
  from: Cluster,
  { into, credentialIds, merges }: Correction,
): Placement[] {
  const ids = new Set(credentialIds);
  // Empty if the credentials were already removed; the placements then exist.
  const moved = from.credentials.filter(({ id }) => ids.has(id));
  const movedIds = new Set(moved.map(({ id }) => id));
  const others = placements
    .filter(({ credentialId }) => !movedIds.has(credentialId))
    .map((placed) => (merges && placed.clusterId === from.id ? { ...placed, clusterId: into } : placed));
  // Files without an authority of their own belong to the cluster only because of these placements.
  const placed = moved.flatMap(({ id, sources }) =>
    sources.map(({ path, entry }) => ({ credentialId: id, path, entry, clusterId: into })),
  );
  return [...others, ...placed];
}
