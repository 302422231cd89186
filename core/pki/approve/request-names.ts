import type { RequestFacts } from '../../shared/certificates/certificate-request.ts';
import type { Profile } from '../model/profile.ts';

/** Source: RFC 5280 appendix A.1. */
const COMMON_NAME = '2.5.4.3';
/** Kubernetes itself gives rights to these users and groups. Source: Kubernetes documentation, RBAC. */
const SYSTEM = 'system:';
const PLACEHOLDER = /<[a-z-]+>/gu;

/**
 * Users, groups, DNS names and addresses that a certificate of this profile would not have. Any user will do that
 * Kubernetes does not know by itself; a group gives its rights to everybody in it.
 */
export function foreignNames({ subject, sans }: RequestFacts, profile: Profile): string[] {
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

/** A placeholder stands for neither a wildcard nor a name that Kubernetes knows by itself. */
function fits(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const literals = pattern.split(PLACEHOLDER).map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`));
    return new RegExp(`^${literals.join(PLACEHOLDER_VALUE)}$`, 'iu').test(name);
  });
}

const PLACEHOLDER_VALUE = '(?!system:)[^*]+';
