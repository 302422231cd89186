import type { Store } from '../store/data-store.ts';
import { columnSource } from '../store/rows.ts';
import type { StoreOptions } from '../store/store.ts';
import type { Ports } from '../../shared/ports.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';

declare module '../../shared/verb/world.ts' {
  interface DataStores {
    openStore(ports: Ports, dataFolder: string, options?: StoreOptions): Promise<Store>;
  }
}

/** Throws `store.absent`. */
export function openInventoryToRead(invocation: Invocation): Promise<Store> {
  const { world } = invocation;
  return world.openToRead(invocation, world.openStore);
}

/** Runs `work` while no other process can use the inventory. Throws `store.locked`. */
export function useInventory<T>(invocation: Invocation, work: (store: Store) => Promise<T>): Promise<T> {
  const { world } = invocation;
  // Verbs that change many clusters also write the columns that list them; see `InventoryService.settle`.
  const open = (ports: Ports, dataFolder: string): Promise<Store> =>
    world.openStore(ports, dataFolder, { columns: columnSource(ports), readsAll: true });
  return world.workAlone(invocation, open, work);
}
