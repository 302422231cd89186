import type { RequestFacts } from '../../shared/certificates/certificate-request.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Profile } from '../model/profile.ts';
import type { ExaminedRequest, RequestReview } from '../model/request-review.ts';
import { decodeRequest, isRequestSigned } from '../../formats/x509/csr.ts';
import { BASIC_CONSTRAINTS, COMMON_NAME } from '../../formats/x509/writer.ts';
import { listOtherNames } from '../approve/san-rules.ts';
import { isStrongKey, keyText } from '../approve/request-rules.ts';
import { uniqueNames, type SigningPorts } from '../approve/csr-signer.ts';
import { slicePart, subjectNameIn } from '../identities/request.ts';
import { issueCertificate, type IssuedCertificate, type SigningAuthority } from './issue.ts';
import { getPeriod } from './request-period.ts';
import { newSerial } from './serial.ts';

export interface SigningReport extends RequestReview {
  issued: IssuedCertificate;
}

/** Determined by the profile or the engine, so nothing is lost by ignoring these extensions. */
const ANSWERED = ['2.5.29.14', '2.5.29.15', '2.5.29.17', BASIC_CONSTRAINTS, '2.5.29.35', '2.5.29.37'];

export interface RequestToSign {
  der: Uint8Array;
  profile: Profile;
  authority: Pick<SigningAuthority, 'facts'>;
  allowed?: readonly string[] | undefined;
}

type Refusable<T> = T & { refusal: ConsoleError | undefined };

/**
 * Signs a request (PKCS #10): usages and lifetime come from the profile; subject (byte for byte), key, DNS names and
 * addresses from the request. Names beyond the profile must be in `allowed`; the report lists all of them for review.
 */
export function signRequest(
  ports: SigningPorts,
  request: RequestToSign & { authority: SigningAuthority },
): SigningReport {
  const { der, profile, authority } = request;
  const facts = readRequest(der);
  const review = reviewFacts(ports, facts, request);
  if (review.refusal !== undefined) throw review.refusal;
  const issued = issueCertificate(ports, {
    template: { serialHex: newSerial(ports.keys, profile.serialBits.value), ...review.certificate },
    subjectSpki: slicePart(der, facts.spki),
    subjectName: subjectNameIn(der, facts),
    issuer: authority,
  });
  return { ...review, issued };
}

/** Tells, without the key of the CA, what `signRequest` would do. Throws only `csr.unreadable` and faults of the CA. */
export function reviewRequest(ports: SigningPorts, request: RequestToSign): RequestReview {
  return reviewFacts(ports, readRequest(request.der), request);
}

/** Reads a request and names the refusal that no profile can change. Throws only `csr.unreadable`. */
export function examineRequest(ports: Pick<SigningPorts, 'keys'>, der: Uint8Array): ExaminedRequest {
  const { refusal, ...examined } = examineFacts(ports, readRequest(der), der);
  return { ...examined, refusal: refusal && { code: refusal.code, params: refusal.params } };
}

function examineFacts(
  ports: Pick<SigningPorts, 'keys'>,
  facts: RequestFacts,
  der: Uint8Array,
): Refusable<ExaminedRequest> {
  const { subject, findings, extensions, isCa } = facts;
  // A request to become a CA is listed, so that nobody overlooks it.
  const others = extensions.filter(({ oid }) => !ANSWERED.includes(oid) || (isCa && oid === BASIC_CONSTRAINTS));
  return {
    subject: subject.text,
    sans: uniqueNames(facts.sans),
    key: keyText(facts.key),
    usages: [...facts.extendedKeyUsage, ...facts.keyUsage],
    leftOut: { names: listOtherNames(facts.sans), extensions: others.map(({ oid, name }) => name ?? oid) },
    findings,
    refusal: findRefusal(ports, facts, der),
  };
}

function reviewFacts(ports: SigningPorts, facts: RequestFacts, request: RequestToSign): Refusable<RequestReview> {
  const { profile, authority } = request;
  if (profile.issuer.value === 'self') throw new ConsoleError('csr.profile-is-root', { profile: profile.id });
  const asked = examineFacts(ports, facts, request.der);
  const { subject } = facts;
  const certificate: RequestReview['certificate'] = {
    subject: { commonName: subject.cn ?? '', organizations: subject.o },
    sans: asked.sans,
    ...getPeriod(ports, { profile, authority }),
    keyUsage: profile.keyUsage.value,
    extendedKeyUsage: profile.extendedKeyUsage.value,
    isCa: false,
  };
  const kept = [...certificate.keyUsage, ...certificate.extendedKeyUsage];
  const leftOut = { ...asked.leftOut, usages: asked.usages.filter((usage) => !kept.includes(usage)) };
  const refusal = asked.refusal ?? refuseForeignNames(facts, request);
  return { ...asked, certificate, issuer: authority.facts.subject.text, leftOut, refusal };
}

function readRequest(der: Uint8Array): RequestFacts {
  const decoded = decodeRequest(der);
  if (!decoded.ok) throw new ConsoleError('csr.unreadable', { reason: decoded.finding.rule });
  return decoded.request;
}

function findRefusal(
  { keys }: Pick<SigningPorts, 'keys'>,
  facts: RequestFacts,
  der: Uint8Array,
): ConsoleError | undefined {
  const { subject, sans } = facts;
  if (!isRequestSigned(keys, der, facts))
    return new ConsoleError('csr.bad-signature', { algorithm: facts.signatureAlgorithm.name });
  if (!isStrongKey(facts.key)) return new ConsoleError('csr.weak-key', { key: keyText(facts.key) });
  // Source: RFC 5280 section 4.1.2.6.
  if (subject.attributes.length === 0 && sans.dns.length === 0 && sans.ip.length === 0)
    return new ConsoleError('csr.no-name', {});
  return undefined;
}

function refuseForeignNames(facts: RequestFacts, { profile, allowed = [] }: RequestToSign): ConsoleError | undefined {
  const foreign = foreignNames(facts, profile).filter((name) => !allowed.includes(name));
  if (foreign.length === 0) return undefined;
  return new ConsoleError('csr.foreign-names', { names: foreign.join(', '), profile: profile.id });
}

/** Prefix of users and groups to which Kubernetes itself grants rights. Source: Kubernetes documentation, RBAC. */
const SYSTEM = 'system:';
const PLACEHOLDER = /<[a-z-]+>/gu;

/**
 * Lists users, groups, DNS names and addresses that no certificate of this profile would have. Users that Kubernetes
 * does not predefine are allowed; additional groups are not, since a group grants its rights to all members.
 */
function foreignNames({ subject, sans }: RequestFacts, profile: Profile): string[] {
  const { commonName, organizations } = profile.subject.value;
  const { dns, ip } = profile.sans.value;
  const users = subject.attributes.filter(({ oid }) => oid === COMMON_NAME).map(({ value }) => value);
  const names = [
    ...users.filter((user) => user.startsWith(SYSTEM) && !fits(user, [commonName])),
    ...subject.o.filter((group) => !fits(group, organizations)),
    ...sans.dns.filter((name) => !fits(name, dns)),
    ...sans.ip.filter((address) => !fits(address, ip)),
  ];
  return [...new Set(names)];
}

/** Matches names with patterns. A placeholder covers neither a wildcard nor a name that Kubernetes predefines. */
function fits(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const literals = pattern.split(PLACEHOLDER).map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`));
    return new RegExp(`^${literals.join(PLACEHOLDER_VALUE)}$`, 'iu').test(name);
  });
}

const PLACEHOLDER_VALUE = '(?!system:)[^*]+';
