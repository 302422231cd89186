import type { LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import type { Cluster } from '../../inventory/model/credential.ts';
import type { PlanningRules } from '../../maintenance/model/rules.ts';
import type { FactsByCluster } from '../../plan/model/cluster-facts.ts';
import type { Instant } from '../../shared/instant.ts';
import type { BoardRow } from './board-row.ts';

/** What everything that judges by time works on: an inventory at one moment, and what the admin has set for it. */
export interface JudgedFleet {
  now: Instant;
  clusters: readonly Cluster[];
  /** Of all clusters, in their order. */
  rows: readonly BoardRow[];
  classes: LifetimeClasses;
  facts: FactsByCluster;
  planning: PlanningRules;
}

/** The same fleet without sample clusters: they are nobody's, and nobody is told of them. */
export function withoutSamples(fleet: JudgedFleet): JudgedFleet {
  return {
    ...fleet,
    clusters: fleet.clusters.filter(({ sample }) => sample !== true),
    rows: fleet.rows.filter(({ sample }) => sample !== true),
  };
}

/** The files that the credentials of clusters were read from, each once. */
export function sourcePaths(clusters: readonly Cluster[]): string[] {
  return [
    ...new Set(
      clusters.flatMap(({ credentials }) => credentials.flatMap(({ sources }) => sources.map((at) => at.path))),
    ),
  ];
}
