import type { BoardRow } from '../inventory/model/board-row.ts';
import type { JudgedFleet } from '../expiry/model/judged-fleet.ts';
import { fleetSource, type FleetSource } from '../inventory/fleet.ts';
import { judgeFleet } from '../expiry/fleet.ts';
import { foreignRows } from '../inventory/store/rows.ts';
import { isWatched } from '../inventory/model/foreign.ts';
import { ClusterLookup } from '../plan/model/cluster-lookup.ts';
import { DEFAULT_SETTINGS } from '../settings/model/settings.ts';
import type { Settings } from '../shared/settings.ts';
import type { Finding } from '../shared/finding.ts';
import { ConsoleError, refuseUnreadable } from '../shared/problem.ts';
import type { UnplacedRevocation } from '../inventory/store/inventory-store.ts';
import type { Store } from '../inventory/store/data-store.ts';
import type { Invocation } from './invocation.ts';
import { splitList } from './options.ts';
import { ownCommand, shellWord } from './own-command.ts';

/** What services of a verb judge, and what was wrong when it was read. */
export interface ReadFleet {
  fleet: JudgedFleet;
  settings: Settings;
  /** What is not part of the platform, watched or not. */
  foreign: readonly BoardRow[];
  findings: readonly Finding[];
}

/** Clusters as they were read, with the settings that apply to them. */
export interface ReadClusters extends FleetSource {
  /** RenewRevocation objects whose cluster is unknown. */
  unplaced: readonly UnplacedRevocation[];
  settings: Settings;
  findings: readonly Finding[];
}

/** Of more, a command that is printed names none. */
const PATHS_PRINTED = 5;

type Reader = Pick<Invocation, 'line' | 'paths' | 'ports' | 'world' | 'dataFolder' | 'startsData'>;

interface Reading {
  /** Whether the verb judges something else and can do without an inventory, as before the first import. Default false. */
  isOptional?: boolean;
}

/** The files at `paths` on their own, with default settings; without any, the data folder with its own. `store.absent`. */
export async function readClusters(
  { line, paths: own, ports, world, dataFolder, startsData }: Reader,
  paths: readonly string[] = own,
  { isOptional = false }: Reading = {},
): Promise<ReadClusters> {
  if (paths.length > 0) {
    // The readers of files are as much code as everything else together.
    const { inspectPaths } = await import('../inventory/read/inspect.ts');
    const { clusters, foreign, unplaced, findings } = await inspectPaths(ports, paths);
    return { clusters, foreign, unplaced, settings: DEFAULT_SETTINGS, findings };
  }
  let store: Store;
  try {
    store = await world.openReadOnly(ports, dataFolder);
  } catch (error) {
    const isAbsent = error instanceof ConsoleError && error.code === 'store.absent';
    if (!isAbsent || !isOptional || (line.dataFolder !== undefined && !startsData)) throw error;
    return { clusters: [], unplaced: [], settings: DEFAULT_SETTINGS, findings: [] };
  }
  return {
    ...fleetSource(store),
    unplaced: store.unplacedRevocations(),
    settings: store.settings(),
    findings: store.findings(),
  };
}

/** The same clusters, judged as of now. */
export async function readFleet(reader: Reader, paths?: readonly string[], reading?: Reading): Promise<ReadFleet> {
  const { settings, findings, ...source } = await readClusters(reader, paths, reading);
  return {
    fleet: judgeFleet(source, settings, reader.ports.clock.now()),
    settings,
    foreign: foreignRows(source.foreign, source.placements ?? []),
    findings,
  };
}

/** Tells on standard error of how much nobody is warned, and where to see it. */
export function tellUnwatched(
  invocation: Pick<Invocation, 'world' | 'translate' | 'line' | 'paths' | 'dataFolder'>,
  foreign: readonly BoardRow[],
): void {
  const { world, translate, paths } = invocation;
  const count = foreign.filter((row) => row.foreign !== undefined && !isWatched(row.foreign)).length;
  if (count === 0) return;
  const open = translate('cli.placeholder.path');
  const files = paths.length > PATHS_PRINTED ? [`${open}...`] : paths.map((path) => shellWord(path, open));
  const command = ownCommand(invocation, ['inventory', 'list', ...files, '--foreign']);
  world.notice(translate('cli.inventory.unwatched', { count, command }));
}

/** The paths that `--inventory` names; none for the data folder. */
export function inventoryPaths({ line, world }: Pick<Invocation, 'line' | 'world'>): string[] {
  return (line.values.inventory ?? []).map((path) => world.absolute(path));
}

interface NamedClusters {
  clusters: readonly { id: string; name: string }[];
  /** Why files of further clusters could not be read. */
  unreadable?: readonly ConsoleError[];
}

/** Which clusters a verb is about: those named by `--cluster`, by name, otherwise id; all without it. `cluster.unknown`. */
export function wantedClusters(
  { line }: Pick<Invocation, 'line'>,
  { clusters, unreadable }: NamedClusters,
): (cluster: { id: string }) => boolean {
  const words = splitList(line.values.cluster);
  if (words.length === 0) return () => true;
  const lookup = new ClusterLookup(clusters);
  const wanted = new Set<string>();
  for (const cluster of words) {
    const found = lookup.find(cluster, { namesFirst: true });
    if (found.length === 0) {
      refuseUnreadable(unreadable);
      throw new ConsoleError('cluster.unknown', { cluster });
    }
    for (const { id } of found) wanted.add(id);
  }
  return ({ id }) => wanted.has(id);
}

/**
 * The names given by `--cluster` that nothing can be compared with, because there is no inventory; told on standard
 * error, since whatever is written with them rests on them alone.
 */
export function uncheckedNames(
  { line, world, translate }: Pick<Invocation, 'line' | 'world' | 'translate'>,
  clusters: readonly unknown[],
): string[] {
  if (clusters.length > 0) return [];
  const names = splitList(line.values.cluster);
  for (const cluster of names) world.notice(translate('cli.cluster-unchecked', { cluster }));
  return names;
}

/** The same fleet with the clusters alone that `--cluster` names. `cluster.unknown`. */
export function wantedFleet(invocation: Pick<Invocation, 'line'>, fleet: JudgedFleet): JudgedFleet {
  if (splitList(invocation.line.values.cluster).length === 0) return fleet;
  const isWanted = wantedClusters(invocation, fleet);
  const clusters = fleet.clusters.filter(isWanted);
  const ids = new Set<string>(clusters.map(({ id }) => id));
  return { ...fleet, clusters, rows: fleet.rows.filter(({ clusterId }) => ids.has(clusterId)) };
}
