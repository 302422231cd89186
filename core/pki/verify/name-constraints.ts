import { ipBytes } from '../../shared/ip-address.ts';
import type { GeneralName } from '../../formats/x509/general-name.ts';
import {
  readNameConstraints,
  readNames,
  type NameConstraints,
  type Subtree,
} from '../../formats/x509/path-extensions.ts';
import { makeReason, type Reason } from '../model/verdict.ts';
import { isSelfIssued, type PathCandidate } from './candidate.ts';

const EMAIL_ADDRESS = '1.2.840.113549.1.9.1';
/**
 * Constraints on e-mail addresses also apply to these names, but are not evaluated for them. Source: RFC 9598 section
 * 6.
 */
const SMTP_UTF8_MAILBOX = 'otherName 1.3.6.1.5.5.7.8.9';
/** Only an attack needs more comparisons. */
const MAX_COMPARISONS = 1 << 20;

/**
 * Lists violations of the constraints of every CA above, including roots. Self-issued intermediates are exempt. Source:
 * RFC 5280 section 6.1.3 (b), (c), section 4.2.1.10.
 */
export function nameReasons(certificate: PathCandidate, above: readonly PathCandidate[], isLeaf: boolean): Reason[] {
  const { reference } = certificate;
  if (!isLeaf && isSelfIssued(certificate)) return [];
  const bounds = above.flatMap((ca) => {
    const constraints = readNameConstraints(ca);
    // Malformed constraints are reported for the CA itself.
    return constraints === undefined || constraints === 'malformed' ? [] : [{ ca: ca.facts.subject.text, constraints }];
  });
  if (bounds.length === 0) return [];
  const names = listNames(certificate);
  if (names === undefined) return [makeReason('malformed', reference, { finding: 'der.malformed-extension' })];
  const subtrees = bounds.reduce((count, { constraints: { permitted, excluded } }) => {
    return count + permitted.length + excluded.length;
  }, 0);
  if (names.length * subtrees > MAX_COMPARISONS)
    return [makeReason('name-constraint-unsupported', reference, { form: `${names.length} × ${subtrees}`, ca: '–' })];
  return bounds.flatMap(({ ca, constraints }) =>
    names.flatMap((name) => objections(certificate, name, constraints, ca)),
  );
}

/** Includes e-mail addresses in the subject, as RFC 5280 and openssl do. */
function listNames(certificate: PathCandidate): GeneralName[] | undefined {
  const names = readNames(certificate);
  if (names === 'malformed') return undefined;
  const mail = certificate.facts.subject.attributes.filter(({ oid }) => oid === EMAIL_ADDRESS);
  return [...names, ...mail.map(({ value }) => ({ kind: 'email' as const, text: value }))];
}

function objections(
  { reference }: PathCandidate,
  name: GeneralName,
  { permitted, excluded }: NameConstraints,
  ca: string,
): Reason[] {
  const permissions = permitted.filter(hasSameKind(name)).map((subtree) => compareWith(subtree, name));
  const exclusions = excluded.filter(hasSameKind(name)).map((subtree) => compareWith(subtree, name));
  if ([...permissions, ...exclusions].includes('unknown'))
    return [
      makeReason('name-constraint-unsupported', reference, {
        form: name.kind === 'other' ? name.form : `${name.kind} ${name.text}`,
        ca,
      }),
    ];
  const isPermitted = permissions.length === 0 || permissions.includes('within');
  return [
    ...(isPermitted ? [] : [makeReason('name-not-permitted', reference, { name: name.text, ca })]),
    ...(exclusions.includes('within') ? [makeReason('name-excluded', reference, { name: name.text, ca })] : []),
  ];
}

function hasSameKind(name: GeneralName): (subtree: Subtree) => boolean {
  if (name.kind !== 'other') return ({ base }) => base.kind === name.kind;
  return ({ base }) =>
    base.kind === 'other' ? base.form === name.form : base.kind === 'email' && name.form === SMTP_UTF8_MAILBOX;
}

type State = 'within' | 'outside' | 'unknown';

function compareWith({ base, isPlain }: Subtree, name: GeneralName): State {
  return isPlain ? compare(name, base) : 'unknown';
}

function compare(name: GeneralName, base: GeneralName): State {
  if (name.kind === 'dns' && base.kind === 'dns') return subtreeState(isBelowDomain(name.text, base.text));
  if (name.kind === 'email' && base.kind === 'email') return compareMail(name.text, base.text);
  if (name.kind === 'uri' && base.kind === 'uri') return compareUri(name.text, base.text);
  if (name.kind === 'ip' && base.kind === 'ip') return compareAddress(name.octets, base.octets);
  if (name.kind === 'directory' && base.kind === 'directory')
    return subtreeState(base.path.every((part, index) => name.path[index] === part));
  return 'unknown';
}

function subtreeState(isWithin: boolean): State {
  return isWithin ? 'within' : 'outside';
}

/** Matches the domain and all its subdomains or, with a leading dot, only subdomains, as in Go and openssl. */
function isBelowDomain(name: string, domain: string): boolean {
  const [lower, base] = [name.toLowerCase(), domain.toLowerCase()];
  if (base === '' || lower === base) return true;
  return lower.endsWith(base.startsWith('.') ? base : `.${base}`);
}

/**
 * Matches a mailbox, a host or, with a leading dot, every host below a domain. Only the local part is case-sensitive.
 */
function compareMail(name: string, base: string): State {
  const at = name.lastIndexOf('@');
  if (at < 0) return 'unknown';
  const host = name.slice(at + 1);
  const baseAt = base.lastIndexOf('@');
  if (baseAt < 0) return subtreeState(isOnHost(host, base));
  const isSameBox = baseAt === 0 || name.slice(0, at) === base.slice(0, baseAt);
  return subtreeState(isSameBox && host.toLowerCase() === base.slice(baseAt + 1).toLowerCase());
}

/** Matches a host or, with a leading dot, every host below a domain. An address is not a host. */
function compareUri(uri: string, base: string): State {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/(?<authority>[^/?#]*)/iu.exec(uri)?.groups?.['authority'];
  const host = authority?.replace(/^.*@/su, '').replace(/:\d*$/u, '') ?? '';
  if (host === '' || host.startsWith('[') || ipBytes(host) !== undefined) return 'unknown';
  return subtreeState(isOnHost(host, base));
}

function isOnHost(host: string, base: string): boolean {
  const [lower, wanted] = [host.toLowerCase(), base.toLowerCase()];
  return wanted.startsWith('.') ? lower.endsWith(wanted) && lower !== wanted : lower === wanted;
}

const ADDRESS_BYTES: readonly number[] = [4, 16];

/** Compares an address with a range: an address and its mask. An IPv4 address is outside every IPv6 range. */
function compareAddress(address: Uint8Array, range: Uint8Array): State {
  const { length } = address;
  if (!ADDRESS_BYTES.includes(length) || !ADDRESS_BYTES.includes(range.length / 2)) return 'unknown';
  if (range.length !== 2 * length) return 'outside';
  const differs = (octet: number, at: number): boolean =>
    ((octet ^ (range[at] ?? 0)) & (range[length + at] ?? 0)) !== 0;
  return subtreeState(!address.some(differs));
}
