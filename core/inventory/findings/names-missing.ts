import { cite } from '../../knowledge/model/sources/sources.ts';
import type { SubjectAltNames } from '../../shared/certificates/certificate.ts';
import type { Profile } from '../../pki/model/profile.ts';
import { PROFILES_BY_ROLE } from '../../pki/model/profiles.ts';
import type { CertificateRule } from './rule.ts';

/** kubeadm adds this address everywhere; nobody connects to it without IPv6. */
const ONLY_FOR_IPV6 = '::1';

/** Expects only names common to all clusters (`docs/profiles.md`), since the node's own names are unknown. */
export const namesMissing: CertificateRule = {
  id: 'certificate.names-missing',
  severity: 'warning',
  citation: cite('documented', 'Kubernetes, PKI certificates and requirements', 'All certificates'),
  check(certificate, known) {
    const { facts, role } = certificate;
    const profile = PROFILES_BY_ROLE.get(role);
    const isServer = facts.extendedKeyUsage.length === 0 || facts.extendedKeyUsage.includes('serverAuth');
    if (profile === undefined || !isServer || !profile.extendedKeyUsage.value.includes('serverAuth')) return undefined;
    if (!known.isValid(certificate)) return undefined;
    const missing = findMissingNames(profile, facts.sans);
    if (missing.length === 0) return undefined;
    return { params: { missing: missing.join(', ') } };
  },
};

function findMissingNames({ sans }: Profile, { dns, ip }: SubjectAltNames): string[] {
  const wanted = [...sans.value.dns, ...sans.value.ip].filter((name) => name !== ONLY_FOR_IPV6);
  const present = new Set([...dns.map((name) => name.toLowerCase().replace(/\.$/u, '')), ...ip]);
  // Without any name, no client can verify the certificate.
  if (present.size === 0) return wanted;
  return wanted.filter((name) => !name.includes('<') && !present.has(name));
}
