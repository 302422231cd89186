import type { SubjectAltNames } from '../../shared/certificates/certificate.ts';
import { ipBytes } from '../../shared/ip-address.ts';

/**
 * Returns whether a certificate covers a DNS name or an address. Ignores case and one trailing dot; a wildcard matches
 * one whole label, the first of at least three. The common name is ignored. Source: RFC 9525 section 6.
 */
export function coversName({ dns, ip }: SubjectAltNames, name: string): boolean {
  const address = ipBytes(name);
  if (address !== undefined) {
    const wanted = address.join('.');
    return ip.some((each) => ipBytes(each)?.join('.') === wanted);
  }
  const wanted = comparable(name);
  if (wanted === '') return false;
  const rest = wanted.slice(Math.max(wanted.indexOf('.'), 0));
  const mayBeWildcard = /^\.[^.]+\.[^.]/u.test(rest) && !wanted.startsWith('.');
  return dns.some((each) => {
    const pattern = comparable(each);
    if (!pattern.startsWith('*')) return pattern === wanted;
    return mayBeWildcard && pattern === `*${rest}`;
  });
}

function comparable(name: string): string {
  return (name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase();
}
