import { sourcePaths } from './model/source-paths.ts';
import { activeRevocations } from './model/renewal-refusal.ts';
import { unreadPaths, type Finding } from '../shared/finding.ts';
import type { ConsoleError } from '../shared/problem.ts';
import type { InventoryStore } from './store/inventory-store.ts';
import { clusterKeys } from './findings/cluster-keys.ts';
import { findMeantName } from './findings/known-certificates.ts';
import type { ImportPorts } from './import.ts';
import { LongWork } from './long-work.ts';
import type { Cluster, Placement } from './model/credential.ts';

export interface FleetSource {
  clusters: readonly Cluster[];
  foreign?: Cluster;
  placements?: readonly Placement[];
  unreadable?: readonly ConsoleError[];
}

export interface StoredFleet extends FleetSource {
  pathNumbers: (cluster: Cluster) => Float64Array;
}

export function fleetSource(
  store: Pick<InventoryStore, 'clusters' | 'foreign' | 'placements' | 'unreadable'>,
): StoredFleet {
  return {
    clusters: store.clusters(),
    foreign: store.foreign(),
    placements: store.placements(),
    unreadable: store.unreadable(),
    pathNumbers: (cluster) => clusterKeys(cluster).paths,
  };
}

/** Reports the kubeconfigs that an import set apart because the cluster with their name has another CA. */
export function findStaleKubeconfigs(foreign: Cluster): Finding[] {
  return foreign.credentials.flatMap(({ role, sources }): Finding[] => {
    const [source] = role === 'cluster-ca' ? sources.filter(({ entry }) => entry.startsWith('clusters[')) : [];
    if (source === undefined) return [];
    const params = { cluster: findMeantName({ cluster: foreign, sources: [source] }) };
    return [{ rule: 'kubeconfig.other-ca', severity: 'error', place: source, params }];
  });
}

/** Rereads source files except those of sample fleets, and returns the unreadable ones. Throws `store.not-writable`. */
export async function readKnownFiles(ports: ImportPorts, store: InventoryStore): Promise<{ down: string[] }> {
  const work = new LongWork(ports.scheduler);
  const paths = new Set<string>();
  for (const cluster of store.clusters()) {
    await work.pause();
    if (cluster.sample !== true) for (const path of sourcePaths([cluster])) paths.add(path);
  }
  if (paths.size === 0) return { down: [] };
  // A changed manifest or configuration means that it was corrected. A missing one is not an unavailable source.
  const manifests = activeRevocations(store.clusters()).map(({ revocation }) => revocation.source.path);
  const configurations = store.links().map(({ path }) => path);
  const others = new Set([...manifests, ...configurations].filter((path) => !paths.has(path)));
  // Judging the stored inventory does not need the code that reads files.
  const { importPaths } = await import('./import.ts');
  const unread = new Set<string>();
  const unseen = (path: string): unknown => unread.add(path);
  const { findings } = await importPaths(ports, store, [...paths, ...others], { unseen });
  for (const path of unreadPaths(findings)) unread.add(path);
  return { down: [...paths].filter((path) => unread.has(path)) };
}
