import type { DecodeFinding, Undecoded } from '../../shared/certificates/certificate.ts';
import type { Finding, Place, Severity } from '../../shared/finding.ts';
import { decodeRequest } from './csr.ts';

export function placeFindings(found: readonly DecodeFinding[], place: Place, severity: Severity): Finding[] {
  return found.map(({ rule, offset, params }) => ({ rule, severity, place: { ...place, offset }, params }));
}

export function unreadableFindings(rule: string, { finding }: Undecoded, place: Place): Finding[] {
  return [{ rule, severity: 'error', place }, ...placeFindings([finding], place, 'error')];
}

export function decodeFindings(der: Uint8Array, place: Place): Finding[] {
  const decoded = decodeRequest(der);
  return decoded.ok
    ? placeFindings(decoded.request.findings, place, 'notice')
    : unreadableFindings('request.unreadable', decoded, place);
}

/** Adds a finding that the file contains no credential, so nothing in it expires. */
export function loneRequestFindings(der: Uint8Array, place: Place): Finding[] {
  const findings = decodeFindings(der, place);
  const decoded = decodeRequest(der);
  if (!decoded.ok) return findings;
  const { subject } = decoded.request;
  const params = { subject: subject.cn ?? subject.text };
  return [{ rule: 'request.holds-no-credential', severity: 'notice', place, params }, ...findings];
}
