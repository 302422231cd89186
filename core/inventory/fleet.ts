import { assess } from '../expiry/model/assess.ts';
import type { BoardRow } from './model/board-row.ts';
import { sourcePaths, type ClusterFleet, type JudgedFleet } from '../expiry/model/judged-fleet.ts';
import { lifetimeClasses } from '../expiry/model/thresholds.ts';
import { knownRevocations } from './model/renewal-refusal.ts';
import type { Settings } from '../settings/model/settings.ts';
import { unreadPaths } from '../shared/finding.ts';
import { toMilliseconds, type Instant } from '../shared/instant.ts';
import type { ConsoleError } from '../shared/problem.ts';
import type { JudgedCluster } from '../runs/model/outcome.ts';
import type { InventoryStore } from './store/inventory-store.ts';
import { clusterKeys } from './findings/cluster-keys.ts';
import type { ImportPorts } from './import.ts';
import { LongWork } from './long-work.ts';
import { isSameList } from '../shared/lists.ts';
import { isWatched } from './model/foreign.ts';
import type { Cluster, Placement } from './model/credential.ts';
import { toRows, foreignRows } from './store/rows.ts';

type Importer = typeof import('./import.ts');

/** Clusters, and beside them what is part of none. */
export interface FleetSource {
  clusters: readonly Cluster[];
  foreign?: Cluster;
  placements?: readonly Placement[];
  /** Why files of clusters could not be read. */
  unreadable?: readonly ConsoleError[];
}

export function fleetSource(
  store: Pick<InventoryStore, 'clusters' | 'foreign' | 'placements' | 'unreadable'>,
): FleetSource {
  return {
    clusters: store.clusters(),
    foreign: store.foreign(),
    placements: store.placements(),
    unreadable: store.unreadable(),
  };
}

type FleetSettings = Pick<Settings, 'thresholds' | 'clusterFacts'>;

/** An inventory at one moment, by what the admin has set. */
export function judgeFleet(source: FleetSource, settings: FleetSettings, now: Instant): JudgedFleet {
  const { rowsOf, filesOf: _, others, ...moment } = clusterFleet(source, settings, now);
  return { ...moment, rows: [...moment.clusters.flatMap((cluster) => rowsOf(cluster)), ...others] };
}

/** The same cluster by cluster: no list of all rows is made. */
export function clusterFleet(
  { clusters, foreign, placements = NO_PLACEMENTS, unreadable = [] }: FleetSource,
  { thresholds, clusterFacts }: FleetSettings,
  now: Instant,
): ClusterFleet {
  const others = foreign === undefined ? NO_ROWS : watchedRows(foreign, placements);
  const filesOf = (cluster: Cluster): Float64Array => clusterKeys(cluster).paths;
  const classes = lifetimeClasses(thresholds);
  return { now, clusters, rowsOf: toRows, filesOf, others, classes, facts: clusterFacts, unreadable };
}

const NO_PLACEMENTS: readonly Placement[] = [];
const NO_ROWS: readonly BoardRow[] = [];
const watched = new WeakMap<Cluster, { placements: readonly Placement[]; rows: readonly BoardRow[] }>();

/** Of what is foreign. */
function watchedRows(foreign: Cluster, placements: readonly Placement[]): readonly BoardRow[] {
  const known = watched.get(foreign);
  if (known !== undefined && isSameList(known.placements, placements)) return known.rows;
  const all = foreignRows(foreign, placements);
  const rows = all.filter((row) => row.foreign !== undefined && isWatched(row.foreign));
  watched.set(foreign, { placements, rows });
  return rows;
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
  store: Pick<InventoryStore, 'clusters'> & Parameters<Importer['importPaths']>[1],
): Promise<{ down: string[] }> {
  const work = new LongWork(ports.scheduler);
  const paths = new Set<string>();
  // Of a large fleet every cluster's file is read for it.
  for (const cluster of store.clusters()) {
    await work.pause();
    if (cluster.sample !== true) for (const path of sourcePaths([cluster])) paths.add(path);
  }
  if (paths.size === 0) return { down: [] };
  // A manifest that was mended tells that its object is; one that is gone is no source of credentials that is down.
  const manifests = knownRevocations(store.clusters()).map(({ revocation }) => revocation.source.path);
  const others = new Set(manifests.filter((path) => !paths.has(path)));
  // Judging what the store has needs none of the readers of files.
  const { importPaths } = await import('./import.ts');
  const unread = new Set<string>();
  const unseen = (path: string): unknown => unread.add(path);
  const { findings } = await importPaths(ports, store, [...paths, ...others], { unseen });
  for (const path of unreadPaths(findings)) unread.add(path);
  return { down: [...paths].filter((path) => unread.has(path)) };
}
