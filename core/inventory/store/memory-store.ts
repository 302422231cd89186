import { FOREIGN_CLUSTER, type ClusterId } from '../../shared/ids.ts';
import { correctPlacements, findRemainder } from '../model/correction.ts';
import type { Cluster, ManagementLink, Placement } from '../model/credential.ts';
import type { Decision } from '../schemas.ts';
import { instant, type Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { InventoryStore, UnplacedRevocation } from './inventory-store.ts';

const NO_TIME = instant('1970-01-01T00:00:00Z');

export function memoryStore(): InventoryStore {
  const clusters = new Map<ClusterId, Cluster>();
  const forgotten = new Map<ClusterId, Cluster>();
  let unplaced: readonly UnplacedRevocation[] = [];
  let placements: readonly Placement[] = [];
  let links: readonly ManagementLink[] = [];
  let decisions: readonly Decision[] = [];
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
    correct: async (correction, into) => {
      clusters.set(into.id, into);
      const from = clusters.get(correction.from);
      if (from === undefined) return;
      placements = correctPlacements(placements, from, correction);
      const rest = findRemainder(from, correction);
      if (rest !== undefined) clusters.set(from.id, rest);
      else {
        forgotten.set(from.id, from);
        clusters.delete(from.id);
      }
    },
    forgotten: () => [...forgotten.values()].map(({ id, name }) => ({ id, name, forgottenAt: NO_TIME })),
    readForgotten: async (id) => requireCluster(forgotten, id),
    forget: async (id) => {
      forgotten.set(id, requireCluster(clusters, id));
      clusters.delete(id);
    },
    restore: async (id) => {
      const live = clusters.get(id);
      if (live !== undefined) return live;
      const cluster = requireCluster(forgotten, id);
      forgotten.delete(id);
      clusters.set(id, cluster);
      return cluster;
    },
    removeSamples: async () => {
      const samples = [...clusters.values()].filter(({ sample }) => sample);
      for (const { id } of samples) clusters.delete(id);
      for (const { id, sample } of [...forgotten.values()]) if (sample) forgotten.delete(id);
      unplaced = unplaced.filter(({ sample }) => !sample);
      decisions = decisions.filter(({ sample }) => !sample);
      return samples.length;
    },
    listUnplacedRevocations: () => unplaced,
    keepUnplacedRevocations: async (list) => {
      unplaced = list;
    },
    placements: () => placements,
    keepPlacements: async (list) => {
      placements = list;
    },
    links: () => links,
    keepLinks: async (list) => {
      links = list;
    },
    decisions: () => decisions,
    keepDecisions: async (list) => {
      decisions = list;
    },
    keepDuring: (work) => work(),
    settle: async () => [],
    unreadable: () => [],
    findings: () => [],
    lastImportAt: () => lastImportAt,
    recordImport: async (at) => {
      lastImportAt = at;
    },
    close: async () => undefined,
  };
}

function requireCluster(clusters: ReadonlyMap<ClusterId, Cluster>, id: ClusterId): Cluster {
  const cluster = clusters.get(id);
  if (cluster === undefined) throw new ConsoleError('cluster.unknown', { cluster: id });
  return cluster;
}
