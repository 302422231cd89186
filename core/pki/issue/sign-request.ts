import type { RequestFacts } from '../../shared/certificates/certificate-request.ts';
import type { DecodeFinding } from '../../shared/certificates/certificate.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Profile } from '../model/profile.ts';
import type { CertificateTemplate, SansTemplate } from '../../shared/certificates/certificate-template.ts';
import { decodeRequest, isRequestSigned } from '../../formats/x509/csr.ts';
import { foreignNames } from '../approve/request-names.ts';
import { isStrongKey, keyText } from '../approve/request-rules.ts';
import { uniqueNames, type SigningPorts } from '../approve/csr-signer.ts';
import { slicePart, subjectNameIn } from '../identities/request.ts';
import { issueCertificate, type IssuedCertificate, type SigningAuthority } from './issue.ts';
import { getPeriod } from './request-period.ts';
import { newSerial } from './serial.ts';

/** The result of signing a request, for the admin who had it signed. */
export interface SigningReport {
  issued: IssuedCertificate;
  /** RFC 4514 text of the subject, which comes from the request. */
  subject: string;
  /** The names that were taken over. */
  sans: SansTemplate;
  /** What the request asks for and the certificate does not contain. */
  leftOut: {
    /** E-mail addresses, URIs and other names. */
    names: readonly string[];
    /** Extensions by name, or by OID if they have none; usages always come from the profile. */
    extensions: readonly string[];
  };
  /** Oddities in the request. */
  findings: readonly DecodeFinding[];
}

/** Answered negatively where the request asks to be a CA, which nobody must overlook. */
const BASIC_CONSTRAINTS = '2.5.29.19';
/** Determined by the profile or by the engine itself, so nothing is lost with them. */
const ANSWERED = ['2.5.29.14', '2.5.29.15', '2.5.29.17', BASIC_CONSTRAINTS, '2.5.29.35', '2.5.29.37'];

export interface RequestToSign {
  der: Uint8Array;
  profile: Profile;
  authority: SigningAuthority;
  /** Users, groups and names that the profile does not have, and that the requester may have all the same. */
  allowed?: readonly string[] | undefined;
}

/**
 * Signs a request (PKCS #10) according to a profile: usages and lifetime come from the profile; subject, byte for byte,
 * key, DNS names and addresses from the request. Whoever signs has to judge whether the requester may have them: the
 * report lists them, and those that are not of the profile have to be allowed one by one. Problems: `csr.unreadable`,
 * `csr.bad-signature`, `csr.weak-key`, `csr.no-name`, `csr.foreign-names`, `csr.profile-is-root`, `csr.authority-expired`.
 */
export function signRequest(
  ports: SigningPorts,
  { der, profile, authority, allowed = [] }: RequestToSign,
): SigningReport {
  if (profile.issuer.value === 'self') {
    throw new ConsoleError('csr.profile-is-root', { profile: profile.id });
  }
  const facts = checkedRequest(ports, der);
  const foreign = foreignNames(facts, profile).filter((name) => !allowed.includes(name));
  if (foreign.length > 0)
    throw new ConsoleError('csr.foreign-names', { names: foreign.join(', '), profile: profile.id });
  const sans = uniqueNames(facts.sans);
  const template: CertificateTemplate = {
    serialHex: newSerial(ports.keys, profile.serialBits.value),
    subject: { commonName: facts.subject.cn ?? '', organizations: facts.subject.o },
    sans,
    ...getPeriod(ports, { profile, authority }),
    keyUsage: profile.keyUsage.value,
    extendedKeyUsage: profile.extendedKeyUsage.value,
    isCa: false,
  };
  const issued = issueCertificate(ports, {
    template,
    subjectSpki: slicePart(der, facts.spki),
    subjectName: subjectNameIn(der, facts),
    issuer: authority,
  });
  const { subject, findings } = facts;
  return { issued, subject: subject.text, sans, leftOut: leftOut(facts), findings };
}

function checkedRequest({ keys }: SigningPorts, der: Uint8Array): RequestFacts {
  const decoded = decodeRequest(der);
  if (!decoded.ok) throw new ConsoleError('csr.unreadable', { reason: decoded.finding.rule });
  const { request } = decoded;
  if (!isRequestSigned(keys, der, request)) {
    throw new ConsoleError('csr.bad-signature', { algorithm: request.signatureAlgorithm.name });
  }
  if (!isStrongKey(request.key)) {
    throw new ConsoleError('csr.weak-key', { key: keyText(request.key) });
  }
  const { subject, sans } = request;
  // Source: RFC 5280 section 4.1.2.6: without a subject there must be alternative names.
  if (subject.attributes.length === 0 && sans.dns.length === 0 && sans.ip.length === 0) {
    throw new ConsoleError('csr.no-name', {});
  }
  return request;
}

function leftOut({ sans, extensions, isCa }: RequestFacts): SigningReport['leftOut'] {
  const { email, uri, directory, registeredId, other } = sans;
  const others = extensions.filter(({ oid }) => !ANSWERED.includes(oid) || (isCa && oid === BASIC_CONSTRAINTS));
  return {
    names: [...email, ...uri, ...directory, ...registeredId, ...other.map(({ type }) => type)],
    extensions: others.map(({ oid, name }) => name ?? oid),
  };
}
