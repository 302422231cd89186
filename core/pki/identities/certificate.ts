import type { CertificateFacts } from '../../shared/certificate.ts';
import type { CertificateRecord, Identity } from '../model/identity.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { decodeCertificate } from '../../formats/x509/certificate.ts';
import { withIdentity, type CloudAgent, type CloudAgentPorts } from './cloud-agent.ts';
import type { IdentityChange } from './identities.ts';
import type { IssuedCertificate } from '../issue/issue.ts';
import { verifyChain } from '../verify/verify.ts';

/** A client that the cloud agent believes. */
export interface AuthenticatedClient {
  identity: Identity;
  certificate: IssuedCertificate;
}

/**
 * Who a client certificate stands for, checked as the cloud agent checks it at every connection: signed by a CA that is
 * trusted now, within its validity, of an identity that is not revoked, and itself neither unknown nor revoked. What it
 * may be used for is not looked at, as in the public code. `chain` starts with the certificate, all in DER.
 * `identity.certificate-expired`, `identity.certificate-refused`, `identity.revoked`.
 * Source: microsoft/moc, pkg/certs/certificateAuthority.go, VerifyClientCertificate.
 */
export function authenticate(
  ports: CloudAgentPorts,
  agent: CloudAgent,
  chain: readonly Uint8Array[],
): AuthenticatedClient {
  const certificate = readCertificate(chain[0]);
  verifyTrust(ports, agent, { chain, certificate });
  const { facts } = certificate;
  const name = identityNameIn(facts);
  const identity = agent.state.identities.find((each) => each.name === name);
  if (identity === undefined) throw refused('noIdentity');
  const record = identity.certificates.find(({ serialHex }) => serialHex === facts.serialHex);
  if (identity.revokedAt !== undefined || record?.revokedAt !== undefined)
    throw new ConsoleError('identity.revoked', { identity: name });
  if (record === undefined) throw refused('notOnRecord');
  return { identity, certificate };
}

function readCertificate(der: Uint8Array | undefined): IssuedCertificate {
  const decoded = der === undefined ? undefined : decodeCertificate(der);
  if (der === undefined || decoded?.ok !== true) throw refused('unreadable');
  // What follows a certificate was signed by nobody.
  if (decoded.certificate.length !== der.length) throw refused('unreadable');
  return { der, facts: decoded.certificate };
}

function verifyTrust(
  ports: CloudAgentPorts,
  { trusted }: CloudAgent,
  { chain, certificate }: { chain: readonly Uint8Array[]; certificate: IssuedCertificate },
): void {
  const { reasons } = verifyChain(ports, {
    chain,
    roots: trusted.map(({ der }) => der),
    crls: [],
    revocations: [],
    at: ports.clock.now(),
    purpose: 'any',
    revocationCheck: false,
  });
  const errors = reasons.filter(({ severity }) => severity === 'error');
  const ownDates = errors.filter(
    ({ rule, certificate: { list, index } }) =>
      list === 'chain' && index === 0 && (rule === 'expired' || rule === 'not-yet-valid'),
  );
  if (errors.length > ownDates.length) throw refused('unknownAuthority');
  const { facts } = certificate;
  if (ownDates.some(({ rule }) => rule === 'expired'))
    throw new ConsoleError('identity.certificate-expired', {
      identity: identityNameIn(facts),
      notAfter: facts.notAfter,
    });
  if (ownDates.length > 0) throw refused('notYetValid');
}

/** Only the extension counts: the subject is what the client asked for. */
function identityNameIn({ moc }: CertificateFacts): string {
  return moc?.accessIdentity ?? '';
}

function refused(
  reason: 'unreadable' | 'unknownAuthority' | 'notYetValid' | 'noIdentity' | 'notOnRecord',
): ConsoleError {
  return new ConsoleError('identity.certificate-refused', { reason });
}

/** Puts a new certificate on record and drops the records of those that have expired. */
export function withCertificate(
  { clock }: CloudAgentPorts,
  { state }: CloudAgent,
  { identity, facts }: { identity: Identity; facts: CertificateFacts },
): IdentityChange {
  const now = clock.now();
  const record: CertificateRecord = {
    serialHex: facts.serialHex,
    notBefore: facts.notBefore,
    notAfter: facts.notAfter,
    renewCount: facts.moc?.renewCount ?? 0,
  };
  const certificates = [...identity.certificates.filter(({ notAfter }) => notAfter >= now), record];
  const changed = { ...identity, certificates };
  return { state: withIdentity(state, changed), identity: changed };
}
