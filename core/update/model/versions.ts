import type { Finding } from '../../shared/finding.ts';

/* Printed by cmdlets, or typed. */

/** An absent list was not read; an empty one is known to be empty. */
export interface KnownVersions {
  /** `Get-AksHciVersion`. */
  host?: string;
  /** `Get-MocVersion`. */
  moc?: string;
  /** `Get-AksHciUpdates`. */
  hostUpdates?: readonly string[];
  /** `Get-AksHciKubernetesVersion`: on the host. */
  kubernetesVersions?: readonly string[];
  /** Installed versions of the module AksHci. */
  modules?: readonly string[];
  clusters: readonly ClusterVersions[];
  nodePools: readonly NodePoolVersion[];
  /** `Test-UpdateAksHci`. */
  tests?: readonly UpdateTest[];
  /** Commands with a recognised answer or error, by lower-case name. */
  answers: Readonly<Record<string, CommandAnswer>>;
}

/** Results of reading, with the parts that could not be read. */
export interface VersionsRead {
  known: KnownVersions;
  findings: Finding[];
}

/** Lower case. */
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
  /** Like `v1.20.7`. */
  kubernetesVersion?: string;
  /** Printed: `provisioned`, `Deployed`. */
  state?: string;
  /** `Get-AksHciClusterUpdates`. */
  updates?: readonly ClusterUpdate[];
}

export interface ClusterUpdate {
  kubernetesVersion: string;
  /** By node system (`mariner`, `windows`). */
  operatingSystem: Readonly<Record<string, string>>;
}

export interface NodePoolVersion {
  cluster: string;
  name: string;
  version?: string;
  operatingSystem?: string;
  nodes?: number;
  /** Printed: `Deployed`. */
  phase?: string;
}

export interface UpdateTest {
  name: string;
  passed: boolean;
  /** A cluster whose version the next host build no longer supports. */
  deprecated?: { cluster: string; version: string };
}

export const NOTHING_KNOWN: KnownVersions = { clusters: [], nodePools: [], answers: {} };
