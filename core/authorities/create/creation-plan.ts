import type { Finding } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';
import type { ProfileId } from '../../pki/model/profile.ts';
import type { CreationSpec } from './creation-spec.ts';

/*
 * What creating would do, as plain data without secrets. Texts in the catalogues: `create.action.<action>`,
 * `create.reason.<reason>`, `create.field.<field>`.
 */

/**
 * `restore`: the previous key is put back because a run was interrupted before its certificate was written. `blocked`:
 * it should be made or remade but cannot be; the findings say why.
 */
export type CreationAction = 'keep' | 'create' | 'remake' | 'restore' | 'blocked';

export const CREATION_REASONS = [
  // For what is kept
  'matches',
  'certificate-only',
  // For everything else
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

/** What may differ from the specification. */
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

export type CreationKind = 'authority' | 'certificate' | 'kubeconfig' | 'bootstrap-kubeconfig' | 'service-account-key';

/** The contents of a certificate, for a line in a list. */
export interface CertificateSummary {
  /** In the format of RFC 4514. */
  subject: string;
  serialHex: string;
  notBefore: Instant;
  /** Last second of validity. */
  notAfter: Instant;
  /** SHA-256 of the certificate, 64 lower-case hex digits. */
  sha256: string;
}

/** One item named by a specification. Paths are in the form of the operating system. */
export interface CreationStep {
  kind: CreationKind;
  profile?: ProfileId;
  /** The certificate, the kubeconfig, or the private key of the service accounts. */
  path: string;
  /** All of its files, with its key first. */
  files: readonly string[];
  action: CreationAction;
  reason: CreationReason;
  /** Present with `does-not-match`. */
  fields?: readonly MismatchField[];
  /** The certificate of the CA that signs it, or that is trusted by a kubeconfig without a certificate. */
  issuer?: string;
  /** The existing certificate. */
  present?: CertificateSummary;
}

export interface CreationPlan {
  spec: CreationSpec;
  folder: string;
  /** In the order in which they are carried out: CAs before what they sign. */
  steps: readonly CreationStep[];
  findings: readonly Finding[];
}

/** A completed step, with the certificate that now exists. */
export interface CreationRecord extends CreationStep {
  certificate?: CertificateSummary;
}

/** Every rule that a finding about a plan can have; the catalogues have `finding.<rule>` and its remedy. */
export const CREATION_RULES = [
  'create.authority-missing',
  'create.authority-without-key', // count
  'create.authority-key-unusable', // reason
  'create.authority-unusable', // reason
  'create.authority-differs', // fields
  'create.authority-remade', // count, reason
  'create.authority-ends-first', // notAfter, count
  'create.authority-key-not-needed',
  'create.interrupted',
  'create.token-file-missing',
  'create.token-file-malformed',
  'create.service-account-key-unreadable',
  'create.service-account-key-replaced',
] as const;
export type CreationRule = (typeof CREATION_RULES)[number];
