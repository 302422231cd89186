import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import { isKubeletServer } from '../../shared/renew-revocation/revocable.ts';

/** Why no RenewRevocation affects a certificate. `kubelet-server` is documented; the other exemptions are inferred. */
export type ExemptReason = 'kubelet-server' | 'authority' | 'moc';

/** Returns `undefined` if a RenewRevocation can affect certificates of this role. */
export function getExemptReason(facts: CertificateFacts, role: RoleId): ExemptReason | undefined {
  if (role === 'kubelet-server' || isKubeletServer(facts)) return 'kubelet-server';
  if (facts.moc !== undefined || ROLES[role].layer === 'moc') return 'moc';
  return facts.isCa || ROLES[role].revocable === false ? 'authority' : undefined;
}
