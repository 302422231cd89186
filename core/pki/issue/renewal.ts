import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import { KEY_ALGORITHMS, type KeyAlgorithm } from '../../shared/certificates/key-algorithm.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Profile } from '../model/profile.ts';
import type { Ports, PrivateKey } from '../../shared/ports.ts';
import type { IssuedCertificate, IssuePorts, SigningAuthority } from './issue.ts';
import { issueSuccessor } from './successor.ts';

export interface RenewedCertificate extends IssuedCertificate {
  key: PrivateKey;
}

/**
 * Issues the next certificate of the Kubernetes layer, due or not: new key of the same kind and new serial number;
 * subject, SANs, usages and length of validity stay. `renewal.refused` for SANs other than DNS names and addresses,
 * which would be lost.
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

/** `undefined` for keys that the engine does not make. */
function findKeyAlgorithm({ key }: Pick<CertificateFacts, 'key'>): KeyAlgorithm | undefined {
  const name = key.algorithm === 'EC' ? (key.curve ?? '').toLowerCase() : `rsa-${String(key.bits)}`;
  return KEY_ALGORITHMS.find((each) => each === name && ['EC', 'RSA'].includes(key.algorithm));
}
