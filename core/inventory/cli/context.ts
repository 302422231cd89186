import type { Cluster } from '../model/credential.ts';
import { ClusterLookup } from '../../plan/model/cluster-lookup.ts';
import { ConsoleError, refuseUnreadable } from '../../shared/problem.ts';
import type { Ports } from '../../shared/ports.ts';
import type { InventoryStore } from '../store/inventory-store.ts';
import type { ImportProgress } from '../model/import-progress.ts';
import { InventoryService } from '../service.ts';
import type { Store } from '../store/data-store.ts';
import { columnSource } from '../store/rows.ts';
import type { StoreOptions } from '../store/store.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';

declare module '../../shared/verb/world.ts' {
  interface DataStores {
    /** Opens the inventory with the settings of the data folder. */
    openStore(ports: Ports, dataFolder: string, options?: StoreOptions): Promise<Store>;
  }
}

/** Opens the inventory for reading. `store.absent`. */
export function openInventoryToRead(invocation: Invocation): Promise<Store> {
  const { world } = invocation;
  return world.openToRead(invocation, world.openStore);
}

/** Works with the inventory as its only user. `store.locked`. */
export function withInventory<T>(invocation: Invocation, work: (store: Store) => Promise<T>): Promise<T> {
  const { world } = invocation;
  // Whoever changes many clusters there writes what a list of them shows as well: see `InventoryService.settle`.
  const open = (ports: Ports, dataFolder: string): Promise<Store> =>
    world.openStore(ports, dataFolder, { columns: columnSource(ports), readsAll: true });
  return world.workAlone(invocation, open, work);
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
