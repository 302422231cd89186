import type { FactsByCluster } from './cluster-facts.ts';
import type { NamedCluster } from './command-name.ts';
import type { ClusterId } from '../../shared/ids.ts';

export interface ClusterPlace extends NamedCluster {
  id: ClusterId;
  kind: 'kubernetes' | 'moc';
  sample?: true;
}

/**
 * A cloud agent deployment with its Kubernetes clusters; `inferred`: some clusters belong to it only because there is
 * no other.
 */
export interface Deployment {
  /** Absent for clusters whose deployment is unknown. */
  cloudAgent?: ClusterPlace;
  clusters: ClusterPlace[];
  inferred: boolean;
}

/**
 * Lists which clusters run on which cloud agent, which no file reveals. The admin's statement counts; otherwise
 * everything runs on the only deployment, if there is exactly one; sample fleets are treated separately. Keeps the
 * order of `clusters`; clusters of unknown deployment come last.
 */
export function listDeployments(clusters: readonly ClusterPlace[], facts: FactsByCluster): Deployment[] {
  const agents = clusters.filter(({ kind }) => kind === 'moc');
  const deployments = new Map<ClusterId, Deployment>(
    agents.map((cloudAgent) => [cloudAgent.id, { cloudAgent, clusters: [], inferred: false }]),
  );
  const sampleAgents = agents.filter(({ sample }) => sample === true);
  const realAgents = agents.filter(({ sample }) => sample !== true);
  const unplaced: ClusterPlace[] = [];
  for (const cluster of clusters) {
    if (cluster.kind === 'moc') continue;
    const stated = deployments.get(facts[cluster.id]?.cloudAgent ?? cluster.id);
    const [only, ...others] = cluster.sample === true ? sampleAgents : realAgents;
    const inferred = others.length === 0 && only !== undefined ? deployments.get(only.id) : undefined;
    const deployment = stated ?? inferred;
    if (deployment === undefined) unplaced.push(cluster);
    else {
      deployment.clusters.push(cluster);
      if (stated === undefined) deployment.inferred = true;
    }
  }
  const placed = [...deployments.values()];
  return unplaced.length === 0 ? placed : [...placed, { clusters: unplaced, inferred: false }];
}

export function listMembers({ cloudAgent, clusters }: Deployment): ClusterPlace[] {
  return cloudAgent === undefined ? clusters : [cloudAgent, ...clusters];
}
