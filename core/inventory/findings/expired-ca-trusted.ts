import type { CertificateRule } from './rule.ts';

/**
 * Reports an expired CA beside a valid one in a place that contains only CAs, which is a trust list. Go rejects
 * certificates signed by the expired CA, but programs that ignore the dates of trusted CAs accept them.
 */
export const expiredCaTrusted: CertificateRule = {
  id: 'certificate.expired-ca-trusted',
  severity: 'notice',
  citation: { certainty: 'documented', work: 'RFC 5280', place: 'section 6.1.1 (d)' },
  check(certificate, known) {
    if (!certificate.facts.isCa || certificate.facts.notAfter >= known.now) return undefined;
    const source = certificate.sources.find((each) => {
      const besides = known.besides(each);
      return besides.every(({ facts }) => facts.isCa) && besides.some((one) => known.isValid(one));
    });
    if (source === undefined) return undefined;
    return { params: { notAfter: certificate.facts.notAfter }, source };
  },
};
