import type { ClusterId, CredentialId } from '../shared/ids.ts';
import type { Cluster } from './model/credential.ts';
import type { Ports } from '../shared/ports.ts';
import type { InventoryStore } from './store/inventory-store.ts';
import { compareText } from './assign/candidate.ts';
import { removeCredentials } from './model/correction.ts';
import { isReadAgain } from './store/readings.ts';
import type { Instant } from '../shared/instant.ts';
import type { LongWork } from './long-work.ts';
import { mergeInto, type Merged } from './merge.ts';
import { comparePrimary, nameGroups, emptyCluster, type NamedGroup } from './assign/naming.ts';
import type { ClusterGroup } from './assign/assign-cluster.ts';

export interface StorableCluster {
  cluster: Cluster;
  changed: boolean;
  /** Whether everything in the cluster was found again and nothing else changed. */
  isReadAgain: boolean;
}

export interface ChangedCluster extends Merged, StorableCluster {}

export interface StorableChanges {
  targets: StorableCluster[];
  /** Clusters that lose credentials to other clusters. */
  shrunk: Cluster[];
  emptied: ClusterId[];
}

/** Computes the clusters formed by the groups without writing. `isSample`: new clusters belong to a sample fleet. */
export async function clusterChanges(
  { ports: { crypto }, store, work }: { ports: Pick<Ports, 'crypto'>; store: InventoryStore; work: LongWork },
  groups: readonly ClusterGroup[],
  { isSample, readAt: now }: { isSample: boolean; readAt: Instant },
): Promise<StorableChanges & { targets: ChangedCluster[] }> {
  if (groups.length === 0) return { targets: [], shrunk: [], emptied: [] };
  const clusters = store.clusters();
  const leaving = new Map<ClusterId, Set<CredentialId>>();
  for (const { arrivals } of groups) {
    for (const { from, credential } of arrivals) {
      leaving.set(from.id, (leaving.get(from.id) ?? new Set()).add(credential.id));
    }
  }
  const absorbed = new Set<ClusterId>();
  const targets: ChangedCluster[] = [];
  const remaining = clusters.filter((one) => {
    const ids = leaving.get(one.id);
    return ids === undefined || one.credentials.some(({ id }) => !ids.has(id));
  });
  for (const { group, ...naming } of nameGroups(crypto, remaining, groups)) {
    await work.pause();
    const [kept, ...others] = group.stored.sort((left, right) => comparePrimary(clusters, left, right));
    for (const { id } of others) absorbed.add(id);
    const before = kept ?? emptyCluster(crypto, group, { name: naming.name, isSample });
    const refreshed = refreshDescription(before, group, naming);
    const gone = leaving.get(before.id);
    const base = gone === undefined ? refreshed : removeCredentials(refreshed, gone);
    const joining = others.map((cluster) => removeCredentials(cluster, leaving.get(cluster.id)));
    const { candidates, arrivals } = group;
    const credentials = [
      ...joining.flatMap((cluster) => cluster.credentials),
      ...arrivals.map(({ credential }) => credential),
    ];
    const history = [...joining, ...arrivals].flatMap((one) => one.history);
    const merged = mergeInto(base, { candidates, credentials, history, now });
    const changed = merged.cluster !== kept;
    const isAgain = changed && kept !== undefined && isReadAgain(kept, merged.cluster, now);
    targets.push({ ...merged, changed, isReadAgain: isAgain });
  }
  const written = new Set(targets.map(({ cluster }) => cluster.id));
  const shrunk: Cluster[] = [];
  const emptied = [...absorbed];
  for (const [id, ids] of leaving) {
    const cluster = store.cluster(id);
    if (cluster === undefined || absorbed.has(id) || written.has(id)) continue;
    const rest = removeCredentials(cluster, ids);
    if (rest.credentials.length + rest.history.length === 0) emptied.push(id);
    else shrunk.push(rest);
  }
  for (const target of targets) {
    const { credentials, history, id } = target.cluster;
    if (credentials.length + history.length > 0) continue;
    target.changed = false;
    if (store.cluster(id) !== undefined) emptied.push(id);
  }
  return { targets, shrunk, emptied };
}

/** Returns the same object if nothing differs. */
function refreshDescription(
  cluster: Cluster,
  group: ClusterGroup,
  { name, evidence, commandName: proven }: Omit<NamedGroup, 'group'>,
): Cluster {
  const fresh = [...group.addresses].filter((address) => !cluster.addresses.includes(address));
  const others = group.stored.flatMap(({ addresses }) => addresses);
  const addresses = [...new Set([...cluster.addresses, ...others, ...fresh.sort(compareText)])];
  const named = [cluster, ...group.stored].flatMap((each) => each.cloudAgents ?? []);
  const cloudAgents = [...new Set([...named, ...[...group.cloudAgents].sort(compareText)])];
  const joining = group.stored.filter(({ id }) => id !== cluster.id);
  const revocations = joining.flatMap((other) => other.revocations ?? []);
  const { commandName: former, ...rest } = cluster;
  const commandName = cluster.name === name ? (former ?? proven) : proven;
  const isNamed = cluster.name === name && cluster.nameEvidence === evidence && former === commandName;
  const isKnown =
    addresses.length === cluster.addresses.length && cloudAgents.length === (cluster.cloudAgents ?? []).length;
  const isSame = isNamed && isKnown && revocations.length === 0;
  if (isSame) return cluster;
  return {
    ...rest,
    name,
    ...(commandName !== undefined && { commandName }),
    ...(evidence !== undefined && { nameEvidence: evidence }),
    addresses,
    ...(cloudAgents.length > 0 && { cloudAgents }),
    // If both clusters have the same RenewRevocation, the import keeps the newer one afterwards.
    ...(revocations.length > 0 && { revocations: [...(cluster.revocations ?? []), ...revocations] }),
  };
}
