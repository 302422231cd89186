import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import { KEY_ALGORITHMS, type KeyAlgorithm } from '../../shared/certificates/key-algorithm.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { listOtherNames } from '../approve/san-rules.ts';
import type { Profile } from '../model/profile.ts';
import type { Ports, PrivateKey } from '../../shared/ports.ts';
import type { MocTemplate } from '../../shared/certificates/certificate-template.ts';
import { readSubjectName } from '../../formats/x509/writer.ts';
import { renewValidity } from '../model/renewal.ts';
import {
  issueCertificate,
  type CertificateOrder,
  type IssuedCertificate,
  type IssuePorts,
  type SigningAuthority,
} from './issue.ts';
import { newSerial } from './serial.ts';

/**
 * Issues the next certificate of the Kubernetes layer, due or not. The key is new but of the same kind; subject, SANs,
 * usages and lifetime stay the same. Throws `renewal.refused` if SANs other than DNS names and addresses would be lost.
 */
export async function renewCertificate(
  ports: IssuePorts & Pick<Ports, 'clock'>,
  renewal: { profile: Profile; certificate: IssuedCertificate; issuer: SigningAuthority },
): Promise<IssuedCertificate & { key: PrivateKey }> {
  const { profile, certificate, issuer } = renewal;
  const { facts } = certificate;
  if (facts.isCa) throw new Error('a CA is rotated, not renewed');
  if (listOtherNames(facts.sans).length > 0) throw new ConsoleError('renewal.refused', { reason: 'otherNames' });
  const key = await ports.keys.generate(findKeyAlgorithm(facts) ?? profile.keyAlgorithms.value[0]);
  return { ...issueSuccessor(ports, { former: certificate, issuer, subjectSpki: key.spki, profile }), key };
}

function findKeyAlgorithm({ key }: Pick<CertificateFacts, 'key'>): KeyAlgorithm | undefined {
  const name = key.algorithm === 'EC' ? (key.curve ?? '').toLowerCase() : `rsa-${String(key.bits)}`;
  return KEY_ALGORITHMS.find((each) => each === name && ['EC', 'RSA'].includes(key.algorithm));
}

interface SuccessorOrder extends Pick<CertificateOrder, 'issuer' | 'subjectSpki' | 'subjectKeyId'> {
  former: IssuedCertificate;
  profile: Profile;
  moc?: MocTemplate;
}

/** Issues a certificate with the subject, DNS names, addresses, usages and lifetime of the former one. */
export function issueSuccessor(
  ports: IssuePorts & Pick<Ports, 'clock'>,
  { former, profile, moc, ...order }: SuccessorOrder,
): IssuedCertificate {
  const { subject, sans, keyUsage, extendedKeyUsage } = former.facts;
  return issueCertificate(ports, {
    ...order,
    template: {
      serialHex: newSerial(ports.keys, profile.serialBits.value),
      subject: { commonName: subject.cn ?? '', organizations: subject.o },
      sans: { dns: sans.dns, ip: sans.ip },
      ...renewValidity(former.facts, ports.clock.now(), profile.backdatingMs.value),
      keyUsage,
      extendedKeyUsage,
      isCa: false,
      moc,
    },
    subjectName: subject.attributes.length > 0 ? readSubjectName(former.der) : undefined,
  });
}
