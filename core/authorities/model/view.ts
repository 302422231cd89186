import type { AuthorityId, AuthorityKind, RevocationReason } from '../../pki/model/authority.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { LifetimeClassId } from '../../knowledge/model/credentials/lifetimes.ts';
import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import type { ExemptReason } from '../../inventory/model/exempt-reason.ts';
import type { CredentialId } from '../../shared/ids.ts';
import type { Finding } from '../../shared/finding.ts';
import type { ClientType } from '../../pki/model/identity.ts';
import type { AuditFacts } from '../../shared/problem.ts';
import type { Instant } from '../../shared/instant.ts';
import type { AccessDecision, Right, Role, RoleAssignment } from '../../pki/model/access.ts';
import type { ProfileId } from '../../pki/model/profile.ts';

export interface AuthoritySummary {
  id: AuthorityId;
  name: string;
  kind: AuthorityKind;
  createdAt: Instant;
  sample: boolean;
  unlocked: boolean;
  /** Whether the system keeps the unlock key. */
  remembered: boolean;
  cas: number;
  /** Certificates that are neither superseded nor revoked. */
  certificates: number;
}

/** A certificate without values that depend on the current time. */
export interface AuthorityRow {
  id: CredentialId;
  /** The common name, or else the whole subject. */
  name: string;
  profile: ProfileId | null;
  role: RoleId;
  lifetimeClass: LifetimeClassId;
  isCa: boolean;
  issuer: CredentialId | 'self';
  serialHex: string;
  key: string;
  notBeforeMs: number;
  notAfterMs: number;
  hasKey: boolean;
  /** When the authority renews the certificate; absent if it does not. */
  renewalDueMs?: number;
  supersededBy?: CredentialId;
  revoked?: { at: Instant; reason: RevocationReason };
  /** Absent if a RenewRevocation can name the certificate. */
  exempt?: ExemptReason | undefined;
}

export interface IdentityRow {
  name: string;
  clientType: ClientType;
  tokenExpiresAt: Instant;
  tokenGeneration: number;
  certificateId?: CredentialId;
  revoked: boolean;
  autoRotate: boolean;
}

export interface AccessRoleRow extends Role {
  builtIn: boolean;
  /** Number of assignments. */
  assigned: number;
}

/** Rights at the cloud agent. */
export interface AccessView {
  /** The admin's own first. */
  roles: AccessRoleRow[];
  assignments: RoleAssignment[];
  rights: { identity: string; rights: Right[] }[];
}

export interface AccessAnswer extends AccessDecision {
  identity: string;
  /** The assignment that would allow what is refused. */
  suggestion?: RoleAssignment;
}

export function assignmentFacts({ identity, role, scope }: RoleAssignment): AuditFacts {
  return { identity, role, ...scope };
}

export function answerFacts({ allowed, reason, by }: AccessAnswer): AuditFacts {
  return { allowed, reason, role: by?.role };
}

export interface AuthorityTree extends AuthoritySummary {
  /** In the order in which the certificates were added. */
  rows: AuthorityRow[];
  identities: IdentityRow[];
  /** Only of a cloud agent. */
  access?: AccessView;
  /** Only while the cloud agent's CA is being rotated. */
  rotation?: {
    stage: 'both-trusted' | 'reissuing';
    oldCa: CredentialId;
    newCa: CredentialId;
    /** Certificates to reissue before the old CA can be withdrawn. */
    left: number;
  };
}

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

export const CERTIFICATE_EXPORT_FORMATS = ['pem', 'der', 'p7b', 'pfx', 'kubeconfig'] as const;
/** `pem` contains the chain and, on request, the key. */
export type CertificateExportFormat = (typeof CERTIFICATE_EXPORT_FORMATS)[number];

export const PFX_ENCRYPTIONS = ['aes-256', '3des'] as const;
/** Windows Server 2016 and older read only `3des`. */
export type PfxEncryption = (typeof PFX_ENCRYPTIONS)[number];
