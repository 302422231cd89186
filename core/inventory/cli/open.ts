import type { Store } from '../store/data-store.ts';
import { columnSource } from '../store/rows.ts';
import type { StoreOptions } from '../store/store.ts';
import type { Ports } from '../../shared/ports.ts';
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

/** Runs `work` as the only user of the inventory. `store.locked`. */
export function useInventory<T>(invocation: Invocation, work: (store: Store) => Promise<T>): Promise<T> {
  const { world } = invocation;
  // A verb that changes many clusters also writes the columns that list them; see `InventoryService.settle`.
  const open = (ports: Ports, dataFolder: string): Promise<Store> =>
    world.openStore(ports, dataFolder, { columns: columnSource(ports), readsAll: true });
  return world.workAlone(invocation, open, work);
}
