import { aksHciVersion, compareAksHci } from '../../knowledge/model/aks-hci-version.ts';
import type { Finding } from '../../shared/finding.ts';

/** An absent list was not read; an empty list was read and had no entries. */
export interface KnownVersions {
  /** From `Get-AksHciVersion`. */
  host?: string;
  /** From `Get-MocVersion`. */
  moc?: string;
  /** From `Get-AksHciUpdates`. */
  hostUpdates?: readonly string[];
  /** From `Get-AksHciKubernetesVersion`: versions that the host supports. */
  kubernetesVersions?: readonly string[];
  modules?: readonly string[];
  clusters: readonly ClusterVersions[];
  nodePools: readonly NodePoolVersion[];
  /** From `Test-UpdateAksHci`. */
  tests?: readonly UpdateTest[];
  /** Commands with a known answer or error, by lower-case name. */
  answers: Readonly<Record<string, CommandAnswer>>;
}

export interface VersionsRead {
  known: KnownVersions;
  findings: Finding[];
}

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
  kubernetesVersion?: string;
  /** In the printed form: `provisioned`, `Deployed`. */
  state?: string;
  /** From `Get-AksHciClusterUpdates`. */
  updates?: readonly ClusterUpdate[];
}

export interface ClusterUpdate {
  kubernetesVersion: string;
  /** By operating system of the nodes: `mariner`, `windows`. */
  operatingSystem: Readonly<Record<string, string>>;
}

export interface NodePoolVersion {
  cluster: string;
  name: string;
  version?: string;
  operatingSystem?: string;
  nodes?: number;
  /** In the printed form: `Deployed`. */
  phase?: string;
}

export interface UpdateTest {
  name: string;
  passed: boolean;
  /** A cluster whose version the next build of the hosts no longer supports. */
  deprecated?: { cluster: string; version: string };
}

export const NOTHING_KNOWN: KnownVersions = { clusters: [], nodePools: [], answers: {} };

export function newestBuild({ hostUpdates = [] }: KnownVersions): string | undefined {
  const versions = hostUpdates.flatMap((text) => aksHciVersion(text) ?? []);
  return versions.sort(compareAksHci).at(-1)?.text;
}
