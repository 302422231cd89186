import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import { epochMs } from '../../shared/instant.ts';
import { ipBytes } from '../../shared/ip-address.ts';
import type { KeyAlgorithm } from '../../shared/certificates/key-algorithm.ts';
import type { SansTemplate, SubjectTemplate } from '../../shared/certificates/certificate-template.ts';
import type { MismatchField } from './creation-plan.ts';
import type { AuthorityWish, LeafWish } from './creation-spec.ts';

/**
 * Lists the differences between an existing certificate and the requested one. Without a stated key type, any type that
 * the profile allows matches. The validity is compared to the second if it is stated and the issuer does not expire
 * first.
 */
export function leafMismatches(
  facts: CertificateFacts,
  wish: LeafWish,
  issuer: CertificateFacts | undefined,
): MismatchField[] {
  const { keyUsage, extendedKeyUsage, keyAlgorithms } = PROFILES[wish.profile];
  const allowed = wish.keyAlgorithm.isStated ? [wish.keyAlgorithm.value] : keyAlgorithms.value;
  const usages =
    !facts.isCa &&
    isSameSet(facts.keyUsage, keyUsage.value) &&
    isSameSet(facts.extendedKeyUsage, extendedKeyUsage.value);
  return fieldsWhere({
    subject: !isSubject(facts, wish.subject),
    sans: !areSans(facts, wish.sans),
    usages: !usages,
    'key-algorithm': !isKeyAllowed(facts, allowed),
    identity: wish.identity !== undefined && facts.moc?.accessIdentity !== wish.identity,
    validity: wish.validityMs.isStated && !isValidFor(facts, wish, issuer),
  });
}

/** Compares only stated values, since a CA may come from another tool. */
export function authorityMismatches(facts: CertificateFacts, wish: AuthorityWish): MismatchField[] {
  const { isNamed, subject, keyAlgorithm } = wish;
  return fieldsWhere({
    subject: isNamed && facts.subject.cn !== subject.commonName,
    'key-algorithm': keyAlgorithm.isStated && !isKeyAllowed(facts, [keyAlgorithm.value]),
  });
}

export function fieldsWhere(differs: Partial<Record<MismatchField, boolean>>): MismatchField[] {
  return (Object.keys(differs) as MismatchField[]).filter((field) => differs[field] === true);
}

function isSubject({ subject }: CertificateFacts, wish: SubjectTemplate): boolean {
  const known = subject.o.length + (wish.commonName === '' ? 0 : 1);
  return (
    (subject.cn ?? '') === wish.commonName &&
    isSameSet(subject.o, wish.organizations) &&
    subject.attributes.length === known
  );
}

function areSans({ sans }: CertificateFacts, wish: SansTemplate): boolean {
  const { dns, ip, ...others } = sans;
  const addresses = (texts: readonly string[]): string[] => texts.map((each) => String(ipBytes(each)));
  return (
    isSameSet(
      dns.map((name) => name.toLowerCase()),
      wish.dns.map((name) => name.toLowerCase()),
    ) &&
    isSameSet(addresses(ip), addresses(wish.ip)) &&
    Object.values(others).every((names) => names.length === 0)
  );
}

function isKeyAllowed({ key }: CertificateFacts, allowed: readonly KeyAlgorithm[]): boolean {
  const name = key.curve?.toLowerCase() ?? `${key.algorithm.toLowerCase()}-${key.bits}`;
  return allowed.some((each) => each === name);
}

function isValidFor(
  facts: CertificateFacts,
  { profile, validityMs }: LeafWish,
  issuer: CertificateFacts | undefined,
): boolean {
  if (facts.notAfter === issuer?.notAfter) return true;
  const lengthMs = epochMs(facts.notAfter) - epochMs(facts.notBefore);
  return lengthMs === validityMs.value + PROFILES[profile].backdatingMs.value;
}

function isSameSet(left: readonly string[], right: readonly string[]): boolean {
  return new Set(left).size === new Set(right).size && left.every((each) => right.includes(each));
}
