import { PROFILES } from '../pki/model/profiles.ts';
import type { CertificateTemplate } from '../shared/certificates/certificate-template.ts';
import type { CertificateState } from './state.ts';

/**
 * Everything that a certificate of the simulation contains except its keys, for making it for real. Of the private
 * extensions of MOC, the original certificate is omitted: that is the DER of `record.original`, once it has been made.
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
    ...(holder.kind === 'identity' && {
      moc: { accessIdentity: holder.identity, ...(renewCount > 0 && { renewCount }) },
    }),
  };
}
