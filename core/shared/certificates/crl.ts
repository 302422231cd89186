import type { ByteRange, CertificateFacts, Undecoded } from './certificate.ts';
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
  /** In the same form as `CertificateFacts.serialHex`. */
  serialHex: string;
  revokedAt: Instant;
  reason?: CrlReason;
  /** The time at which the key was, or may have been, compromised, or the certificate otherwise became invalid. */
  invalidityDate?: Instant;
}

/** Optional fields are absent if the CRL lacks them. Offsets in bytes from the start. */
export interface CrlFacts extends Pick<
  CertificateFacts,
  'version' | 'signatureAlgorithm' | 'issuer' | 'authorityKeyId' | 'extensions' | 'tbs' | 'findings'
> {
  thisUpdate: Instant;
  /** Absent only in CRLs that violate RFC 5280. */
  nextUpdate?: Instant;
  entries: CrlEntry[];
  /** The CRL number as lower-case hex of even length. */
  numberHex?: string;
  /**
   * OIDs of critical extensions, of the CRL or of an entry, that this program does not know: such a CRL proves nothing
   * about any certificate. Dotted, each once. Source: RFC 5280 sections 5.2 and 5.3.
   */
  notUnderstood: string[];
  signature: ByteRange;
  length: number;
}

export type CrlResult = { ok: true; crl: CrlFacts } | Undecoded;
