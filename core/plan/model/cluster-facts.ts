import type { ClusterId } from '../../shared/ids.ts';
import type { Instant } from '../../shared/instant.ts';
import type { WindowsServer } from '../../knowledge/model/support-end.ts';

/** Stated by the admin, since no certificate reveals them. */
export interface ClusterFacts {
  offSince?: Instant;
  /** When it was last updated; for a deployment, with `Update-AksHci`. */
  lastUpdatedAt?: Instant;
  windowsServer?: WindowsServer;
  /** Only for a Kubernetes cluster: the cloud agent deployment on which it runs. */
  cloudAgent?: ClusterId;
}

export type FactsByCluster = Readonly<Record<string, ClusterFacts>>;

declare module '../../shared/settings.ts' {
  interface Settings {
    clusterFacts: Record<string, ClusterFacts>;
  }
}
