import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { CRL_REASONS, type CrlReason } from '../../shared/certificates/crl.ts';
import type { CloudAgentState } from './identity.ts';
import type { Instant } from '../../shared/instant.ts';
import type { ProfileId } from './profile.ts';
import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';

/** 1 to 80 of `a` to `z`, `0` to `9` and `-`, as for a cluster. */
export type AuthorityId = string & { readonly brand: 'AuthorityId' };

/**
 * SHA-256 of the DER of a SubjectPublicKeyInfo, 64 lower-case hex digits. The file of a private key is named after it.
 */
export type KeyFileId = string & { readonly brand: 'KeyFileId' };

/** Whose certificates they are: those of a Kubernetes cluster, or of a cloud agent and its clients. */
export const AUTHORITY_KINDS = ['kubernetes', 'moc'] as const;
export type AuthorityKind = (typeof AUTHORITY_KINDS)[number];

/** Roots of each kind, in the order in which they are made. Source: the article, "Certificates and CAs". */
export const AUTHORITY_ROOTS: Record<AuthorityKind, readonly ProfileId[]> = {
  kubernetes: ['cluster-ca', 'etcd-ca', 'front-proxy-ca'],
  moc: ['cloud-agent-ca'],
};

/** `removeFromCRL` appears only in delta CRLs. Source: RFC 5280 section 5.3.1. */
export type RevocationReason = Exclude<CrlReason, 'removeFromCRL'>;
export const REVOCATION_REASONS = CRL_REASONS.filter(
  (reason): reason is RevocationReason => reason !== undefined && reason !== 'removeFromCRL',
);

/** Records that a certificate is on its issuer's CRL from `at` on. */
export interface EntryRevocation {
  at: Instant;
  reason: RevocationReason;
  /** When the key is believed to have been compromised. Source: RFC 5280 section 5.3.2. */
  invalidityDate?: Instant;
}

/** A certificate that the authority made, or that was added to it. */
export interface AuthorityEntry {
  /** SHA-256 of `der`. */
  id: CredentialId;
  der: Uint8Array;
  /** The contents of `der`; not stored, decoded on every read. */
  facts: CertificateFacts;
  /** `null` when it was not made from a profile, for instance from a request. */
  profile: ProfileId | null;
  /** The certificate of the CA that signed it. */
  issuer: CredentialId | 'self';
  /** The private key kept with the authority; `null` when the key is elsewhere. */
  keyFile: KeyFileId | null;
  issuedAt: Instant;
  /** The certificate that replaced it by renewal or rotation. */
  supersededBy?: CredentialId;
  revoked?: EntryRevocation;
}

/** A RenewRevocation object that takes effect at `appliedAt`. */
export interface AppliedRevocation {
  appliedAt: Instant;
  revocation: RenewRevocation;
}

/** A cloud agent as stored: what it remembers about its clients, and which key signs their tokens. */
export interface KeptCloudAgent {
  state: CloudAgentState;
  /** `null` when the key is elsewhere. */
  tokenKeyFile: KeyFileId | null;
}

/**
 * A certificate management system as stored: CAs, what they issued and what was withdrawn. Public data only; private
 * keys are kept separately, encrypted. A value: a change is a new one.
 */
export interface Authority {
  id: AuthorityId;
  /** The admin's name for it; unique among authorities. */
  name: string;
  kind: AuthorityKind;
  createdAt: Instant;
  /** Made up for trials; marked as such wherever it is shown. */
  sample: boolean;
  /** In the order in which they were added. */
  entries: readonly AuthorityEntry[];
  /** The last CRL number of each CA, by the id of its entry. Source: RFC 5280 section 5.2.3. */
  crlNumbers: Readonly<Record<string, number>>;
  revocations: readonly AppliedRevocation[];
  /** Only for the kind `moc`. */
  cloudAgent?: KeptCloudAgent;
}
