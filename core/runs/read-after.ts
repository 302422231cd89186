import { readKnownFiles } from '../inventory/fleet.ts';
import { InventoryService } from '../inventory/service.ts';
import type { InventoryStore } from '../inventory/store/inventory-store.ts';
import type { RunBaseline } from './model/run.ts';
import { keepSimulated } from './simulated-changes.ts';
import type { StepRunner } from './target.ts';
import { EngineFleet } from './targets/engine-fleet.ts';

type ReadingPorts = ConstructorParameters<typeof InventoryService>[0]['ports'] &
  Parameters<typeof readKnownFiles>[0] &
  Parameters<typeof keepSimulated>[0];

/**
 * Brings the inventory up to date after a run: applies the results of the simulation, or reads `paths` again, by default
 * all known files.
 */
export async function readAfterRun(
  ports: ReadingPorts,
  store: InventoryStore,
  run: { target: StepRunner; before: readonly RunBaseline[]; paths?: readonly string[] },
): Promise<void> {
  const { target, before, paths = [] } = run;
  if (target instanceof EngineFleet) await keepSimulated(ports, store, { simulated: target, of: before });
  else if (paths.length > 0) await new InventoryService({ ports, store }).importFiles([...paths]);
  else await readKnownFiles(ports, store);
}
