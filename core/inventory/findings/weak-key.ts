import { findWeakKey } from '../../pki/model/strength.ts';
import { VERDICT_REASONS } from '../../pki/model/verdict.ts';
import type { CertificateRule } from './rule.ts';

export const weakKey: CertificateRule = {
  id: 'certificate.weak-key',
  severity: 'warning',
  citation: VERDICT_REASONS['weak-key'].citation,
  check(certificate, known) {
    const params = known.isValid(certificate) ? findWeakKey(certificate.facts.key) : undefined;
    return params && { params };
  },
};
