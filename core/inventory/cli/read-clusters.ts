import type { Invocation } from '../../shared/verb/invocation.ts';
import { UsageError } from '../../shared/verb/usage.ts';
import { splitList } from '../../shared/verb/values.ts';
import { ClusterLookup } from '../../plan/model/cluster-lookup.ts';
import type { Finding } from '../../shared/finding.ts';
import { ConsoleError, refuseUnreadable } from '../../shared/problem.ts';
import type { Settings } from '../../shared/settings.ts';
import { openInventoryToRead } from './open.ts';
import { fleetSource, type FleetSource } from '../fleet.ts';
import type { Store } from '../store/data-store.ts';
import type { UnplacedRevocation } from '../store/inventory-store.ts';

interface ReadClusters extends FleetSource {
  unplaced: readonly UnplacedRevocation[];
  settings: Settings;
  findings: readonly Finding[];
}

export interface ReadOptions {
  /** Whether the verb also works without an inventory, as before the first import. Default false. */
  isOptional?: boolean;
}

/**
 * Reads only the files at `paths`, with default settings, or else the data folder and its settings. Throws
 * `store.absent`.
 */
export async function readClusters(
  invocation: Invocation,
  paths: readonly string[] = invocation.paths,
  { isOptional = false }: ReadOptions = {},
): Promise<ReadClusters> {
  const { line, ports, startsData, standardSettings: settings } = invocation;
  if (paths.length > 0) {
    // The code that reads files is as large as all other code together.
    const { inspectPaths } = await import('../export/inspect.ts');
    const { clusters, foreign, unplaced, findings } = await inspectPaths(ports, paths);
    return { clusters, foreign, unplaced, settings, findings };
  }
  let store: Store;
  try {
    store = await openInventoryToRead(invocation);
  } catch (error) {
    const isAbsent = error instanceof ConsoleError && error.code === 'store.absent';
    if (!isAbsent || !isOptional || (line.values.data !== undefined && !startsData)) throw error;
    return { clusters: [], unplaced: [], settings, findings: [] };
  }
  return {
    ...fleetSource(store),
    unplaced: store.listUnplacedRevocations(),
    settings: store.settings(),
    findings: store.findings(),
  };
}

/**
 * Returns the paths of `--inventory` and words after the first `ownWords`; none for the data folder. Throws a
 * `UsageError`.
 */
export function inventoryPaths({ line, world, words, paths }: Invocation, ownWords = Infinity): string[] {
  const { inventory } = line.values;
  const [stray] = words.slice(ownWords);
  if (inventory === undefined && stray !== undefined)
    throw new UsageError('cli.usage.stray-word', { word: stray, option: '--inventory' });
  return [...(inventory ?? []).map((path) => world.absolute(path)), ...paths.slice(ownWords)];
}

/** Selects the clusters named in `--cluster`, by name or else by id; all by default. Throws `cluster.unknown`. */
export function matchClusters(
  { line }: Invocation,
  { clusters, unreadable }: { clusters: readonly { id: string; name: string }[] } & Pick<FleetSource, 'unreadable'>,
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

/** Returns the names given by `--cluster` if there is no inventory to check them against, and prints a notice. */
export function tellUncheckedNames({ line, world, translate }: Invocation, clusters: readonly unknown[]): string[] {
  if (clusters.length > 0) return [];
  const names = splitList(line.values.cluster);
  for (const cluster of names) world.notice(translate('cli.cluster-unchecked', { cluster }));
  return names;
}
