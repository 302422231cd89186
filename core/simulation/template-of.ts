import { PROFILES } from '../pki/model/profiles.ts';
import type { CertificateTemplate } from '../shared/certificates/certificate-template.ts';
import type { CertificateState } from './state.ts';

/** Omits the keys and, in MOC's extension, the DER of `record.original`. */
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
