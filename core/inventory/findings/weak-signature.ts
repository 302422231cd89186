import { isWeakSignature } from '../../pki/model/strength.ts';
import { VERDICT_REASONS } from '../../pki/model/verdict.ts';
import { isIssuedByItself } from '../assign/issuers.ts';
import type { CertificateRule } from './rule.ts';

/** Reports weak signatures, except that of a root on itself, on which nobody relies. */
export const weakSignature: CertificateRule = {
  id: 'certificate.weak-signature',
  severity: 'warning',
  citation: VERDICT_REASONS['weak-signature'].citation,
  check(certificate, known) {
    const { signatureAlgorithm } = certificate.facts;
    if (!known.isValid(certificate) || !isWeakSignature(signatureAlgorithm)) return undefined;
    if (isIssuedByItself(certificate.facts)) return undefined;
    return { params: { algorithm: signatureAlgorithm.name } };
  },
};
