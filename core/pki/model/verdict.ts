import type { Citation } from '../../shared/citation.ts';

function rfc5280(place: string): Citation {
  return { certainty: 'documented', work: 'RFC 5280', place };
}

const ARTICLE: Citation = {
  certainty: 'documented',
  work: 'Microsoft Learn, Overview of certificate management in AKS enabled by Azure Arc',
  place: 'Certificate revocation',
};
const KEY_STRENGTH: Citation = {
  certainty: 'documented',
  work: 'NIST SP 800-57 Part 1, Revision 5',
  place: 'section 5.6.1.1, table 2',
};
const HASH_STRENGTH: Citation = { certainty: 'documented', work: 'NIST SP 800-131A, Revision 2', place: 'section 9' };

interface ReasonRuleFacts {
  /** Warnings do not prevent acceptance. */
  severity: 'error' | 'warning';
  values: readonly string[];
  citation: Citation;
}

/** `values` are all that the messages `verdict.<rule>` and `verdict.<rule>.remedy` take. */
export const VERDICT_REASONS = {
  // The path
  unreadable: { severity: 'error', values: [], citation: rfc5280('section 4.1') },
  'left-out': { severity: 'warning', values: [], citation: rfc5280('section 4.1') },
  'unknown-issuer': { severity: 'error', values: ['issuer'], citation: rfc5280('section 6.1.3 (a)(4)') },
  'untrusted-root': { severity: 'error', values: [], citation: rfc5280('section 6.1.1 (d)') },
  'chain-too-long': { severity: 'error', values: ['limit'], citation: rfc5280('section 6.1') },
  'signature-wrong': { severity: 'error', values: ['issuer'], citation: rfc5280('section 6.1.3 (a)(1)') },
  'signature-unknown': { severity: 'error', values: ['algorithm'], citation: rfc5280('section 6.1.3 (a)(1)') },
  // One certificate
  'not-yet-valid': { severity: 'error', values: ['notBefore'], citation: rfc5280('section 6.1.3 (a)(2)') },
  expired: { severity: 'error', values: ['notAfter'], citation: rfc5280('section 6.1.3 (a)(2)') },
  malformed: { severity: 'error', values: ['finding'], citation: rfc5280('section 4.2') },
  'critical-extension': { severity: 'error', values: ['extension'], citation: rfc5280('section 4.2') },
  'weak-key': { severity: 'error', values: ['algorithm', 'bits', 'minimum'], citation: KEY_STRENGTH },
  'weak-signature': { severity: 'error', values: ['algorithm'], citation: HASH_STRENGTH },
  'outlives-issuer': {
    severity: 'warning',
    values: ['notAfter', 'issuer', 'issuerNotAfter'],
    citation: rfc5280('section 6.1.3 (a)(2)'),
  },
  // A CA
  'not-a-ca': { severity: 'error', values: [], citation: rfc5280('section 6.1.4 (k)') },
  'cert-sign-missing': { severity: 'error', values: [], citation: rfc5280('section 6.1.4 (n)') },
  'path-length': { severity: 'error', values: ['allowed', 'found'], citation: rfc5280('section 6.1.4 (l), (m)') },
  // Names and policies along the path
  'name-not-permitted': { severity: 'error', values: ['name', 'ca'], citation: rfc5280('section 6.1.3 (b)') },
  'name-excluded': { severity: 'error', values: ['name', 'ca'], citation: rfc5280('section 6.1.3 (c)') },
  'name-constraint-unsupported': { severity: 'error', values: ['form', 'ca'], citation: rfc5280('section 4.2.1.10') },
  'policies-malformed': { severity: 'error', values: [], citation: rfc5280('section 4.2.1.4') },
  'policy-missing': { severity: 'error', values: [], citation: rfc5280('section 6.1.3 (f)') },
  // Its intended use
  purpose: { severity: 'error', values: ['purpose'], citation: rfc5280('section 4.2.1.12') },
  'key-usage': { severity: 'error', values: ['purpose'], citation: rfc5280('section 4.2.1.3') },
  'name-not-covered': {
    severity: 'error',
    values: ['name'],
    citation: { certainty: 'documented', work: 'RFC 9525', place: 'section 6' },
  },
  // Revocation
  'revoked-by-object': { severity: 'error', values: ['object', 'entry', 'kind', 'value'], citation: ARTICLE },
  'revoked-by-crl': {
    severity: 'error',
    values: ['issuer', 'crl', 'revokedAt', 'reason'],
    citation: rfc5280('section 6.3.3 (j)'),
  },
  'crl-missing': { severity: 'error', values: ['issuer'], citation: rfc5280('section 6.1.3 (a)(3)') },
  'crl-unreadable': { severity: 'warning', values: ['position'], citation: rfc5280('section 5.1') },
  'crl-not-yet-valid': { severity: 'error', values: ['issuer', 'thisUpdate'], citation: rfc5280('section 5.1.2.4') },
  'crl-expired': { severity: 'error', values: ['issuer', 'nextUpdate'], citation: rfc5280('section 6.3.3 (a)') },
  'crl-signature-wrong': { severity: 'error', values: ['issuer'], citation: rfc5280('section 6.3.3 (g)') },
  'crl-signature-unknown': {
    severity: 'error',
    values: ['issuer', 'algorithm'],
    citation: rfc5280('section 6.3.3 (g)'),
  },
  'crl-signature-weak': { severity: 'warning', values: ['issuer', 'algorithm'], citation: HASH_STRENGTH },
  'crl-not-understood': { severity: 'error', values: ['issuer', 'oid'], citation: rfc5280('sections 5.2 and 5.3') },
  'crl-sign-missing': { severity: 'error', values: [], citation: rfc5280('section 6.3.3 (f)') },
} as const satisfies Record<string, ReasonRuleFacts>;

export type ReasonRule = keyof typeof VERDICT_REASONS;

/** Position from 0; `chain` 0 is the certificate to verify. */
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
  /** From the leaf on; the last is a root if a path reached one. */
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
