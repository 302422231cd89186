import type { Finding, Place } from '../../shared/finding.ts';
import { decodeCrl } from './crl.ts';
import { placeFindings, unreadableFindings } from './request-findings.ts';

/** Reports the issuer and contents of a revocation list, although it is not a credential. */
export function crlFindings(der: Uint8Array, place: Place): Finding[] {
  const decoded = decodeCrl(der);
  if (!decoded.ok) return unreadableFindings('crl.unreadable', decoded, place);
  const { issuer, entries, nextUpdate } = decoded.crl;
  const params = { issuer: issuer.cn ?? issuer.text, count: entries.length };
  return [
    nextUpdate === undefined
      ? { rule: 'crl.holds-no-credential', severity: 'notice', place, params }
      : { rule: 'crl.holds-no-credential-until', severity: 'notice', place, params: { ...params, nextUpdate } },
    ...placeFindings(decoded.crl.findings, place, 'notice'),
  ];
}
