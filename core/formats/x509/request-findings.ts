import type { Finding, Place } from '../../shared/finding.ts';
import { decodeRequest } from './csr.ts';

/** Findings of the decoder about a request at a place in a file: unreadable, or odd. */
export function decodeFindings(der: Uint8Array, place: Place): Finding[] {
  const decoded = decodeRequest(der);
  if (!decoded.ok) {
    const { rule, offset, params } = decoded.finding;
    return [
      { rule: 'request.unreadable', severity: 'error', place },
      { rule, severity: 'error', place: { ...place, offset }, ...(params && { params }) },
    ];
  }
  return decoded.request.findings.map(({ rule, offset, params }) => ({
    rule,
    severity: 'notice',
    place: { ...place, offset },
    ...(params && { params }),
  }));
}

/** Same, for a request that is a file of its own and holds no credential: nothing in it expires. */
export function loneRequestFindings(der: Uint8Array, place: Place): Finding[] {
  const decoded = decodeRequest(der);
  if (!decoded.ok) return decodeFindings(der, place);
  const { subject } = decoded.request;
  const params = { subject: subject.cn ?? subject.text };
  return [{ rule: 'request.holds-no-credential', severity: 'notice', place, params }, ...decodeFindings(der, place)];
}
