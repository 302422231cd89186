import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import type { CertificateTemplate, MocTemplate } from '../../shared/certificates/certificate-template.ts';
import type { Instant } from '../../shared/instant.ts';
import { renewValidity } from '../model/renewal.ts';

export interface Succession {
  serialHex: string;
  now: Instant;
  /** Default 0. */
  backdatingMs?: number;
  moc?: MocTemplate | undefined;
}

/** What the certificate says that takes the place of a leaf: all as before but for serial number, dates and `moc`. */
export function successorTemplate(
  former: CertificateFacts,
  { serialHex, now, backdatingMs, moc }: Succession,
): CertificateTemplate {
  const { subject, sans, keyUsage, extendedKeyUsage } = former;
  return {
    serialHex,
    subject: { commonName: subject.cn ?? '', organizations: subject.o },
    sans: { dns: sans.dns, ip: sans.ip },
    ...renewValidity(former, now, backdatingMs),
    keyUsage,
    extendedKeyUsage,
    isCa: false,
    moc,
  };
}
