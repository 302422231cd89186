import type { AuthorityKeyId, DecodeFinding, DistinguishedName, ExtensionFacts } from './certificate.ts';
import type { Instant } from './instant.ts';

/** CRLReason by its number; 7 is not used. Source: RFC 5280 section 5.3.1. */
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

/** One revoked certificate. */
export interface CrlEntry {
  /** As `CertificateFacts.serialHex`. */
  serialHex: string;
  revokedAt: Instant;
  reason?: CrlReason;
  /** Since when the key is known or suspected to be compromised, or the certificate invalid otherwise. */
  invalidityDate?: Instant;
}

/** What one X.509 CRL says. Plain data; everything optional was absent from the CRL. Offsets in bytes from the start. */
export interface CrlFacts {
  version: number;
  signatureAlgorithm: { oid: string; name: string; hash?: string };
  issuer: DistinguishedName;
  thisUpdate: Instant;
  /** Absent only where RFC 5280 is not kept. */
  nextUpdate?: Instant;
  /** In the order of the CRL. */
  entries: CrlEntry[];
  /** The CRL number as lower-case hex of even length. */
  numberHex?: string;
  authorityKeyId?: AuthorityKeyId;
  extensions: ExtensionFacts[];
  /**
   * Critical extensions, of the CRL or of an entry, that are not understood here: with one of them the CRL tells the
   * status of no certificate. Dotted OIDs, each once. Source: RFC 5280 sections 5.2 and 5.3.
   */
  notUnderstood: string[];
  tbs: { offset: number; length: number };
  /** The signature's bits, without the byte that counts unused ones. */
  signature: { offset: number; length: number };
  /** Bytes of the whole CRL, without data that follows it. */
  length: number;
  findings: DecodeFinding[];
}

/** Why bytes are not a CRL. `offset` in bytes from the start; `rule` has its text in the catalogues. */
export type CrlResult = { ok: true; crl: CrlFacts } | { ok: false; finding: DecodeFinding };
