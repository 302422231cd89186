import { keepSimulated } from '../../sample/simulated-changes.ts';
import { readKnownFiles } from '../../inventory/fleet.ts';
import type { Plan } from '../../plan/model/plan.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { hasBegun, type RunBaseline, type RunOutcome, type RunRecord } from '../model/run.ts';
import { runBaseline, runOutcome } from '../model/outcome.ts';
import type { StepRunner } from '../target.ts';
import { EngineFleet } from '../targets/engine-fleet.ts';
import { importPaths } from '../../inventory/import.ts';
import type { InventoryStore } from '../../inventory/store/inventory-store.ts';
import { memoryStore } from '../../inventory/store/memory-store.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { readFleet } from '../../expiry/cli/fleet.ts';
import { inventoryPaths } from '../../inventory/cli/read-clusters.ts';

/** What the inventory shows about a plan's clusters before it is run. */
export async function readBaseline(invocation: Invocation, plan: Plan): Promise<RunBaseline[]> {
  const { fleet } = await readFleet(invocation, inventoryPaths(invocation), { isOptional: true });
  return runBaseline(plan, judgeClusters(fleet.clusters, fleet));
}

/**
 * The inventory after a run: the named files read again, otherwise everything that the data folder knows; for a sample,
 * what the engine has issued. `undefined` where nothing was done, nothing was known before, or another program has the
 * data folder, which is reported.
 */
export async function findOutcome(
  invocation: Invocation,
  run: RunRecord,
  target: StepRunner,
): Promise<RunOutcome | undefined> {
  const { world, ports, dataFolder, translate } = invocation;
  const { before } = run;
  if (before === undefined || !hasBegun(run)) return undefined;
  const paths = inventoryPaths(invocation);
  const { fleet } = await readFleet(invocation, paths, { isOptional: true });
  const told = (store: InventoryStore): RunOutcome => {
    const now = ports.clock.now();
    return runOutcome(before, judgeClusters(store.clusters(), { ...fleet, now }), now);
  };
  if (paths.length > 0) {
    const store = memoryStore();
    for (const cluster of fleet.clusters) await store.update(cluster);
    if (target instanceof EngineFleet) await keepSimulated(ports, store, { simulated: target, of: before });
    else await importPaths(ports, store, paths);
    return told(store);
  }
  try {
    return await world.withStore(ports, dataFolder, async (store) => {
      if (target instanceof EngineFleet) await keepSimulated(ports, store, { simulated: target, of: before });
      else await readKnownFiles(ports, store);
      return told(store);
    });
  } catch (error) {
    if (!(error instanceof ConsoleError) || error.code !== 'store.locked') throw error;
    world.notice(translate('cli.run.not-read-again'));
    return undefined;
  }
}
