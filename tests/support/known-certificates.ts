import type { ClusterId, CredentialId } from '../../core/shared/ids.ts';
import { DAY_MS, epochMs, instant } from '../../core/shared/instant.ts';
import type { KnownCertificate } from '../../core/revocation/model/inventory-index.ts';

let made = 0;

/** The present time of these tests: one day after the certificates were issued, which are valid for four days. */
export const NOW = instant('2026-11-25T12:00:00Z');

/**
 * Returns a certificate of the inventory with the facts that matter for revocation; by default, that of the scheduler
 * of `retail-east`.
 */
export function aKnown(changes: Partial<KnownCertificate> = {}): KnownCertificate {
  made += 1;
  return {
    id: made.toString(16).padStart(64, '0') as CredentialId,
    clusterId: 'retail-east' as ClusterId,
    cluster: 'retail-east',
    role: 'scheduler',
    layer: 'kubernetes',
    name: 'system:kube-scheduler',
    serialHex: `7f${made.toString(16).padStart(30, '0')}`,
    groups: [],
    dns: [],
    ip: [],
    notBeforeMs: epochMs(NOW) - DAY_MS,
    notAfterMs: epochMs(NOW) + 3 * DAY_MS,
    paths: [],
    ...changes,
  };
}
