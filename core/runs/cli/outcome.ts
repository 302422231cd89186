import { simulatedClusters } from '../../sample/simulated-changes.ts';
import { readKnownFiles } from '../../console.ts';
import { assess } from '../../expiry/model/assess.ts';
import type { LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import type { Cluster } from '../../inventory/model/credential.ts';
import { msOf } from '../../shared/instant.ts';
import type { Plan } from '../../plan/model/plan.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { hasBegun, type RunBaseline, type RunOutcome, type RunRecord } from '../model/run.ts';
import { runBaseline, runOutcome, type JudgedCluster } from '../model/outcome.ts';
import type { Target } from '../target.ts';
import { EngineFleet } from '../targets/engine-fleet.ts';
import { importPaths } from '../../inventory/import.ts';
import { rowsOf } from '../../inventory/rows.ts';
import type { InventoryStore } from '../../store/inventory-store.ts';
import { memoryStore } from '../../store/memory-store.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { sourceOf } from '../../revocation/cli/inventory-source.ts';

/** What the inventory says of the clusters of a plan before it is run. */
export async function baselineOf(invocation: Invocation, plan: Plan): Promise<RunBaseline[]> {
  const { clusters, classes } = await inventoryOf(invocation);
  return runBaseline(plan, judged(invocation, clusters, classes));
}

/**
 * The inventory after a run: the named files read again, else all that the data folder knows; of a sample what the engine has
 * issued. `undefined` where nothing was done, nothing was known before, or another program has the data folder, which is told.
 */
export async function outcomeOf(
  invocation: Invocation,
  run: RunRecord,
  target: Target,
): Promise<RunOutcome | undefined> {
  const { world, ports, dataFolder, translate } = invocation;
  const { before } = run;
  if (before === undefined || !hasBegun(run)) return undefined;
  const { clusters, classes, paths } = await inventoryOf(invocation);
  const told = (store: InventoryStore): RunOutcome =>
    runOutcome(before, judged(invocation, store.clusters(), classes), ports.clock.now());
  if (paths.length > 0) {
    const store = memoryStore();
    for (const cluster of clusters) await store.update(cluster);
    if (target instanceof EngineFleet) await keepSimulated(invocation, store, { before, target });
    else await importPaths(ports, store, paths);
    return told(store);
  }
  try {
    return await world.withStore(ports, dataFolder, async (store) => {
      if (target instanceof EngineFleet) await keepSimulated(invocation, store, { before, target });
      else await readKnownFiles(ports, store);
      return told(store);
    });
  } catch (error) {
    if (!(error instanceof ConsoleError) || error.code !== 'store.locked') throw error;
    world.notice(translate('cli.run.not-read-again'));
    return undefined;
  }
}

async function inventoryOf(invocation: Invocation) {
  const { line, world } = invocation;
  const paths = (line.values.inventory ?? []).map((path) => world.absolute(path));
  return { ...(await sourceOf({ ...invocation, paths })), paths };
}

function judged({ ports }: Invocation, clusters: readonly Cluster[], classes: LifetimeClasses): JudgedCluster[] {
  const nowMs = msOf(ports.clock.now());
  return clusters.map((cluster) => ({ cluster, assessments: assess(rowsOf(cluster), { nowMs, classes }) }));
}

async function keepSimulated(
  { ports }: Invocation,
  store: InventoryStore,
  { before, target: { state, read } }: { before: readonly RunBaseline[]; target: EngineFleet },
): Promise<void> {
  const clusters = before.flatMap(({ id }) => store.cluster(id) ?? []);
  const known = { clusters, now: ports.clock.now() };
  for (const cluster of await simulatedClusters(ports, { state, ...read }, known)) await store.update(cluster);
}
