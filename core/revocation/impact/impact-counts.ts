import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { KnownCertificate } from '../model/inventory-index.ts';
import type { ClusterImpact, ImpactGroup, Share } from '../model/view.ts';

const CONTROL_PLANE_NODE = /-control-plane-/u;

export function getGroup({ role, name }: Pick<KnownCertificate, 'role' | 'name'>): ImpactGroup {
  if (role === 'kubelet-client') return CONTROL_PLANE_NODE.test(name) ? 'controlPlane' : 'workers';
  return ROLES[role].revocationGroup ?? 'others';
}

/**
 * Counts revocable and revoked certificates by cluster, group and role, in inventory order. `isMatched` has a 1 at the
 * position of each match.
 */
export function countByCluster(
  certificates: readonly KnownCertificate[],
  isMatched: Uint8Array,
  isInUse: (certificate: KnownCertificate) => boolean,
): ClusterImpact[] {
  const clusters = new Map<ClusterId, ClusterCounts>();
  let counts: ClusterCounts | undefined;
  for (let position = 0; position < certificates.length; position += 1) {
    const certificate = certificates[position];
    if (certificate === undefined || certificate.exempt !== undefined) continue;
    const { clusterId, cluster, role } = certificate;
    if (counts?.clusterId !== clusterId) counts = clusters.get(clusterId);
    if (counts === undefined) clusters.set(clusterId, (counts = noCounts(clusterId, cluster)));
    const { shares, byRole } = counts;
    let roleShare = byRole.find((share) => share.role === role);
    if (roleShare === undefined) byRole.push((roleShare = { role, matched: 0, known: 0 }));
    const matched = isMatched[position] ?? 0;
    addTo(shares.total, matched);
    addTo(shares[getGroup(certificate)], matched);
    addTo(roleShare, matched);
    if (isInUse(certificate)) addTo(shares.inUse, matched);
  }
  return [...clusters.values()];
}

type ClusterCounts = ClusterImpact & { byRole: (Share & { role: RoleId })[] };

function noCounts(clusterId: ClusterId, cluster: string): ClusterCounts {
  const none = (): Share => ({ matched: 0, known: 0 });
  const groups = { controlPlane: none(), workers: none(), admins: none(), others: none() };
  return { clusterId, cluster, shares: { total: none(), ...groups, inUse: none() }, byRole: [] };
}

function addTo(share: Share, matched: number): void {
  share.known += 1;
  share.matched += matched;
}
