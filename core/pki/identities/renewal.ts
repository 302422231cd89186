import { PROFILES } from '../model/profiles.ts';
import { paceProfile } from '../model/renewal.ts';
import type { RequestFacts } from '../../shared/certificates/certificate-request.ts';
import { isSameBytes } from '../../shared/lists.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { MocTemplate } from '../../shared/certificates/certificate-template.ts';
import { extensionValue } from '../../formats/x509/csr.ts';
import { MOC_ORIGINAL_CERTIFICATE } from '../../formats/der/oids.ts';
import { readRenewalExtension, RENEWAL_EXTENSION } from '../../formats/x509/renewal-extension.ts';
import { decodeCertificate } from '../../formats/x509/certificate.ts';
import type { CloudAgent, CloudAgentPorts } from './cloud-agent.ts';
import { authenticate } from './certificate.ts';
import { clientCertificate, type ClientCertificate } from './login.ts';
import { readRequestFacts, slicePart } from './request.ts';
import type { IssuedCertificate } from '../issue/issue.ts';
import { issueSuccessor } from '../issue/renewal.ts';

/** A certificate for the new key signed by the old key, and the certificate to renew. */
const FEWEST_CERTIFICATES = 2;

/**
 * Renews a certificate (DER) if the old key signed a certificate for the new one. Changes only key, serial number and
 * dates; the lifetime stays the same. The new certificate records the login certificate and the number of renewals; the
 * old one stays valid. The client decides when to renew. Source: see `login`.
 */
export function renew(
  ports: CloudAgentPorts,
  agent: CloudAgent,
  { certificate: shown, request }: { certificate: Uint8Array; request: Uint8Array },
): ClientCertificate {
  const { identity, certificate: old } = authenticate(ports, agent, [shown]);
  const facts = readRequestFacts(ports, request);
  const spki = slicePart(request, facts.spki);
  checkWordOfOldKey(ports, old, { certificates: certificatesIn(request, facts), spki });
  const moc: MocTemplate = {
    accessIdentity: identity.name,
    originalCertificate: originalIn(old.der, old.facts),
    renewCount: (old.facts.moc?.renewCount ?? 0) + 1,
  };
  const certificate = issueSuccessor(ports, {
    former: old,
    profile: paceProfile(PROFILES[identity.profile], agent.pace),
    issuer: agent.signer,
    subjectSpki: spki,
    // For renewed keys the cloud agent uses the SHA-256 of the whole SubjectPublicKeyInfo.
    subjectKeyId: ports.crypto.sha256(spki),
    moc,
  });
  return clientCertificate(ports, agent, { identity, certificate });
}

function certificatesIn(request: Uint8Array, facts: RequestFacts): Uint8Array[] {
  const content = extensionValue(request, facts, RENEWAL_EXTENSION);
  return (content && readRenewalExtension(content)) ?? [];
}

function checkWordOfOldKey(
  { keys }: CloudAgentPorts,
  old: IssuedCertificate,
  { certificates, spki }: { certificates: readonly Uint8Array[]; spki: Uint8Array },
): void {
  const [wordDer, toRenew] = certificates;
  const word = wordDer && decodeCertificate(wordDer);
  if (certificates.length < FEWEST_CERTIFICATES || wordDer === undefined || word?.ok !== true)
    throw renewalRefusal('missingCertificates');
  if (toRenew === undefined || !isSameBytes(toRenew, old.der)) throw renewalRefusal('notClientCertificate');
  const { tbs, signature, signatureAlgorithm: algorithm, spki: wordSpki } = word.certificate;
  const isSigned =
    signature !== undefined &&
    keys.verify({
      spki: slicePart(old.der, old.facts.spki),
      signatureOid: algorithm.oid,
      data: slicePart(wordDer, tbs),
      signature: slicePart(wordDer, signature),
    });
  if (!isSigned) throw renewalRefusal('keyCertificateSignature');
  if (!isSameBytes(slicePart(wordDer, wordSpki), spki)) throw renewalRefusal('keyMismatch');
}

function renewalRefusal(
  reason: 'missingCertificates' | 'notClientCertificate' | 'keyCertificateSignature' | 'keyMismatch',
): ConsoleError {
  return new ConsoleError('renewal.refused', { reason });
}

/** Returns the login certificate recorded in the old certificate; without a record, the old certificate itself. */
function originalIn(der: Uint8Array, { extensions }: IssuedCertificate['facts']): Uint8Array {
  const remembered = extensions.find(({ oid }) => oid === MOC_ORIGINAL_CERTIFICATE);
  return remembered === undefined ? der : slicePart(der, remembered);
}
