import { sourcePaths } from './model/source-paths.ts';
import { knownRevocations } from './model/renewal-refusal.ts';
import { unreadPaths } from '../shared/finding.ts';
import type { ConsoleError } from '../shared/problem.ts';
import type { InventoryStore } from './store/inventory-store.ts';
import { clusterKeys } from './findings/cluster-keys.ts';
import type { ImportPorts } from './import.ts';
import { LongWork } from './long-work.ts';
import type { Cluster, Placement } from './model/credential.ts';

type Importer = typeof import('./import.ts');

/** Clusters, and beside them what is part of none. */
export interface FleetSource {
  clusters: readonly Cluster[];
  foreign?: Cluster;
  placements?: readonly Placement[];
  /** Why files of clusters could not be read. */
  unreadable?: readonly ConsoleError[];
}

/** The same of a store, with the files that the credentials of a cluster were read from, as `numberOf` their paths. */
export interface StoredFleet extends FleetSource {
  filesOf: (cluster: Cluster) => Float64Array;
}

/** Takes from a store everything that a fleet is judged by. */
export function fleetSource(
  store: Pick<InventoryStore, 'clusters' | 'foreign' | 'placements' | 'unreadable'>,
): StoredFleet {
  return {
    clusters: store.clusters(),
    foreign: store.foreign(),
    placements: store.placements(),
    unreadable: store.unreadable(),
    filesOf: (cluster) => clusterKeys(cluster).paths,
  };
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
