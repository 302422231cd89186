import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { CRL_REASONS, type CrlReason } from '../../shared/certificates/crl.ts';
import type { CloudAgentState } from './identity.ts';
import type { Instant } from '../../shared/instant.ts';
import { CLUSTER_ROOT_IDS, type ProfileId } from './profile.ts';

/** 1 to 80 characters from `a` to `z`, `0` to `9` and `-`, as for a cluster. */
export type AuthorityId = string & { readonly brand: 'AuthorityId' };

/** SHA-256 of a SubjectPublicKeyInfo in lower-case hex; names the file of the private key. */
export type KeyFileId = string & { readonly brand: 'KeyFileId' };

/** A Kubernetes cluster, or a cloud agent and its clients. */
export const AUTHORITY_KINDS = ['kubernetes', 'moc'] as const;
export type AuthorityKind = (typeof AUTHORITY_KINDS)[number];

/** In the order of creation. Source: the article, "Certificates and CAs". */
export const AUTHORITY_ROOTS: Record<AuthorityKind, readonly ProfileId[]> = {
  kubernetes: CLUSTER_ROOT_IDS,
  moc: ['cloud-agent-ca'],
};

/** `removeFromCRL` appears only in delta CRLs. Source: RFC 5280 section 5.3.1. */
export type RevocationReason = Exclude<CrlReason, 'removeFromCRL'>;
export const REVOCATION_REASONS = CRL_REASONS.filter(
  (reason): reason is RevocationReason => reason !== undefined && reason !== 'removeFromCRL',
);

/** The certificate is on the issuer's CRL from `at` on. */
export interface EntryRevocation {
  at: Instant;
  reason: RevocationReason;
  /** When the key is believed to have been compromised. Source: RFC 5280 section 5.3.2. */
  invalidityDate?: Instant;
}

export interface AuthorityEntry {
  /** SHA-256 of `der`. */
  id: CredentialId;
  der: Uint8Array;
  facts: CertificateFacts;
  /** `null` if the certificate follows no profile, for instance if it was made from a request. */
  profile: ProfileId | null;
  issuer: CredentialId | 'self';
  /** `null` if the authority does not have the key. */
  keyFile: KeyFileId | null;
  issuedAt: Instant;
  /** Set by renewal or rotation. */
  supersededBy?: CredentialId;
  revoked?: EntryRevocation;
}

export function isActive(entry: { supersededBy?: unknown; revoked?: unknown }): boolean {
  return entry.supersededBy === undefined && entry.revoked === undefined;
}

export interface KeptCloudAgent {
  state: CloudAgentState;
  /** `null` if the authority does not have the key. */
  tokenKeyFile: KeyFileId | null;
}

/** Public data as stored. Private keys are stored separately, encrypted. */
export interface Authority {
  id: AuthorityId;
  name: string;
  kind: AuthorityKind;
  createdAt: Instant;
  /** Whether the authority is marked as a sample wherever it is shown. */
  sample: boolean;
  entries: readonly AuthorityEntry[];
  /** The latest CRL number of each CA, by its ID. Source: RFC 5280 section 5.2.3. */
  crlNumbers: Readonly<Record<string, number>>;
  cloudAgent?: KeptCloudAgent;
}
