import type { CertificateFacts } from '../../shared/certificate.ts';
import { instantFromMs, msOf, SECOND_MS, type Instant } from '../../shared/instant.ts';
import { KEY_ALGORITHMS, type KeyAlgorithm } from '../../shared/key-algorithm.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Profile } from '../model/profile.ts';
import type { CertificateTemplate } from '../../shared/certificate-template.ts';
import { subjectNameOf } from '../../formats/x509/writer.ts';
import type { Ports, PrivateKey } from '../../shared/ports.ts';
import { issueCertificate, type IssuedCertificate, type IssuePorts, type SigningAuthority } from './issue.ts';
import { newSerial } from './serial.ts';

/** Both ends of a certificate's validity. */
export type Validity = Pick<CertificateFacts, 'notBefore' | 'notAfter'>;

/**
 * The second from which renewal is due: when the share that the profile names is left of the time between `notBefore` and
 * `notAfter`. The share is rounded to the millisecond, the moment up to the whole second. `undefined` for what nobody
 * renews: roots of a cluster, and the article's exceptions (kubelet server, client certificate of a kubeconfig).
 * Source: microsoft/moc, pkg/auth/certrenew.go, renewRequired, which is due at the very moment too.
 */
export function renewalDueAt({ renewal }: Profile, validity: Validity): Instant | undefined {
  const { atShareLeft } = renewal.value;
  if (atShareLeft === undefined) return undefined;
  return wholeSecondFrom(msOf(validity.notAfter) - shareMs(validity, atShareLeft));
}

/**
 * The second from which a renewal that failed at `triedAt` is tried again. Rounded as `renewalDueAt`; `undefined` for what
 * nobody renews. Source: microsoft/moc-sdk-for-go, calculateTime (2 % of the validity).
 */
export function renewalRetryAt({ renewal }: Profile, validity: Validity, triedAt: Instant): Instant | undefined {
  const { retryShare } = renewal.value;
  if (retryShare === undefined) return undefined;
  return wholeSecondFrom(msOf(triedAt) + shareMs(validity, retryShare));
}

function shareMs({ notBefore, notAfter }: Validity, share: number): number {
  return Math.round(share * (msOf(notAfter) - msOf(notBefore)));
}

function wholeSecondFrom(ms: number): Instant {
  return instantFromMs(Math.ceil(ms / SECOND_MS) * SECOND_MS);
}

export interface RenewalQuestion {
  profile: Profile;
  validity: Validity;
  now: Instant;
  /**
   * Whether it is revoked in a way that would meet the renewed one too: a MOC identity or its certificate, or an entry of a
   * RenewRevocation without a `notBefore` that spares it. One that only meets this certificate, as by serial number, is
   * cured by the renewal and does not count.
   */
  isRevoked: boolean;
  /** The last try that failed. */
  triedAt?: Instant;
}

export type RenewalVerdict =
  | { verdict: 'nobody' }
  | { verdict: 'refused'; reason: 'expired' | 'revoked' | 'not-yet-valid' }
  /** Due, but the last try was too short a time ago. */
  | { verdict: 'waits'; retryAt: Instant }
  | { verdict: 'not-due'; dueAt: Instant }
  | { verdict: 'due'; dueAt: Instant };

/**
 * What becomes of a renewal at a moment. What has expired is renewed by nobody: a client logs in again, a cluster is
 * repaired. Valid through the second `notAfter`.
 */
export function renewalVerdict(question: RenewalQuestion): RenewalVerdict {
  const { profile, validity, now, isRevoked, triedAt } = question;
  const dueAt = renewalDueAt(profile, validity);
  if (dueAt === undefined) return { verdict: 'nobody' };
  if (now > validity.notAfter) return { verdict: 'refused', reason: 'expired' };
  if (now < validity.notBefore) return { verdict: 'refused', reason: 'not-yet-valid' };
  if (isRevoked) return { verdict: 'refused', reason: 'revoked' };
  if (now < dueAt) return { verdict: 'not-due', dueAt };
  const retryAt = triedAt && renewalRetryAt(profile, validity, triedAt);
  if (retryAt !== undefined && now < retryAt) return { verdict: 'waits', retryAt };
  return { verdict: 'due', dueAt };
}

/** A certificate with the key that it certifies. */
export interface RenewedCertificate extends IssuedCertificate {
  key: PrivateKey;
}

/**
 * The next certificate of the Kubernetes layer: new key of the same kind, new serial number, the same subject, SANs and
 * usages, a validity of the same length with its start as far back as the profile says. Done without asking whether it is
 * due. `renewal.refused` for a certificate with SANs that are neither DNS names nor IP addresses, which would be lost.
 */
export async function renewCertificate(
  ports: IssuePorts & Pick<Ports, 'clock'>,
  renewal: { profile: Profile; certificate: IssuedCertificate; issuer: SigningAuthority },
): Promise<RenewedCertificate> {
  const { profile, certificate, issuer } = renewal;
  const { facts, der } = certificate;
  if (facts.isCa) throw new Error('a CA is rotated, not renewed');
  if (hasOtherNames(facts)) throw new ConsoleError('renewal.refused', { reason: 'otherNames' });
  const key = await ports.keys.generate(keyAlgorithmOf(facts) ?? defaultKey(profile));
  const startMs = msOf(ports.clock.now()) - profile.backdatingMs.value;
  const lengthMs = msOf(facts.notAfter) - msOf(facts.notBefore);
  const template: CertificateTemplate = {
    serialHex: newSerial(ports.keys, profile.serialBits.value),
    subject: { commonName: facts.subject.cn ?? '', organizations: facts.subject.o },
    sans: { dns: facts.sans.dns, ip: facts.sans.ip },
    notBefore: instantFromMs(startMs),
    notAfter: instantFromMs(startMs + lengthMs),
    keyUsage: facts.keyUsage,
    extendedKeyUsage: facts.extendedKeyUsage,
    isCa: false,
  };
  const hasSubject = facts.subject.attributes.length > 0;
  const issued = issueCertificate(ports, {
    template,
    subjectSpki: key.spki,
    ...(hasSubject && { subjectName: subjectNameOf(der) }),
    issuer,
  });
  return { ...issued, key };
}

function hasOtherNames({ sans }: CertificateFacts): boolean {
  const { email, uri, directory, registeredId, other } = sans;
  return [email, uri, directory, registeredId, other].some((names) => names.length > 0);
}

/** The algorithm of a certified key, if the engine makes such keys. */
function keyAlgorithmOf({ key }: Pick<CertificateFacts, 'key'>): KeyAlgorithm | undefined {
  const name = key.algorithm === 'EC' ? (key.curve ?? '').toLowerCase() : `rsa-${String(key.bits)}`;
  return KEY_ALGORITHMS.find((each) => each === name && ['EC', 'RSA'].includes(key.algorithm));
}

function defaultKey({ keyAlgorithms, id }: Profile): KeyAlgorithm {
  const [first] = keyAlgorithms.value;
  if (first === undefined) throw new Error(`a profile without keys: ${id}`);
  return first;
}
