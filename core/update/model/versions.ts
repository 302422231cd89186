import type { Finding } from '../../shared/finding.ts';

/*
 * Versions and updates of a deployment, as cmdlets print them or somebody types them.
 */

/** Everything that was read. A list that is absent was not read; an empty one says that there is nothing. */
export interface KnownVersions {
  /** `Get-AksHciVersion`. */
  host?: string;
  /** `Get-MocVersion`. */
  moc?: string;
  /** `Get-AksHciUpdates`. */
  hostUpdates?: readonly string[];
  /** `Get-AksHciKubernetesVersion`: what the host has at hand, each once. */
  kubernetesVersions?: readonly string[];
  /** Versions of the module AksHci that are installed. */
  modules?: readonly string[];
  clusters: readonly ClusterVersions[];
  nodePools: readonly NodePoolVersion[];
  /** `Test-UpdateAksHci`. */
  tests?: readonly UpdateTest[];
  /** Commands of which an answer or an error was seen, by their names in lower case. */
  answers: Readonly<Record<string, CommandAnswer>>;
}

/** What pasted outputs say, and what about them could not be read. */
export interface VersionsRead {
  known: KnownVersions;
  findings: Finding[];
}

/** Cmdlets whose answers are read, by their names in lower case. */
export const READ_COMMANDS: readonly string[] = [
  'get-akshciversion',
  'get-akshciupdates',
  'get-akshcicluster',
  'get-akshciclusterupdates',
  'get-akshcinodepool',
  'get-akshcikubernetesversion',
  'test-updateakshci',
  'get-mocversion',
  'get-mocnode',
  'get-module',
];

export type CommandAnswer = 'answered' | 'failed';

export interface ClusterVersions {
  name: string;
  /** As `v1.20.7`. */
  kubernetesVersion?: string;
  /** As printed: `provisioned`, `Deployed`. */
  state?: string;
  /** `Get-AksHciClusterUpdates`. */
  updates?: readonly ClusterUpdate[];
}

export interface ClusterUpdate {
  kubernetesVersion: string;
  /** Names of the operating system’s versions by node system (`mariner`, `windows`), as printed. */
  operatingSystem: Readonly<Record<string, string>>;
}

export interface NodePoolVersion {
  cluster: string;
  name: string;
  version?: string;
  operatingSystem?: string;
  nodes?: number;
  /** As printed: `Deployed`. */
  phase?: string;
}

export interface UpdateTest {
  name: string;
  passed: boolean;
  /** What it says of a cluster: that it has this version, which the next build of the host no longer supports. */
  deprecated?: { cluster: string; version: string };
}

export const NOTHING_KNOWN: KnownVersions = { clusters: [], nodePools: [], answers: {} };

/** The management cluster, which the update of the hosts updates: what the product names it by itself. */
export function isManagementName(name: string): boolean {
  return /^clustergroup-management$/iu.test(name);
}
