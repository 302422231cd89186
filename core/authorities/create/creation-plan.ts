import type { Finding } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';
import type { ProfileId } from '../../pki/model/profile.ts';
import type { CreationSpec } from './creation-spec.ts';

/*
 * Plain data without secrets. Texts: `create.action.<action>`, `create.reason.<reason>`, `create.field.<field>`.
 */

/** `restore` puts back the previous key after an interruption. `blocked`: the findings state the reason. */
export type CreationAction = 'keep' | 'create' | 'remake' | 'restore' | 'blocked';

export function isMade(action: CreationAction): boolean {
  return action === 'create' || action === 'remake';
}

export const CREATION_REASONS = [
  'matches',
  'certificate-only',
  'missing',
  'certificate-missing',
  'key-missing',
  'public-key-missing',
  'unreadable',
  'key-unreadable',
  'key-does-not-belong',
  'interrupted',
  'not-an-authority',
  'issuer-changed',
  'not-yet-valid',
  'expired',
  'expiring',
  'does-not-match',
] as const;
export type CreationReason = (typeof CREATION_REASONS)[number];

export const MISMATCH_FIELDS = [
  'subject',
  'sans',
  'usages',
  'key-algorithm',
  'identity',
  'validity',
  'server',
  'cluster',
  'certificate-authority',
] as const;
export type MismatchField = (typeof MISMATCH_FIELDS)[number];

export interface CertificateSummary {
  /** In the form of RFC 4514. */
  subject: string;
  serialHex: string;
  notBefore: Instant;
  /** The last second of validity. */
  notAfter: Instant;
  /** Hex. */
  sha256: string;
}

/** A reason is always given, fields only for `does-not-match`. */
export interface CreationVerdict {
  action: CreationAction;
  reason: CreationReason;
  fields?: readonly MismatchField[];
}

export interface CreationStep extends CreationVerdict {
  kind: 'authority' | 'certificate' | 'kubeconfig' | 'bootstrap-kubeconfig' | 'service-account-key';
  profile?: ProfileId;
  /** The certificate, the kubeconfig, or the private key of the service accounts. */
  path: string;
  /** Key file first. */
  files: readonly string[];
  /** Path of the CA certificate that signs the item, or that a kubeconfig without a certificate trusts. */
  issuer?: string;
  present?: CertificateSummary;
}

export interface CreationPlan {
  spec: CreationSpec;
  folder: string;
  /** CAs come before the certificates that they sign. */
  steps: readonly CreationStep[];
  findings: readonly Finding[];
}

export interface CreationRecord extends CreationStep {
  certificate?: CertificateSummary;
}

/** Texts: `finding.<rule>` and its remedy. */
export const CREATION_RULES = [
  'create.authority-missing',
  'create.authority-without-key',
  'create.authority-key-unusable',
  'create.authority-unusable',
  'create.authority-differs',
  'create.authority-remade',
  'create.authority-ends-first',
  'create.authority-key-not-needed',
  'create.issuer-by-article',
  'create.interrupted',
  'create.token-file-missing',
  'create.token-file-malformed',
  'create.service-account-key-unreadable',
  'create.service-account-key-replaced',
] as const;
export type CreationRule = (typeof CREATION_RULES)[number];
