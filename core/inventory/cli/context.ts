import type { Cluster } from '../model/credential.ts';
import { ClusterLookup } from '../../plan/model/cluster-lookup.ts';
import { ConsoleError, refuseUnreadable } from '../../shared/problem.ts';
import type { InventoryStore } from '../store/inventory-store.ts';

/** Finds a cluster by name, or else by id. Throws `cluster.unknown`, or the problem of an unreadable file. */
export function clusterNamed(store: InventoryStore, wanted: string): Cluster {
  const [cluster] = new ClusterLookup(store.clusters()).find(wanted, { namesFirst: true });
  if (cluster !== undefined) return cluster;
  refuseUnreadable(store.unreadable());
  throw new ConsoleError('cluster.unknown', { cluster: wanted });
}
