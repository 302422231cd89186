import type { Cluster } from '../model/credential.ts';
import { ClusterLookup } from '../../plan/model/cluster-lookup.ts';
import { ConsoleError, refuseUnreadable } from '../../shared/problem.ts';
import type { Ports } from '../../shared/ports.ts';
import type { InventoryStore } from '../store/inventory-store.ts';
import type { ImportProgress } from '../model/import-progress.ts';
import { InventoryService } from '../service.ts';
import type { Store } from '../store/data-store.ts';

declare module '../../shared/verb/world.ts' {
  interface DataStores {
    /** Opens the inventory for reading; never creates or changes anything. `store.absent`, as for each method that reads. */
    openReadOnly(ports: Ports, dataFolder: string): Promise<Store>;
    /** Opens it exclusively, runs `work`, closes it. `store.locked` when another process has it. */
    withStore<T>(ports: Ports, dataFolder: string, work: (store: Store) => Promise<T>): Promise<T>;
  }
}

/** The service of the window over a store that a verb has opened. */
export function inventoryOver(
  ports: Ports,
  store: InventoryStore,
  onProgress?: (progress: ImportProgress) => void,
): InventoryService {
  return new InventoryService({ ports, store, onProgress });
}

/** The cluster with a name, otherwise id. `cluster.unknown`; another problem where it may be in a file that cannot be read. */
export function clusterNamed(store: InventoryStore, wanted: string): Cluster {
  const [cluster] = new ClusterLookup(store.clusters()).find(wanted, { namesFirst: true });
  if (cluster !== undefined) return cluster;
  refuseUnreadable(store.unreadable());
  throw new ConsoleError('cluster.unknown', { cluster: wanted });
}
