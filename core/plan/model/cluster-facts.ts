import type { ClusterId } from '../../shared/ids.ts';
import type { Instant } from '../../shared/instant.ts';

export const WINDOWS_SERVERS = ['windows-server-2019', 'windows-server-2022', 'azure-stack-hci-22h2'] as const;
/** What the hosts of a deployment run. */
export type WindowsServer = (typeof WINDOWS_SERVERS)[number];

/** What no certificate tells of a cluster or a cloud agent deployment, so that the admin has to. */
export interface ClusterFacts {
  /** Switched off since then, and still is. */
  offSince?: Instant;
  /** When it was last updated; of a deployment: `Update-AksHci`. */
  lastUpdatedAt?: Instant;
  /** Of a deployment. */
  windowsServer?: WindowsServer;
  /** Of a Kubernetes cluster: the cloud agent deployment that it runs on. */
  cloudAgent?: ClusterId;
}

export type FactsByCluster = Readonly<Record<string, ClusterFacts>>;
