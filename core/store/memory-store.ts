import { FOREIGN_CLUSTER, type ClusterId } from '../shared/ids.ts';
import type { Cluster, Placement } from '../inventory/model/credential.ts';
import type { Instant } from '../shared/instant.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { InventoryStore, UnplacedRevocation } from './inventory-store.ts';

/** An empty inventory without a disk, for working on files alone. Behaves like the store on disk but keeps nothing. */
export function memoryStore(): InventoryStore {
  const clusters = new Map<ClusterId, Cluster>();
  const forgotten = new Map<ClusterId, Cluster>();
  let unplaced: readonly UnplacedRevocation[] = [];
  let placements: readonly Placement[] = [];
  let lastImportAt: Instant | undefined;

  return {
    clusters: () => [...clusters.values()].filter(({ foreign }) => foreign !== true),
    foreign: () => clusters.get(FOREIGN_CLUSTER),
    cluster: (id) => clusters.get(id),
    update: async (cluster) => void clusters.set(cluster.id, cluster),
    updateAll: async (all, stored) => {
      for (const cluster of all) {
        clusters.set(cluster.id, cluster);
        stored?.(cluster.id);
      }
    },
    readAgain: async (all) => {
      for (const cluster of all) clusters.set(cluster.id, cluster);
    },
    forget: async (id) => {
      forgotten.set(id, known(clusters, id));
      clusters.delete(id);
    },
    restore: async (id) => {
      const live = clusters.get(id);
      if (live !== undefined) return live;
      const cluster = known(forgotten, id);
      forgotten.delete(id);
      clusters.set(id, cluster);
      return cluster;
    },
    removeSamples: async () => {
      const samples = [...clusters.values()].filter(({ sample }) => sample);
      for (const { id } of samples) clusters.delete(id);
      for (const { id, sample } of [...forgotten.values()]) if (sample) forgotten.delete(id);
      unplaced = unplaced.filter(({ sample }) => !sample);
      return samples.length;
    },
    unplacedRevocations: () => unplaced,
    keepUnplacedRevocations: async (list) => {
      unplaced = list;
    },
    placements: () => placements,
    keepPlacements: async (list) => {
      placements = list;
    },
    keeping: (work) => work(),
    settle: async () => [],
    findings: () => [],
    lastImportAt: () => lastImportAt,
    recordImport: async (at) => {
      lastImportAt = at;
    },
  };
}

function known(clusters: ReadonlyMap<ClusterId, Cluster>, id: ClusterId): Cluster {
  const cluster = clusters.get(id);
  if (cluster === undefined) throw new ConsoleError('cluster.unknown', { cluster: id });
  return cluster;
}
