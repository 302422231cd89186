import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import { KEY_ALGORITHMS, type KeyAlgorithm } from '../../shared/certificates/key-algorithm.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Profile } from '../model/profile.ts';
import type { Ports, PrivateKey } from '../../shared/ports.ts';
import type { IssuedCertificate, IssuePorts, SigningAuthority } from './issue.ts';
import { issueSuccessor } from './successor.ts';

/** A certificate with the key that it certifies. */
export interface RenewedCertificate extends IssuedCertificate {
  key: PrivateKey;
}

/**
 * The next certificate of the Kubernetes layer: new key of the same kind, new serial number, the same subject, SANs and
 * usages, a validity of the same length, backdated as the profile states. Whether it is due is not checked.
 * `renewal.refused` for a certificate with SANs that are neither DNS names nor IP addresses, which would be lost.
 */
export async function renewCertificate(
  ports: IssuePorts & Pick<Ports, 'clock'>,
  renewal: { profile: Profile; certificate: IssuedCertificate; issuer: SigningAuthority },
): Promise<RenewedCertificate> {
  const { profile, certificate, issuer } = renewal;
  const { facts } = certificate;
  if (facts.isCa) throw new Error('a CA is rotated, not renewed');
  if (hasOtherNames(facts)) throw new ConsoleError('renewal.refused', { reason: 'otherNames' });
  const key = await ports.keys.generate(findKeyAlgorithm(facts) ?? profile.keyAlgorithms.value[0]);
  const issued = issueSuccessor(ports, {
    former: certificate,
    issuer,
    subjectSpki: key.spki,
    serialBits: profile.serialBits.value,
    backdatingMs: profile.backdatingMs.value,
  });
  return { ...issued, key };
}

function hasOtherNames({ sans }: CertificateFacts): boolean {
  const { email, uri, directory, registeredId, other } = sans;
  return [email, uri, directory, registeredId, other].some((names) => names.length > 0);
}

/** The algorithm of a certified key, provided that the engine makes such keys. */
function findKeyAlgorithm({ key }: Pick<CertificateFacts, 'key'>): KeyAlgorithm | undefined {
  const name = key.algorithm === 'EC' ? (key.curve ?? '').toLowerCase() : `rsa-${String(key.bits)}`;
  return KEY_ALGORITHMS.find((each) => each === name && ['EC', 'RSA'].includes(key.algorithm));
}
