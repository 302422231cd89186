import { PROFILES } from '../pki/model/profiles.ts';
import type { CertificateTemplate } from '../shared/certificates/certificate-template.ts';
import type { CertificateState } from './state.ts';

/**
 * Converts a simulated certificate into a template, without its keys and, in MOC's extension, without the DER of
 * `record.original`.
 */
export function buildTemplate(record: CertificateState): CertificateTemplate {
  const { serialHex, subject, sans, notBefore, notAfter, renewCount, holder } = record;
  const { keyUsage, extendedKeyUsage, issuer } = PROFILES[record.profile];
  return {
    serialHex,
    subject,
    sans,
    notBefore,
    notAfter,
    keyUsage: keyUsage.value,
    extendedKeyUsage: extendedKeyUsage.value,
    isCa: issuer.value === 'self',
    moc:
      holder.kind === 'identity' ? { accessIdentity: holder.identity, renewCount: renewCount || undefined } : undefined,
  };
}
