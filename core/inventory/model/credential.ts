import type { NameEvidence } from '../../plan/model/cluster-name.ts';
import type { Source } from '../../shared/source.ts';
import type { ClusterId, CredentialId, Layer } from '../../shared/ids.ts';
import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { Instant } from '../../shared/instant.ts';
import type { KnownRevocation } from '../../shared/renew-revocation/known.ts';

/** Whether the private key found beside a certificate belongs to it. The key itself is never kept. */
export type KeyMatch = 'matches' | 'differs' | 'encrypted' | 'unreadable' | 'absent';

interface CredentialBase {
  id: CredentialId;
  layer: Layer;
  role: RoleId;
  /** What an admin calls it: common name, identity or user name. */
  name: string;
  /** The first is where it was seen first; never empty. */
  sources: Source[];
  firstReadAt: Instant;
}

export interface CertificateCredential extends CredentialBase {
  kind: 'certificate';
  /** The certificate itself. */
  der: Uint8Array;
  facts: CertificateFacts;
  keyMatch: KeyMatch;
}

/**
 * What is known about a token; the token itself is never kept. `notBefore` and `notAfter` are its `iat` and `exp`, or
 * with `assumed` the file's date and 90 days later; both are absent when the token states no end and none can be
 * assumed.
 */
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

/** A credential that a newer one replaced: kept so that renewals can be counted and proven. */
export interface ReplacedCredential {
  credential: Credential;
  replacedBy: CredentialId;
  replacedAt: Instant;
}

/** The unit of storage, of events and of change. */
export interface Cluster {
  id: ClusterId;
  /** What an admin calls it; a cloud agent deployment has the cloud agent's name. */
  name: string;
  /** What the admin said that commands call it, where another cluster has that name too. */
  commandName?: string;
  /** What `name` rests on; absent for a name that somebody stated. */
  nameEvidence?: NameEvidence;
  kind: 'kubernetes' | 'moc';
  /** No cluster at all: credentials that are not part of the platform, which nothing repairs and nobody is warned of. */
  foreign?: true;
  /** Part of a sample fleet: nothing in it belongs to a real cluster. */
  sample?: true;
  /** API server addresses or cloud agent FQDNs seen in files. */
  addresses: string[];
  /** Newest credential of each holder. */
  credentials: Credential[];
  history: ReplacedCredential[];
  /** RenewRevocation objects read for it, sorted by namespace and name; absent when there are none. */
  revocations?: readonly KnownRevocation[];
}

/**
 * Why a credential is not part of the platform: an admin said so; a copy for another program of what is newer on a node; an
 * authority among others in one file; the identity of a workload in a service mesh; nothing ties it to a cluster.
 */
export type ForeignReason = 'admin' | 'copy' | 'trust-bundle' | 'service-mesh' | 'unrelated';

/** A credential that an admin has put into a cluster. What replaces it in the same entry of the same file follows it. */
export interface Placement {
  credentialId: CredentialId;
  path: string;
  entry: string;
  clusterId: ClusterId;
}

/** Beginning of a credential's validity; absent when unknown. */
export function findNotBefore(credential: Credential): Instant | undefined {
  return credential.kind === 'certificate' ? credential.facts.notBefore : credential.notBefore;
}

/** End of a credential's validity; absent when unknown. */
export function findNotAfter(credential: Credential): Instant | undefined {
  return credential.kind === 'certificate' ? credential.facts.notAfter : credential.notAfter;
}
