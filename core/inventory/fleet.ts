import { assess } from '../expiry/model/assess.ts';
import { sourcePaths, type JudgedFleet } from '../expiry/model/judged-fleet.ts';
import { lifetimeClasses } from '../expiry/model/thresholds.ts';
import { knownRevocations } from '../revocation/model/renewal-refusal.ts';
import type { Settings } from '../settings/model/settings.ts';
import { toMilliseconds, type Instant } from '../shared/instant.ts';
import type { JudgedCluster } from '../runs/model/outcome.ts';
import type { InventoryStore, Store } from '../store/inventory-store.ts';
import type { ImportPorts } from './import.ts';
import { isWatched } from './model/foreign.ts';
import type { Cluster, Placement } from './model/credential.ts';
import { toRows, foreignRows } from './rows.ts';

type Importer = typeof import('./import.ts');

/** Clusters, and beside them what is part of none. */
export interface FleetSource {
  clusters: readonly Cluster[];
  foreign?: Cluster;
  placements?: readonly Placement[];
}

export function fleetSource(store: Pick<InventoryStore, 'clusters' | 'foreign' | 'placements'>): FleetSource {
  return { clusters: store.clusters(), foreign: store.foreign(), placements: store.placements() };
}

/** An inventory at one moment, by what the admin has set. */
export function judgeFleet(
  { clusters, foreign, placements = [] }: FleetSource,
  { thresholds, clusterFacts, planning }: Pick<Settings, 'thresholds' | 'clusterFacts' | 'planning'>,
  now: Instant,
): JudgedFleet {
  const watched = foreignRows(foreign, placements).filter((row) => row.foreign !== undefined && isWatched(row.foreign));
  const rows = [...clusters.flatMap((cluster) => toRows(cluster)), ...watched];
  return { now, clusters, rows, classes: lifetimeClasses(thresholds), facts: clusterFacts, planning };
}

/** Each cluster on its own, judged at the moment and by the classes of a fleet. */
export function judgeClusters(
  clusters: readonly Cluster[],
  { now, classes }: Pick<JudgedFleet, 'now' | 'classes'>,
): JudgedCluster[] {
  const at = { nowMs: toMilliseconds(now), classes };
  return clusters.map((cluster) => ({ cluster, assessments: assess(toRows(cluster), at) }));
}

/**
 * Reads all files again that the inventory came from, but for sample fleets, and says which of them could not be read.
 * `store.not-writable`.
 */
export async function readKnownFiles(
  ports: ImportPorts,
  store: Pick<Store, 'clusters'> & Parameters<Importer['importPaths']>[1],
): Promise<{ down: string[] }> {
  const paths = sourcePaths(store.clusters().filter(({ sample }) => sample !== true));
  if (paths.length === 0) return { down: [] };
  // A manifest that was mended tells that its object is; one that is gone is no source of credentials that is down.
  const manifests = knownRevocations(store.clusters()).map(({ revocation }) => revocation.source);
  const all = new Set([...paths, ...manifests.map(({ path }) => path)]);
  // Judging what the store has needs none of the readers of files.
  const { importPaths } = await import('./import.ts');
  const { findings } = await importPaths(ports, store, [...all]);
  const unread = new Set(findings.flatMap(({ rule, place }) => (rule.startsWith('file.') ? (place.path ?? []) : [])));
  return { down: paths.filter((path) => unread.has(path)) };
}
