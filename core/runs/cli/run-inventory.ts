import { listRows } from '../../inventory/store/rows.ts';
import { runOutcome, type RunFleet } from '../model/outcome.ts';
import type { RunBaseline, RunOutcome } from '../model/run.ts';
import { readKnownFiles } from '../../inventory/fleet.ts';
import { InventoryService } from '../../inventory/service.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { InventoryStore } from '../../inventory/store/inventory-store.ts';
import { memoryStore } from '../../inventory/store/memory-store.ts';
import { useInventory } from '../../inventory/cli/open.ts';
import { inventoryPaths } from '../../inventory/cli/read-clusters.ts';
import { readFleet } from '../../expiry/cli/fleet.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';

/** Reads the named files, or else the data folder, which is empty before the first import. */
export async function readRunFleet(invocation: Invocation): Promise<RunFleet> {
  const { fleet } = await readFleet(invocation, inventoryPaths(invocation), { isOptional: true });
  return { ...fleet, listRows };
}

/**
 * Returns the inventory after a run. Reads the named files again, or else all known files. If another program uses the
 * data folder, prints a notice and returns `undefined`.
 */
export async function readRunOutcome(
  invocation: Invocation,
  before: readonly RunBaseline[],
): Promise<RunOutcome | undefined> {
  const { world, ports, translate } = invocation;
  const paths = inventoryPaths(invocation);
  const fleet = await readRunFleet(invocation);
  const readAgain = async (store: InventoryStore): Promise<RunOutcome> => {
    if (paths.length > 0) await new InventoryService({ ports, store }).importFiles([...paths]);
    else await readKnownFiles(ports, store);
    return runOutcome(before, { ...fleet, clusters: store.clusters(), now: ports.clock.now() });
  };
  if (paths.length > 0) {
    const store = memoryStore();
    for (const cluster of fleet.clusters) await store.update(cluster);
    return readAgain(store);
  }
  try {
    return await useInventory(invocation, readAgain);
  } catch (error) {
    if (!(error instanceof ConsoleError) || error.code !== 'store.locked') throw error;
    world.notice(translate('cli.run.not-read-again'));
    return undefined;
  }
}
