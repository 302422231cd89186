import type { Finding } from '../../shared/finding.ts';

/* Versions and updates of a deployment, as printed by cmdlets or typed by somebody. */

/** Everything that was read. An absent list was not read; an empty one means that there is nothing. */
export interface KnownVersions {
  /** `Get-AksHciVersion`. */
  host?: string;
  /** `Get-MocVersion`. */
  moc?: string;
  /** `Get-AksHciUpdates`. */
  hostUpdates?: readonly string[];
  /** `Get-AksHciKubernetesVersion`: versions available on the host, each once. */
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

/** What pasted outputs say, and which parts could not be read. */
export interface VersionsRead {
  known: KnownVersions;
  findings: Finding[];
}

/** Cmdlets whose output is read, by lower-case name. */
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
  /** Names of operating system versions by node system (`mariner`, `windows`), as printed. */
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
  /** Reports a cluster whose version the next build of the host no longer supports. */
  deprecated?: { cluster: string; version: string };
}

export const NOTHING_KNOWN: KnownVersions = { clusters: [], nodePools: [], answers: {} };
