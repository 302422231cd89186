import { VERDICT_REASONS } from '../../pki/model/verdict.ts';
import { shortName } from '../store/rows.ts';
import type { CertificateRule } from './rule.ts';

/**
 * Says that it is valid for longer than any chain above it, so that its real end comes earlier than the stated one. Not of
 * MOC: its cloud agent signs for 90 days whatever is left of the year of its CA, which it replaces by then
 * (`docs/profiles.md`), so that this is so every year.
 */
export const outlivesIssuer: CertificateRule = {
  id: 'certificate.outlives-issuer',
  citation: VERDICT_REASONS['outlives-issuer'].citation,
  check(certificate, known) {
    const { notAfter: issuerNotAfter, endedBy } = known.chainEnd(certificate);
    const { notAfter } = certificate.facts;
    if (issuerNotAfter >= notAfter || issuerNotAfter < known.now || certificate.layer === 'moc') return undefined;
    return { severity: 'warning', params: { notAfter, issuer: shortName(endedBy.facts.subject), issuerNotAfter } };
  },
};
