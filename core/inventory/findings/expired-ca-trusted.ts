import type { CertificateRule } from './rule.ts';

/**
 * An expired CA in a place that holds CAs only, and a valid one besides: a list of those to trust, which somebody uses and
 * nobody has cleared. Go refuses what such a CA has signed; a program that takes a trusted CA without its dates does not.
 */
export const expiredCaTrusted: CertificateRule = {
  id: 'certificate.expired-ca-trusted',
  citation: { certainty: 'documented', work: 'RFC 5280', place: 'section 6.1.1 (d)' },
  check(certificate, known) {
    if (!certificate.facts.isCa || certificate.facts.notAfter >= known.now) return undefined;
    const source = certificate.sources.find((each) => {
      const besides = known.besides(each);
      return besides.every(({ facts }) => facts.isCa) && besides.some((one) => known.isValid(one));
    });
    if (source === undefined) return undefined;
    return { severity: 'notice', params: { notAfter: certificate.facts.notAfter }, source };
  },
};
