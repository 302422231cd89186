import type { ClusterId } from '../../shared/ids.ts';
import type { Instant } from '../../shared/instant.ts';
import type { WindowsServer } from '../../knowledge/model/support-end.ts';

/** Facts stated by the admin, because certificates do not reveal them. */
export interface ClusterFacts {
  offSince?: Instant;
  /** Time of the last update; for a deployment, the last run of `Update-AksHci`. */
  lastUpdatedAt?: Instant;
  windowsServer?: WindowsServer;
  /** Cloud agent deployment on which a Kubernetes cluster runs; absent for other clusters. */
  cloudAgent?: ClusterId;
  /** Other cloud agents that only share the name of this one. */
  distinctFrom?: ClusterId[];
}

export type FactsByCluster = Readonly<Record<string, ClusterFacts>>;

/** Returns whether the admin said of either cloud agent that the other one only shares its name. */
export function areDistinct(facts: FactsByCluster, one: ClusterId, other: ClusterId): boolean {
  const denies = (a: ClusterId, b: ClusterId): boolean => facts[a]?.distinctFrom?.includes(b) === true;
  return denies(one, other) || denies(other, one);
}

declare module '../../shared/settings.ts' {
  interface Settings {
    clusterFacts: Record<string, ClusterFacts>;
  }
}
