import type { ClusterId } from '../../shared/ids.ts';
import type { Instant } from '../../shared/instant.ts';
import type { WindowsServer } from '../../knowledge/model/support-end.ts';

/** Facts that the admin states because no certificate reveals them. */
export interface ClusterFacts {
  /** When it was switched off; it is still off. */
  offSince?: Instant;
  /** Last update; for a deployment: `Update-AksHci`. */
  lastUpdatedAt?: Instant;
  /** For a deployment. */
  windowsServer?: WindowsServer;
  /** For a Kubernetes cluster: the cloud agent deployment on which it runs. */
  cloudAgent?: ClusterId;
}

export type FactsByCluster = Readonly<Record<string, ClusterFacts>>;

declare module '../../shared/settings.ts' {
  interface Settings {
    clusterFacts: Record<string, ClusterFacts>;
  }
}
