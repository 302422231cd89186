import type { Store } from '../store/data-store.ts';
import { columnSource } from '../store/rows.ts';
import type { StoreOptions } from '../store/store.ts';
import type { Ports } from '../../shared/ports.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { unlessAbsent } from '../../store/durable-json-file.ts';
import { JOINED_FILE } from '../../store/data-layout.ts';

declare module '../../shared/verb/world.ts' {
  interface DataStores {
    openStore(ports: Ports, dataFolder: string, options?: StoreOptions): Promise<Store>;
  }
}

/** Opens the inventory; first refreshes the copy of a shared store, and says if that fails. Throws `store.absent`. */
export async function openInventoryToRead(invocation: Invocation): Promise<Store> {
  const { world, ports, dataFolder } = invocation;
  const path = ports.files.join(dataFolder, JOINED_FILE);
  if ((await unlessAbsent(ports.files.facts(path))) !== undefined) await refreshCopy(invocation);
  return world.openToRead(invocation, world.openStore);
}

async function refreshCopy(invocation: Invocation): Promise<void> {
  const { translate, world } = invocation;
  try {
    // Opening the copy refreshes it.
    const state = await world.workAlone(invocation, world.openStore, async (store) => store.shared?.state());
    if (state?.problem === undefined) return;
    world.notice(translate(`problem.${state.problem.code}`, state.problem.params));
    world.notice(translate('cli.inventory.copy', { currentAt: state.currentAt ?? 'none' }));
  } catch (error) {
    // The console that holds the lock keeps the copy current.
    if (!(error instanceof ConsoleError) || error.code !== 'store.locked') throw error;
  }
}

/** Runs `work` while no other process can use the inventory. Throws `store.locked`. */
export function useInventory<T>(invocation: Invocation, work: (store: Store) => Promise<T>): Promise<T> {
  const { world } = invocation;
  // Verbs that change many clusters also write the columns that list them; see `InventoryService.settle`.
  const open = (ports: Ports, dataFolder: string): Promise<Store> =>
    world.openStore(ports, dataFolder, { columns: columnSource(ports), readsAll: true });
  return world.workAlone(invocation, open, work);
}
