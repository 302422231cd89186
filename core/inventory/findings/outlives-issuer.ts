import { VERDICT_REASONS } from '../../pki/model/verdict.ts';
import { shortName } from '../store/rows.ts';
import type { CertificateRule } from './rule.ts';

/**
 * MOC certificates are exempt: the cloud agent always signs for 90 days, even near the end of its CA's year, and
 * replaces the CA by then (`docs/profiles.md`), so this happens every year.
 */
export const outlivesIssuer: CertificateRule = {
  id: 'certificate.outlives-issuer',
  severity: 'warning',
  citation: VERDICT_REASONS['outlives-issuer'].citation,
  check(certificate, known) {
    const { notAfter: issuerNotAfter, endedBy } = known.chainEnd(certificate);
    const { notAfter } = certificate.facts;
    if (issuerNotAfter >= notAfter || issuerNotAfter < known.now || certificate.layer === 'moc') return undefined;
    return { params: { notAfter, issuer: shortName(endedBy.facts.subject), issuerNotAfter } };
  },
};
