import type { LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import type { Cluster } from '../../inventory/model/credential.ts';
import type { FactsByCluster } from '../../plan/model/cluster-facts.ts';
import type { Instant } from '../../shared/instant.ts';
import type { ConsoleError } from '../../shared/problem.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';

/** An inventory at one moment, and what the admin has set for it. */
export interface FleetMoment {
  now: Instant;
  clusters: readonly Cluster[];
  /** Why files of further clusters could not be read. */
  unreadable?: readonly ConsoleError[];
  classes: LifetimeClasses;
  facts: FactsByCluster;
}

/** What everything that judges by time works on. */
export interface JudgedFleet extends FleetMoment {
  /** Of all clusters, in their order. */
  rows: readonly BoardRow[];
}

/** The same for whoever goes through a large fleet cluster by cluster. */
export interface ClusterFleet extends FleetMoment {
  rowsOf: (cluster: Cluster) => readonly BoardRow[];
  /** The files that its credentials were read from, each once, as `numberOf` their paths. */
  filesOf: (cluster: Cluster) => Float64Array;
  /** Behind those of all clusters: what is part of none and watched nevertheless. The same list as long as nothing in it changes. */
  others: readonly BoardRow[];
}

/** The same fleet without sample clusters: they are nobody's, and nobody is told of them. */
export function withoutSamples(fleet: JudgedFleet): JudgedFleet {
  return {
    ...fleet,
    clusters: fleet.clusters.filter(({ sample }) => sample !== true),
    rows: fleet.rows.filter(({ sample }) => sample !== true),
  };
}
