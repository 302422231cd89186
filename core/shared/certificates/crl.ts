import type { AuthorityKeyId, DecodeFinding, DistinguishedName, ExtensionFacts } from './certificate.ts';
import type { Instant } from '../instant.ts';

/** CRLReason by its number; 7 is unused. Source: RFC 5280 section 5.3.1. */
export const CRL_REASONS = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  undefined,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
] as const;
export type CrlReason = NonNullable<(typeof CRL_REASONS)[number]>;

export interface CrlEntry {
  /** Same form as `CertificateFacts.serialHex`. */
  serialHex: string;
  revokedAt: Instant;
  reason?: CrlReason;
  /** The time at which the key was, or may have been, compromised, or the certificate otherwise became invalid. */
  invalidityDate?: Instant;
}

/**
 * Contents of one X.509 CRL. Plain data; optional fields are absent if the CRL lacks them. Offsets in bytes from the
 * start.
 */
export interface CrlFacts {
  version: number;
  signatureAlgorithm: { oid: string; name: string; hash?: string };
  issuer: DistinguishedName;
  thisUpdate: Instant;
  /** Absent only in CRLs that violate RFC 5280. */
  nextUpdate?: Instant;
  /** In CRL order. */
  entries: CrlEntry[];
  /** The CRL number as lower-case hex of even length. */
  numberHex?: string;
  authorityKeyId?: AuthorityKeyId;
  extensions: ExtensionFacts[];
  /**
   * OIDs of critical extensions, of the CRL or of an entry, that this program does not know: such a CRL proves nothing
   * about any certificate. Dotted, each once. Source: RFC 5280 sections 5.2 and 5.3.
   */
  notUnderstood: string[];
  tbs: { offset: number; length: number };
  /** The bits, without the byte that counts unused bits. */
  signature: { offset: number; length: number };
  /** In bytes, without trailing data. */
  length: number;
  findings: DecodeFinding[];
}

/** `offset` in bytes from the start; the catalogues contain the text for `rule`. */
export type CrlResult = { ok: true; crl: CrlFacts } | { ok: false; finding: DecodeFinding };
