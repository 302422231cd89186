import { refuseCertificate, type CertificateRefusal, type ClientCertificateFacts } from '../model/admission.ts';
import type { Identity } from '../model/identity.ts';
import type { Reason } from '../model/verdict.ts';
import type { Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { decodeCertificate } from '../../formats/x509/certificate.ts';
import type { CloudAgent, CloudAgentPorts } from './cloud-agent.ts';
import type { IssuedCertificate } from '../issue/issue.ts';
import { verifyChain } from '../verify/verify.ts';

/**
 * Checks a client certificate as the cloud agent does on every connection: the CA must be trusted now, the dates must
 * be valid, and certificate and identity must be known and not revoked. Ignores usages, like the public code. `chain`
 * is in DER and starts with the certificate.
 */
export function authenticate(
  ports: CloudAgentPorts,
  agent: CloudAgent,
  chain: readonly Uint8Array[],
): { identity: Identity; certificate: IssuedCertificate } {
  const certificate = readCertificate(chain[0]);
  const { facts } = certificate;
  // Only the extension is reliable, since the client chose the subject.
  const name = facts.moc?.accessIdentity ?? '';
  const identity = agent.state.identities.find((each) => each.name === name);
  const record = identity?.certificates.find(({ serialHex }) => serialHex === facts.serialHex);
  const refusal = refuseCertificate(
    {
      ...verifyIssuers(ports, agent, chain),
      notBefore: facts.notBefore,
      notAfter: facts.notAfter,
      isRevoked: identity?.revokedAt !== undefined || record?.revokedAt !== undefined,
    },
    ports.clock.now(),
  );
  if (refusal !== undefined) throw refusalProblem(refusal, { identity: name, notAfter: facts.notAfter });
  if (identity === undefined) throw certificateRefusal('noIdentity');
  if (record === undefined) throw certificateRefusal('notOnRecord');
  return { identity, certificate };
}

function readCertificate(der: Uint8Array | undefined): IssuedCertificate {
  const decoded = der === undefined ? undefined : decodeCertificate(der);
  if (der === undefined || decoded?.ok !== true) throw certificateRefusal('unreadable');
  // No signature covers data after a certificate.
  if (decoded.certificate.length !== der.length) throw certificateRefusal('unreadable');
  return { der, facts: decoded.certificate };
}

/** Verifies the chain of a certificate apart from the certificate's own dates, which are checked separately. */
function verifyIssuers(
  ports: CloudAgentPorts,
  { trusted }: CloudAgent,
  chain: readonly Uint8Array[],
): Pick<ClientCertificateFacts<Instant>, 'isIssuerTrusted' | 'isIssuerValid'> {
  const { reasons } = verifyChain(ports, {
    chain,
    roots: trusted.map(({ der }) => der),
    crls: [],
    at: ports.clock.now(),
    purpose: 'any',
    revocationCheck: false,
  });
  const errors = reasons.filter(({ severity }) => severity === 'error');
  const ofDates = errors.filter(({ rule }) => rule === 'expired' || rule === 'not-yet-valid');
  const isOfLeaf = ({ certificate: { list, index } }: Reason): boolean => list === 'chain' && index === 0;
  return { isIssuerTrusted: errors.length === ofDates.length, isIssuerValid: ofDates.every(isOfLeaf) };
}

function refusalProblem(
  refusal: CertificateRefusal,
  { identity, notAfter }: { identity: string; notAfter: Instant },
): ConsoleError {
  switch (refusal) {
    case 'certificate-expired':
      return new ConsoleError('identity.certificate-expired', { identity, notAfter });
    case 'revoked':
      return new ConsoleError('identity.revoked', { identity });
    case 'certificate-not-yet-valid':
      return certificateRefusal('notYetValid');
    case 'unknown-authority':
    case 'issuer-not-valid':
      return certificateRefusal('unknownAuthority');
  }
}

function certificateRefusal(
  reason: 'unreadable' | 'unknownAuthority' | 'notYetValid' | 'noIdentity' | 'notOnRecord',
): ConsoleError {
  return new ConsoleError('identity.certificate-refused', { reason });
}
