import type { DecodeFinding } from '../../shared/certificates/certificate.ts';
import type { Finding, Place, Severity } from '../../shared/finding.ts';
import { decodeRequest } from './csr.ts';

export function placeFindings(found: readonly DecodeFinding[], place: Place, severity: Severity): Finding[] {
  return found.map(({ rule, offset, params }) => ({ rule, severity, place: { ...place, offset }, params }));
}

/** Reports an unreadable request, or the oddities of a readable one. */
export function decodeFindings(der: Uint8Array, place: Place): Finding[] {
  const decoded = decodeRequest(der);
  if (decoded.ok) return placeFindings(decoded.request.findings, place, 'notice');
  return [
    { rule: 'request.unreadable', severity: 'error', place },
    ...placeFindings([decoded.finding], place, 'error'),
  ];
}

/** Reports also that the file contains no credential, so nothing in it expires. */
export function loneRequestFindings(der: Uint8Array, place: Place): Finding[] {
  const decoded = decodeRequest(der);
  if (!decoded.ok) return decodeFindings(der, place);
  const { subject } = decoded.request;
  const params = { subject: subject.cn ?? subject.text };
  return [{ rule: 'request.holds-no-credential', severity: 'notice', place, params }, ...decodeFindings(der, place)];
}
