import type { AuthorityId, AuthorityKind, RevocationReason } from '../../pki/model/authority.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { LifetimeClassId } from '../../knowledge/model/credentials/lifetimes.ts';
import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import type { CredentialId } from '../../shared/ids.ts';
import type { Finding } from '../../shared/finding.ts';
import type { ClientType } from '../../pki/model/identity.ts';
import type { Instant } from '../../shared/instant.ts';
import type { KeyAlgorithm } from '../../shared/certificates/key-algorithm.ts';
import type { ProfileId } from '../../pki/model/profile.ts';

/** One authority as an item of a list. */
export interface AuthoritySummary {
  id: AuthorityId;
  name: string;
  kind: AuthorityKind;
  createdAt: Instant;
  sample: boolean;
  /** Whether its keys can sign now: the passphrase was given, or the system remembers it. */
  unlocked: boolean;
  /** Whether the system keeps the unlock key. */
  remembered: boolean;
  cas: number;
  /** Certificates in use: neither superseded nor revoked. */
  certificates: number;
}

/** One certificate in the tree of an authority; flat, without anything that changes over time. */
export interface AuthorityRow {
  id: CredentialId;
  /** Common name, or the whole subject if there is none. */
  name: string;
  /** `null` when it was not made from a profile. */
  profile: ProfileId | null;
  role: RoleId;
  lifetimeClass: LifetimeClassId;
  isCa: boolean;
  /** The row of the CA that signed it. */
  issuer: CredentialId | 'self';
  serialHex: string;
  key: string;
  notBeforeMs: number;
  notAfterMs: number;
  /** Whether its private key is kept with the authority. */
  hasKey: boolean;
  supersededBy?: CredentialId;
  revoked?: { at: Instant; reason: RevocationReason };
}

/** A client of the cloud agent, without its secrets. */
export interface IdentityRow {
  name: string;
  clientType: ClientType;
  tokenExpiresAt: Instant;
  tokenGeneration: number;
  certificateId?: CredentialId;
  revoked: boolean;
  autoRotate: boolean;
}

/** A whole authority: the unit of its events. */
export interface AuthorityTree extends AuthoritySummary {
  /** In the order in which they were added. */
  rows: AuthorityRow[];
  identities: IdentityRow[];
  /** Progress of a rotation of the cloud agent's CA; absent when none is under way. */
  rotation?: {
    stage: 'both-trusted' | 'reissuing';
    oldCa: CredentialId;
    newCa: CredentialId;
    /** Certificates still to be reissued before the old CA can be withdrawn. */
    left: number;
  };
}

/** Full details of one certificate of an authority. */
export interface AuthorityEntryDetails {
  authorityId: AuthorityId;
  row: AuthorityRow;
  facts: CertificateFacts;
  serial: { hex: string; decimal: string; colon: string };
  fingerprintSha256: string;
  fingerprintSha1: string;
  pem: string;
  findings: Finding[];
}

/**
 * What can be requested for a new certificate in addition to its profile; values that the profile does not use are
 * refused.
 */
export interface IssueValues {
  /** Values of the profile's placeholders, by name without brackets. */
  values: Partial<Record<string, string[]>>;
  /** Replaces the profile's own validity; whole seconds, at most until the CA expires. */
  validityMs?: number;
  keyAlgorithm?: KeyAlgorithm;
  /** Names and addresses in addition to those of the profile. */
  dns: string[];
  ip: string[];
}

export const CERTIFICATE_EXPORT_FORMATS = ['pem', 'der', 'p7b', 'pfx', 'kubeconfig'] as const;
/** `pem` contains the chain and, on request, the key; `kubeconfig` contains the key too. */
export type CertificateExportFormat = (typeof CERTIFICATE_EXPORT_FORMATS)[number];

export const PFX_ENCRYPTIONS = ['aes-256', '3des'] as const;
/** `3des` is for Windows Server 2016 and older, which cannot read anything else. */
export type PfxEncryption = (typeof PFX_ENCRYPTIONS)[number];
