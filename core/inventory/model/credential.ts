import type { CredentialId, ClusterId, Layer } from '../../shared/ids.ts';
import { addTo } from '../../shared/lists.ts';
import type { NameEvidence } from '../../plan/model/cluster-name.ts';
import type { Source } from '../../shared/source.ts';
import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { Instant } from '../../shared/instant.ts';
import type { KnownRevocation } from '../../shared/renew-revocation/known.ts';

/** From the least to the most informative. The private key itself is never kept. */
export const KEY_MATCHES = ['absent', 'unreadable', 'encrypted', 'differs', 'matches'] as const;
export type KeyMatch = (typeof KEY_MATCHES)[number];

interface CredentialBase {
  id: CredentialId;
  layer: Layer;
  role: RoleId;
  /** The name that an admin knows: common name, identity or user name. */
  name: string;
  /** Never empty; begins with the place where the credential was first seen. */
  sources: Source[];
  firstReadAt: Instant;
}

export interface CertificateCredential extends CredentialBase {
  kind: 'certificate';
  der: Uint8Array;
  facts: CertificateFacts;
  keyMatch: KeyMatch;
}

/** The token is never kept. The dates are `iat` and `exp`, or with `assumed` the file's date and 90 days later. */
export interface TokenCredential extends CredentialBase {
  kind: 'token';
  notBefore?: Instant;
  notAfter?: Instant;
  assumed: boolean;
  /** `iss` of a JWT. */
  issuer?: string;
  /** `sub` of a JWT. */
  subject?: string;
}

export type Credential = CertificateCredential | TokenCredential;

/** Kept so that renewals can be counted and proven. */
export interface ReplacedCredential {
  credential: Credential;
  replacedBy: CredentialId;
  replacedAt: Instant;
}

/** The unit of storage, events and changes. */
export interface Cluster {
  id: ClusterId;
  /** The name that an admin knows; for a cloud agent's deployment, the cloud agent's name. */
  name: string;
  /**
   * The name to use in commands if it is already the `name` of another cluster. Set by the admin or taken from the
   * cluster's own login file.
   */
  commandName?: string;
  /** Absent for a cloud agent's deployment that no admin named. */
  nameEvidence?: NameEvidence;
  kind: 'kubernetes' | 'moc';
  /** Set for credentials outside the platform, which no plan repairs. */
  foreign?: true;
  sample?: true;
  /** Addresses of API servers or FQDNs of cloud agents, from files. */
  addresses: string[];
  cloudAgents?: readonly string[];
  configured?: readonly string[];
  /** The newest credential of each holder. */
  credentials: Credential[];
  history: ReplacedCredential[];
  /** Sorted by namespace and name; absent if there are none. */
  revocations?: readonly KnownRevocation[];
}

/**
 * `admin`: an admin said so. `copy`: an outdated copy that nobody renews. `former`: in a kubeconfig from before its
 * cluster was rebuilt. `trust-bundle`: one of several authorities in a file. `service-mesh`: identifies a workload.
 * `unrelated`: nothing ties the credential to a cluster.
 */
export type ForeignReason =
  'admin' | 'copy' | 'former' | 'trust-bundle' | 'service-mesh' | 'other-distribution' | 'unrelated';

/** An admin's choice of a cluster for a credential, and for its successors in the same entry of the same file. */
export interface Placement {
  credentialId: CredentialId;
  path: string;
  entry: string;
  clusterId: ClusterId;
}

/** The cloud agent and management cluster, in lower case, that a configuration of the modules names. */
export interface ManagementLink {
  path: string;
  cloudAgent: string;
  management: string;
  /** Set if a cluster of its host was forgotten: the link counts only while another one or this one is left. */
  forgotten?: true;
}

export function findNotBefore(credential: Credential): Instant | undefined {
  return credential.kind === 'certificate' ? credential.facts.notBefore : credential.notBefore;
}

export function findNotAfter(credential: Credential): Instant | undefined {
  return credential.kind === 'certificate' ? credential.facts.notAfter : credential.notAfter;
}

/** Includes replaced credentials. */
export function allCredentials({ credentials, history }: Pick<Cluster, 'credentials' | 'history'>): Credential[] {
  return [...credentials, ...history.map(({ credential }) => credential)];
}

/** Includes replaced certificates. */
export function listCertificates(cluster: Cluster): CertificateCredential[] {
  return allCredentials(cluster).filter((credential) => credential.kind === 'certificate');
}

/** Includes credentials that were replaced indirectly. */
export function collectHistory(cluster: Cluster, id: CredentialId): ReplacedCredential[] {
  const byReplacement = new Map<CredentialId, ReplacedCredential[]>();
  for (const replaced of cluster.history) addTo(byReplacement, replaced.replacedBy, replaced);
  const found = new Set<ReplacedCredential>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const replaced of byReplacement.get(next) ?? []) {
      if (found.has(replaced)) continue;
      found.add(replaced);
      open.push(replaced.credential.id);
    }
  }
  return [...found];
}
