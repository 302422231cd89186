import type { Finding } from '../../shared/finding.ts';

/* Versions that cmdlets print or somebody types. */

/** An absent list was not read; an empty list is known to be empty. */
export interface KnownVersions {
  /** From `Get-AksHciVersion`. */
  host?: string;
  /** From `Get-MocVersion`. */
  moc?: string;
  /** From `Get-AksHciUpdates`. */
  hostUpdates?: readonly string[];
  /** On the host, from `Get-AksHciKubernetesVersion`. */
  kubernetesVersions?: readonly string[];
  /** Installed versions of the AksHci module. */
  modules?: readonly string[];
  clusters: readonly ClusterVersions[];
  nodePools: readonly NodePoolVersion[];
  /** From `Test-UpdateAksHci`. */
  tests?: readonly UpdateTest[];
  /** Commands with a recognised answer or error, by lower-case name. */
  answers: Readonly<Record<string, CommandAnswer>>;
}

/** Results of reading, with the parts that could not be read. */
export interface VersionsRead {
  known: KnownVersions;
  findings: Finding[];
}

/** Names in lower case. */
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
  /** A version such as `v1.20.7`. */
  kubernetesVersion?: string;
  /** A printed state: `provisioned`, `Deployed`. */
  state?: string;
  /** From `Get-AksHciClusterUpdates`. */
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
  /** A printed phase: `Deployed`. */
  phase?: string;
}

export interface UpdateTest {
  name: string;
  passed: boolean;
  /** A cluster whose version the next host build no longer supports. */
  deprecated?: { cluster: string; version: string };
}

export const NOTHING_KNOWN: KnownVersions = { clusters: [], nodePools: [], answers: {} };
