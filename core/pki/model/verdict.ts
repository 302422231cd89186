import { cite, OVERVIEW_REVOCATION } from '../../knowledge/model/sources/sources.ts';
import type { Citation } from '../../shared/citation.ts';

const KEY_STRENGTH = cite('documented', 'NIST SP 800-57 Part 1, Revision 5', 'section 5.6.1.1, table 2');
const HASH_STRENGTH = cite('documented', 'NIST SP 800-131A, Revision 2', 'section 9');

/**
 * Defines a reason that prevents acceptance, from a citation or a section of RFC 5280 and the values of the message.
 */
function error<V extends string = never>(source: Citation | string, ...values: V[]) {
  const citation = typeof source === 'string' ? cite('documented', 'RFC 5280', source) : source;
  return { severity: 'error' as const, values, citation };
}

/** Defines a reason that does not prevent acceptance. */
function warning<V extends string = never>(source: Citation | string, ...values: V[]) {
  return { ...error(source, ...values), severity: 'warning' as const };
}

/** Texts: `verdict.<rule>` and its remedy. */
export const VERDICT_REASONS = {
  // The path
  unreadable: error('section 4.1'),
  'left-out': warning('section 4.1'),
  'unknown-issuer': error('section 6.1.3 (a)(4)', 'issuer'),
  'untrusted-root': error('section 6.1.1 (d)'),
  'chain-too-long': error('section 6.1', 'limit'),
  'signature-wrong': error('section 6.1.3 (a)(1)', 'issuer'),
  'signature-unknown': error('section 6.1.3 (a)(1)', 'algorithm'),
  // One certificate
  'not-yet-valid': error('section 6.1.3 (a)(2)', 'notBefore'),
  expired: error('section 6.1.3 (a)(2)', 'notAfter'),
  malformed: error('section 4.2', 'finding'),
  'critical-extension': error('section 4.2', 'extension'),
  'weak-key': error(KEY_STRENGTH, 'algorithm', 'bits', 'minimum'),
  'weak-signature': error(HASH_STRENGTH, 'algorithm'),
  'outlives-issuer': warning('section 6.1.3 (a)(2)', 'notAfter', 'issuer', 'issuerNotAfter'),
  // A CA
  'not-a-ca': error('section 6.1.4 (k)'),
  'cert-sign-missing': error('section 6.1.4 (n)'),
  'path-length': error('section 6.1.4 (l), (m)', 'allowed', 'found'),
  // Names and policies along the path
  'name-not-permitted': error('section 6.1.3 (b)', 'name', 'ca'),
  'name-excluded': error('section 6.1.3 (c)', 'name', 'ca'),
  'name-constraint-unsupported': error('section 4.2.1.10', 'form', 'ca'),
  'policies-malformed': error('section 4.2.1.4'),
  'policy-missing': error('section 6.1.3 (f)'),
  // Intended use
  purpose: error('section 4.2.1.12', 'purpose'),
  'key-usage': error('section 4.2.1.3', 'purpose'),
  'name-not-covered': error(cite('documented', 'RFC 9525', 'section 6'), 'name'),
  // Revocation
  'revoked-by-object': error(OVERVIEW_REVOCATION, 'object', 'entry', 'kind', 'value'),
  'revoked-by-crl': error('section 6.3.3 (j)', 'issuer', 'crl', 'revokedAt', 'reason'),
  'crl-missing': error('section 6.1.3 (a)(3)', 'issuer'),
  'crl-unreadable': warning('section 5.1', 'position'),
  'crl-not-yet-valid': error('section 5.1.2.4', 'issuer', 'thisUpdate'),
  'crl-expired': error('section 6.3.3 (a)', 'issuer', 'nextUpdate'),
  'crl-signature-wrong': error('section 6.3.3 (g)', 'issuer'),
  'crl-signature-unknown': error('section 6.3.3 (g)', 'issuer', 'algorithm'),
  'crl-signature-weak': warning(HASH_STRENGTH, 'issuer', 'algorithm'),
  'crl-not-understood': error('sections 5.2 and 5.3', 'issuer', 'oid'),
  'crl-sign-missing': error('section 6.3.3 (f)'),
};

export type ReasonRule = keyof typeof VERDICT_REASONS;

/** 0-based; position 0 of `chain` is the certificate to verify. */
export interface CertificateReference {
  list: 'chain' | 'roots';
  index: number;
  /** RFC 4514; absent if the certificate is unreadable. */
  subject?: string;
  serialHex?: string;
}

export interface Reason {
  rule: ReasonRule;
  severity: 'error' | 'warning';
  certificate: CertificateReference;
  params: Readonly<Record<string, string | number>>;
  citation: Citation;
}

export interface PathVerdict {
  accepted: boolean;
  /** From the leaf to the root. */
  reasons: readonly Reason[];
  /** From the leaf upwards; ends with a root if one was reached. */
  path: readonly CertificateReference[];
}

export function makeReason<R extends ReasonRule>(
  rule: R,
  certificate: CertificateReference,
  params: Record<(typeof VERDICT_REASONS)[R]['values'][number], string | number>,
): Reason {
  const { severity, citation } = VERDICT_REASONS[rule];
  return { rule, severity, certificate, params, citation };
}
