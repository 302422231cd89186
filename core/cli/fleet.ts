import type { JudgedFleet } from '../expiry/model/judged-fleet.ts';
import { judgeFleet } from '../inventory/fleet.ts';
import { inspectPaths } from '../inventory/read/inspect.ts';
import { DEFAULT_SETTINGS } from '../settings/model/settings.ts';
import type { Finding } from '../shared/finding.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { Invocation } from './invocation.ts';
import { splitList } from './options.ts';

/** What services of a verb judge, and what was wrong when it was read. */
export interface ReadFleet {
  fleet: JudgedFleet;
  findings: readonly Finding[];
}

/** The files at `paths` on their own, by the default settings; without any the inventory of the data folder, by its own. */
export async function readFleet(
  { paths: own, ports, world, dataFolder }: Pick<Invocation, 'paths' | 'ports' | 'world' | 'dataFolder'>,
  paths: readonly string[] = own,
): Promise<ReadFleet> {
  if (paths.length > 0) {
    const { clusters, findings } = await inspectPaths(ports, paths);
    return { fleet: judgeFleet(clusters, DEFAULT_SETTINGS, ports.clock.now()), findings };
  }
  const store = await world.openReadOnly(ports, dataFolder);
  const fleet = judgeFleet(store.clusters(), store.settings(), ports.clock.now());
  return { fleet, findings: store.findings() };
}

/** The paths that `--inventory` names; none for the data folder. */
export function inventoryPaths({ line, world }: Pick<Invocation, 'line' | 'world'>): string[] {
  return (line.values.inventory ?? []).map((path) => world.absolute(path));
}

/** Which clusters a verb is about: those named by `--cluster`, by name or id, else all. `cluster.unknown`. */
export function wantedClusters(
  { line }: Pick<Invocation, 'line'>,
  clusters: readonly { id: string; name: string }[],
): (cluster: { id: string; name: string }) => boolean {
  const wanted = splitList(line.values.cluster);
  for (const cluster of wanted)
    if (!clusters.some(({ id, name }) => id === cluster || name === cluster))
      throw new ConsoleError('cluster.unknown', { cluster });
  return ({ id, name }) => wanted.length === 0 || wanted.includes(id) || wanted.includes(name);
}

/** The same fleet with the clusters alone that `--cluster` names. `cluster.unknown`. */
export function wantedFleet(invocation: Pick<Invocation, 'line'>, fleet: JudgedFleet): JudgedFleet {
  const isWanted = wantedClusters(invocation, fleet.clusters);
  const clusters = fleet.clusters.filter(isWanted);
  const ids = new Set<string>(clusters.map(({ id }) => id));
  return { ...fleet, clusters, rows: fleet.rows.filter(({ clusterId }) => ids.has(clusterId)) };
}
