import { foreignRows, listRows } from '../inventory/store/rows.ts';
import { findStaleKubeconfigs, type FleetSource, type StoredFleet } from '../inventory/fleet.ts';
import type { BoardRow } from '../inventory/model/board-row.ts';
import type { Cluster, Placement } from '../inventory/model/credential.ts';
import { isWatched } from '../inventory/model/foreign.ts';
import type { FactsByCluster } from '../plan/model/cluster-facts.ts';
import type { Instant } from '../shared/instant.ts';
import { isSameList } from '../shared/lists.ts';
import type { ClusterFleet, FleetMoment, JudgedFleet } from './model/judged-fleet.ts';
import { lifetimeClasses, type Thresholds } from './model/thresholds.ts';

interface FleetSettings {
  thresholds: Thresholds;
  clusterFacts: FactsByCluster;
}

export function judgeFleet(source: FleetSource, settings: FleetSettings, now: Instant): JudgedFleet {
  const rows = [...source.clusters.flatMap((cluster) => listRows(cluster)), ...findWatchedRows(source)];
  return { ...fleetMoment(source, settings, now), rows };
}

/** Returns the fleet cluster by cluster, without building a list of all rows. */
export function clusterFleet(source: StoredFleet, settings: FleetSettings, now: Instant): ClusterFleet {
  const { pathNumbers } = source;
  return { ...fleetMoment(source, settings, now), listRows, pathNumbers, others: findWatchedRows(source) };
}

function fleetMoment(
  { clusters, foreign, placements, unreadable = [] }: FleetSource,
  { thresholds, clusterFacts: facts }: FleetSettings,
  now: Instant,
): FleetMoment {
  const findings = foreign === undefined ? [] : findStaleKubeconfigs({ clusters, foreign, placements });
  return { now, clusters, unreadable, facts, findings, classes: lifetimeClasses(thresholds) };
}

const NO_ROWS: readonly BoardRow[] = [];
const watched = new WeakMap<Cluster, { placements: readonly Placement[]; rows: readonly BoardRow[] }>();

/** Finds the watched rows outside clusters. Returns the same list until these credentials or placements change. */
function findWatchedRows({ foreign, placements = [] }: FleetSource): readonly BoardRow[] {
  if (foreign === undefined) return NO_ROWS;
  const known = watched.get(foreign);
  if (known !== undefined && isSameList(known.placements, placements)) return known.rows;
  const rows = foreignRows(foreign, placements).filter((row) => row.foreign !== undefined && isWatched(row.foreign));
  watched.set(foreign, { placements, rows });
  return rows;
}
