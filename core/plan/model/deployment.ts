import type { FactsByCluster } from './cluster-facts.ts';
import type { NamedCluster } from './command-name.ts';
import type { ClusterId } from '../../shared/ids.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { addTo } from '../../shared/lists.ts';
import { isManagementName } from './cluster-name.ts';

export interface ClusterPlace extends NamedCluster {
  id: ClusterId;
  kind: 'kubernetes' | 'moc';
  sample?: true;
  /** Names of a cloud agent in files; absent for Kubernetes clusters. */
  addresses?: readonly string[];
  /**
   * Names and CAs of the cloud agents in a Kubernetes cluster's login files, or all CAs of a cloud agent. CAs are
   * fingerprints.
   */
  cloudAgents?: readonly string[];
  /** `addresses` or `cloudAgents` from configurations of the modules; counts only if no other file states any. */
  configured?: readonly string[];
}

/** `inferred`: some clusters are assigned to this cloud agent only because there is no other. */
export interface Deployment {
  cloudAgent?: ClusterPlace;
  clusters: ClusterPlace[];
  inferred: boolean;
}

export function agentNames(place: ClusterPlace): Pick<ClusterPlace, 'addresses' | 'cloudAgents'> {
  const cloudAgents = listAgents(place);
  return {
    ...(place.kind === 'moc' && place.addresses !== undefined && { addresses: listNames(place) }),
    ...(cloudAgents !== undefined && { cloudAgents }),
  };
}

export function listNames({ addresses = [], configured = [] }: ClusterPlace): readonly string[] {
  return addresses.length > 0 ? addresses : configured;
}

export function listAgents({ kind, cloudAgents, configured }: ClusterPlace): readonly string[] | undefined {
  return cloudAgents ?? (kind === 'kubernetes' ? configured : undefined);
}

export function isFingerprint(agent: string): boolean {
  return /^[0-9a-f]{64}$/u.test(agent);
}

/**
 * Lists the deployments in the order of `clusters`, followed by those without a known cloud agent. A cluster runs on
 * the cloud agent that the admin stated in `facts`, or else on the one named in its login files. A cluster without
 * login files belongs to the only cloud agent, if there is exactly one. Sample clusters are never mixed with real ones.
 * Source: domain catalogue, login file of the KMS plugin.
 */
export function listDeployments(clusters: readonly ClusterPlace[], facts: FactsByCluster): Deployment[] {
  const agents = clusters.filter(({ kind }) => kind === 'moc');
  const deployments = new Map<ClusterId, Deployment>(
    agents.map((cloudAgent) => [cloudAgent.id, { cloudAgent, clusters: [], inferred: false }]),
  );
  const sampleAgents = agents.filter(({ sample }) => sample);
  const realAgents = agents.filter(({ sample }) => !sample);
  const unplaced: ClusterPlace[] = [];
  for (const cluster of clusters) {
    if (cluster.kind === 'moc') continue;
    const possible = cluster.sample ? sampleAgents : realAgents;
    const names = listAgents(cluster) ?? [];
    const cas = names.filter(isFingerprint);
    // The CA decides, because cloud agents of different deployments may have the same name.
    const signed = possible.filter(({ cloudAgents }) => cloudAgents?.some((ca) => cas.includes(ca)));
    const namesakes = possible.filter((agent) => cas.length === 0 || !agent.cloudAgents?.length);
    const named = signed.length > 0 ? signed : namesakes.filter((agent) => hasName(agent, names));
    // A stated cloud agent may have been merged or forgotten since.
    const choice = facts[cluster.id]?.cloudAgent;
    const stated = choice && deployments.get(choice);
    const known = stated ?? (named.length === 1 ? deployments.get(named[0]!.id) : undefined);
    const isOnly = possible.length === 1 && listAgents(cluster) === undefined;
    const deployment = known ?? (isOnly ? deployments.get(possible[0]!.id) : undefined);
    if (deployment === undefined) unplaced.push(cluster);
    else {
      deployment.clusters.push(cluster);
      if (known === undefined) deployment.inferred = true;
    }
  }
  return [
    ...deployments.values(),
    ...groupUnplaced(
      unplaced.filter(({ sample }) => !sample),
      realAgents,
    ),
    ...groupUnplaced(
      unplaced.filter(({ sample }) => sample),
      sampleAgents,
    ),
  ];
}

export function hasName(agent: ClusterPlace, names: readonly string[] = []): boolean {
  const own = listNames(agent);
  return names.some((name) => own.some((address) => address.toLowerCase() === name.toLowerCase()));
}

/**
 * Groups clusters whose cloud agent was not read. Clusters whose login files name the same cloud agent belong together.
 * If there are several cloud agents or management clusters, each of the other clusters forms its own group: nothing
 * connects them, and a plan must not touch a management cluster that may belong to another site.
 */
function groupUnplaced(clusters: readonly ClusterPlace[], agents: readonly ClusterPlace[]): Deployment[] {
  const managementCount = clusters.filter(({ name }) => isManagementName(name)).length;
  const isOneSite = agents.length === 0 && managementCount <= 1;
  const groups = new Map<string, ClusterPlace[]>();
  for (const cluster of clusters) {
    const named = listAgents(cluster) ?? [];
    const agent = named
      .map((name) => name.toLowerCase())
      .sort()
      .join(' ');
    // A cloud agent that was read but has the same name belongs to another deployment, because its CA differs.
    const isUnread = agent !== '' && !agents.some((each) => hasName(each, named));
    addTo(groups, isUnread ? `agent ${agent}` : isOneSite ? 'site' : `cluster ${cluster.id}`, cluster);
  }
  return [...groups.values()].map((members) => ({ clusters: members, inferred: false }));
}

/** Returns the real clusters, or the sample clusters if there are no real ones. */
export function listRealPlaces<P extends Pick<ClusterPlace, 'sample'>>(places: readonly P[]): readonly P[] {
  const real = places.filter(({ sample }) => !sample);
  return real.length > 0 ? real : places;
}

export function listMembers({ cloudAgent, clusters }: Deployment): ClusterPlace[] {
  return cloudAgent === undefined ? clusters : [cloudAgent, ...clusters];
}

export function needOneDeployment(possible: readonly Deployment[]): ConsoleError {
  const names = possible.map((each) => findNamesake(each)?.name ?? '').join(', ');
  return new ConsoleError('plan.deployment-needed', { names });
}

/** Returns the cluster by which commands identify the deployment: the cloud agent, or else the first cluster. */
export function findNamesake({ cloudAgent, clusters }: Deployment): ClusterPlace | undefined {
  return cloudAgent ?? clusters[0];
}
