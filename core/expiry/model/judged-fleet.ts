import type { LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import type { Cluster } from '../../inventory/model/credential.ts';
import type { FactsByCluster } from '../../plan/model/cluster-facts.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';
import type { ConsoleError } from '../../shared/problem.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';

export interface FleetMoment {
  now: Instant;
  clusters: readonly Cluster[];
  unreadable?: readonly ConsoleError[];
  classes: LifetimeClasses;
  facts: FactsByCluster;
  /** Findings about kubeconfigs that no longer fit the cluster with their name. */
  findings: readonly Finding[];
}

export interface JudgedFleet extends FleetMoment {
  rows: readonly BoardRow[];
}

export interface ClusterFleet extends FleetMoment {
  listRows: (cluster: Cluster) => readonly BoardRow[];
  /** Lists the files of a cluster's credentials, each once, as the `hashText` of their paths. */
  pathNumbers: (cluster: Cluster) => Float64Array;
  /** Watched rows outside clusters; the same list until credentials or placements change. */
  others: readonly BoardRow[];
}

/** Removes sample clusters, since nobody is notified about them. */
export function excludeSamples(fleet: JudgedFleet): JudgedFleet {
  return {
    ...fleet,
    clusters: fleet.clusters.filter(({ sample }) => !sample),
    rows: fleet.rows.filter(({ sample }) => !sample),
  };
}
