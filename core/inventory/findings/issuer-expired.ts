import { VERDICT_REASONS } from '../../pki/model/verdict.ts';
import { shortName } from '../store/rows.ts';
import type { CertificateRule } from './rule.ts';

/**
 * Reports a valid certificate without a valid chain, which every verifier rejects. Sources: RFC 5280 section 6.1.3
 * (a)(2); Go's `crypto/x509`, and with it Kubernetes and MOC, also checks the dates of roots.
 */
export const issuerExpired: CertificateRule = {
  id: 'certificate.issuer-expired',
  severity: 'error',
  citation: VERDICT_REASONS.expired.citation,
  check(certificate, known) {
    const { notAfter, endedBy } = known.chainEnd(certificate);
    if (!known.isValid(certificate) || known.now <= notAfter) return undefined;
    return { params: { issuer: shortName(endedBy.facts.subject), issuerNotAfter: notAfter } };
  },
};
