import type { MocTemplate } from '../../shared/certificates/certificate-template.ts';
import type { Ports } from '../../shared/ports.ts';
import { readSubjectName } from '../../formats/x509/writer.ts';
import { renewValidity } from '../model/renewal.ts';
import { issueCertificate, type CertificateOrder, type IssuedCertificate, type IssuePorts } from './issue.ts';
import { newSerial } from './serial.ts';

interface SuccessorOrder extends Pick<CertificateOrder, 'issuer' | 'subjectSpki' | 'subjectKeyId'> {
  former: IssuedCertificate;
  serialBits: 128 | 63;
  /** Default 0. */
  backdatingMs?: number;
  moc?: MocTemplate;
}

/** Issues a leaf's successor: only serial number, dates, key and `moc` differ. */
export function issueSuccessor(
  ports: IssuePorts & Pick<Ports, 'clock'>,
  { former, serialBits, backdatingMs, moc, ...order }: SuccessorOrder,
): IssuedCertificate {
  const { subject, sans, keyUsage, extendedKeyUsage } = former.facts;
  const hasSubject = subject.attributes.length > 0;
  return issueCertificate(ports, {
    ...order,
    template: {
      serialHex: newSerial(ports.keys, serialBits),
      subject: { commonName: subject.cn ?? '', organizations: subject.o },
      sans: { dns: sans.dns, ip: sans.ip },
      ...renewValidity(former.facts, ports.clock.now(), backdatingMs),
      keyUsage,
      extendedKeyUsage,
      isCa: false,
      moc,
    },
    subjectName: hasSubject ? readSubjectName(former.der) : undefined,
  });
}
