import type { ClientCertificateRecord, Identity } from '../model/identity.ts';
import { PROFILES } from '../model/profiles.ts';
import { paceProfile } from '../model/renewal.ts';
import { replaceIdentity, type CloudAgent, type CloudAgentPorts } from './cloud-agent.ts';
import type { IdentityChange } from './identities.ts';
import { readRequestFacts, slicePart, subjectNameIn } from './request.ts';
import { verifyToken } from './token.ts';
import { issueCertificate, type IssuedCertificate } from '../issue/issue.ts';
import { buildNamedTemplate } from '../issue/profile-template.ts';

export interface ClientCertificate extends IdentityChange {
  certificate: IssuedCertificate;
  /** DER, newest first; becomes `CloudCertificate` in the access file. */
  authorities: readonly Uint8Array[];
}

/**
 * Certifies the key of a request (DER) for the holder of a token. Subject and SANs come from the request; a separate
 * extension names the holder, so that no client can take another's name. Everything else comes from the identity's
 * profile. Source: microsoft/moc, pkg/certs/certificateAuthority.go, SignRequest.
 */
export function login(
  ports: CloudAgentPorts,
  agent: CloudAgent,
  { token, request }: { token: string; request: Uint8Array },
): ClientCertificate {
  const identity = verifyToken(ports, agent, token);
  const facts = readRequestFacts(ports, request);
  const { dns, ip } = facts.sans;
  const certificate = issueCertificate(ports, {
    template: buildNamedTemplate(ports, {
      profile: paceProfile(PROFILES[identity.profile], agent.pace),
      subject: { commonName: '', organizations: [] },
      sans: { dns, ip },
      moc: { accessIdentity: identity.name },
    }),
    subjectSpki: slicePart(request, facts.spki),
    subjectName: subjectNameIn(request, facts),
    issuer: agent.signer,
  });
  return clientCertificate(ports, agent, { identity, certificate });
}

/** Records a new certificate, and drops the records of expired ones. */
export function clientCertificate(
  { clock }: CloudAgentPorts,
  { state, trusted }: CloudAgent,
  { identity: former, certificate }: { identity: Identity; certificate: IssuedCertificate },
): ClientCertificate {
  const now = clock.now();
  const { serialHex, notBefore, notAfter, moc } = certificate.facts;
  const record: ClientCertificateRecord = { serialHex, notBefore, notAfter, renewCount: moc?.renewCount ?? 0 };
  const valid = former.certificates.filter((each) => each.notAfter >= now);
  const identity = { ...former, certificates: [...valid, record] };
  return { state: replaceIdentity(state, identity), identity, certificate, authorities: trusted.map(({ der }) => der) };
}
