import type { RequestFacts } from '../../shared/certificates/certificate-request.ts';
import type { DecodeFinding } from '../../shared/certificates/certificate.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Profile } from '../model/profile.ts';
import type { CertificateTemplate, SansTemplate } from '../../shared/certificates/certificate-template.ts';
import { decodeRequest, isRequestSigned } from '../../formats/x509/csr.ts';
import { listOtherNames } from '../approve/san-rules.ts';
import { foreignNames } from '../approve/request-names.ts';
import { isStrongKey, keyText } from '../approve/request-rules.ts';
import { uniqueNames, type SigningPorts } from '../approve/csr-signer.ts';
import { slicePart, subjectNameIn } from '../identities/request.ts';
import { issueCertificate, type IssuedCertificate, type SigningAuthority } from './issue.ts';
import { getPeriod } from './request-period.ts';
import { newSerial } from './serial.ts';

/** For the admin who had it signed. */
export interface SigningReport {
  issued: IssuedCertificate;
  /** RFC 4514; comes from the request. */
  subject: string;
  /** Taken over from the request. */
  sans: SansTemplate;
  /** Requested, but not in the certificate. */
  leftOut: {
    /** E-mail addresses, URIs and others. */
    names: readonly string[];
    /** By name, else by OID. Usages always come from the profile. */
    extensions: readonly string[];
  };
  /** About the request. */
  findings: readonly DecodeFinding[];
}

/** A request to be a CA is reported: nobody must overlook it. */
const BASIC_CONSTRAINTS = '2.5.29.19';
/** Determined by profile or engine, so nothing is lost. */
const ANSWERED = ['2.5.29.14', '2.5.29.15', '2.5.29.17', BASIC_CONSTRAINTS, '2.5.29.35', '2.5.29.37'];

export interface RequestToSign {
  der: Uint8Array;
  profile: Profile;
  authority: SigningAuthority;
  /** Names beyond the profile that the requester may have. */
  allowed?: readonly string[] | undefined;
}

/**
 * Signs a request (PKCS #10): usages and lifetime come from the profile; subject, byte for byte, key, DNS names and
 * addresses from the request. Names that the profile does not have must be allowed one by one; the report lists all,
 * for whoever signs to judge.
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
  // Source: RFC 5280 section 4.1.2.6.
  if (subject.attributes.length === 0 && sans.dns.length === 0 && sans.ip.length === 0) {
    throw new ConsoleError('csr.no-name', {});
  }
  return request;
}

function leftOut({ sans, extensions, isCa }: RequestFacts): SigningReport['leftOut'] {
  const others = extensions.filter(({ oid }) => !ANSWERED.includes(oid) || (isCa && oid === BASIC_CONSTRAINTS));
  return { names: listOtherNames(sans), extensions: others.map(({ oid, name }) => name ?? oid) };
}
