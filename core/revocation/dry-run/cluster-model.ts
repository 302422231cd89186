import { adopt, isManagement, type Adoption, type KnownCluster } from '../../simulation/adopt/adopt.ts';
import type { CertificateState, DeploymentState } from '../../simulation/state.ts';
import type { FactsByCluster } from '../../plan/model/cluster-facts.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { Cluster } from '../../inventory/model/credential.ts';
import { listDeployments } from '../../plan/model/deployment.ts';
import { DAY_MS, instantFromMs, epochMs, type Instant } from '../../shared/instant.ts';
import type { CopyAssumption } from '../model/view.ts';
import type { RealCertificate } from '../../simulation/adopt/places.ts';
import { ASSUMED_LIFE_MS } from '../../simulation/adopt/records.ts';

export interface ClusterCopy {
  /** The names of clusters are their ids. */
  state: DeploymentState;
  /** By slot in the copy. */
  certificates: Adoption['certificates'];
  assumed: CopyAssumption[];
}

export interface CopyRequest {
  clusters: readonly Cluster[];
  facts: FactsByCluster;
  now: Instant;
}

/** Copies one cluster without its deployment, which is sufficient for certificates that renew themselves. */
export function copyAlone(cluster: Cluster, now: Instant): Pick<ClusterCopy, 'state' | 'certificates'> {
  return adopt({ now, clusters: [{ cluster }], isStalled: () => false });
}

/**
 * Copies a cluster, its management cluster and its cloud agent, all switched on at `now`. Renewals are assumed to work,
 * because observed failures matter only to the forecast.
 */
export function getCopy(clusterId: ClusterId, { clusters, facts, now }: CopyRequest): ClusterCopy {
  const deployment = listDeployments(clusters, facts).find((each) => each.clusters.some(({ id }) => id === clusterId));
  const findClusters = (id: ClusterId | undefined): KnownCluster[] =>
    clusters.filter((cluster) => cluster.id === id).map((cluster) => ({ cluster }));
  const ids = (deployment?.clusters ?? []).map(({ id }) => id);
  const management = ids.filter((id) => id !== clusterId && isManagement(findClusters(id)[0]?.cluster));
  const [cloudAgent] = findClusters(deployment?.cloudAgent?.id);
  const adoption = adopt({
    now,
    cloudAgent,
    clusters: [...management, clusterId].flatMap(findClusters),
    isStalled: () => false,
  });
  const assumed = new Set<CopyAssumption>(['always-on']);
  for (const { part, clusterId: id } of adoption.assumed) if (id === undefined || id === clusterId) assumed.add(part);
  const { state, hasAssumed } = ensureKubeconfig(adoption.state, clusterId);
  if (hasAssumed) assumed.add('kubeconfig');
  return { state, certificates: adoption.certificates, assumed: [...assumed] };
}

/** Adds a kubeconfig if none was read, because the admin who applies the object has one. */
function ensureKubeconfig(state: DeploymentState, cluster: string): { state: DeploymentState; hasAssumed: boolean } {
  const has = state.certificates.some(
    ({ holder, expired }) => holder.kind === 'workstation' && holder.cluster === cluster && expired !== true,
  );
  const root = state.certificates.find((record) => record.profile === 'cluster-ca' && record.cluster === cluster);
  if (has || root === undefined) return { state, hasAssumed: false };
  const slot = state.slotsMade + 1;
  const record: CertificateState = {
    id: `${slot}.1`,
    slot,
    issueNumber: 1,
    profile: 'admin',
    cluster,
    issuer: root.id,
    holder: { kind: 'workstation', cluster },
    // Negative, so that no entry can match it.
    serialHex: '-01',
    subject: { commonName: '', organizations: [] },
    sans: { dns: [], ip: [] },
    notBefore: instantFromMs(epochMs(state.now) - DAY_MS),
    notAfter: instantFromMs(epochMs(state.now) + ASSUMED_LIFE_MS),
    issuedAt: state.now,
    renewCount: 0,
  };
  return { state: { ...state, certificates: [...state.certificates, record], slotsMade: slot }, hasAssumed: true };
}

export function findRealCertificate(
  { certificates }: Pick<ClusterCopy, 'certificates'>,
  id: string | undefined,
): RealCertificate | undefined {
  return id === undefined ? undefined : certificates.get(Number(id.slice(0, id.indexOf('.'))));
}
