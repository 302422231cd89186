import { citeText, OVERVIEW_REVOCATION } from '../../knowledge/model/sources/sources.ts';
import { RBAC_MASTERS, ROW_CONNECTIONS, ROW_KUBECONFIG } from '../../knowledge/model/sources/sources-revocation.ts';
import type { Statement } from '../../shared/citation.ts';
import { greatest } from '../../shared/lists.ts';
import { isStillValid, type KnownCertificate } from '../model/inventory-index.ts';

/**
 * Returns the latest expiry of the matched certificates in milliseconds since 1970; `undefined` if all have expired.
 * Until then, a certificate may still be accepted, because it is not known whether revocation is checked on open
 * connections or for certificates that are not renewed.
 */
export function exposureUntilMs(matched: readonly KnownCertificate[], nowMs: number): number | undefined {
  const notAfterMs = greatest(matched.map((certificate) => certificate.notAfterMs));
  return isStillValid({ notAfterMs }, nowMs) ? notAfterMs : undefined;
}

export const EXPOSURE_STATEMENTS: readonly Statement[] = [
  citeText('revocation.enforcement', OVERVIEW_REVOCATION, ROW_KUBECONFIG, ROW_CONNECTIONS),
  citeText('revocation.meanwhile', RBAC_MASTERS),
];
