import type { FailedAction } from './actions.ts';
import { issueFresh, replaceNode } from '../nodes.ts';
import {
  answerProblem,
  cmdletProblem,
  failure,
  machineProblem,
  getManagementCluster,
  powerProblem,
} from './preconditions.ts';
import { addCluster, type ClusterPlan } from '../provision.ts';
import { renewServer } from '../renewal.ts';
import { approveServing, resetIdentities } from './repairs.ts';
import { getIssuer } from '../slots.ts';
import { isValid } from '../validity.ts';
import type { MutableCluster, MutableState } from '../mutable-state.ts';

/**
 * `Update-AksHci`: the cloud agent, the host's clients and the management cluster, whose machines are recreated.
 * Certificates and tokens get their full lifetime. Source: the article, "Certificate types".
 */
export function updateHost(world: MutableState): FailedAction | undefined {
  const problem = cmdletProblem(world) ?? machineProblem(world);
  if (problem !== undefined) return problem;
  const ofHost = world.identities.filter(
    ({ cluster, profile }) => cluster === undefined && profile.id !== 'extra-admin',
  );
  const { server } = world.agent;
  if (server !== undefined) renewServer(world, server, getIssuer(world, server));
  resetIdentities(world, ofHost, true);
  world.lastUpdatedAt = world.now;
  return renewMachines(world, getManagementCluster(world));
}

/** `Update-AksHciCluster` */
export function updateCluster(world: MutableState, cluster: MutableCluster): FailedAction | undefined {
  const problem =
    cmdletProblem(world) ?? machineProblem(world) ?? powerProblem(world, cluster) ?? answerProblem(world, cluster);
  return problem ?? renewMachines(world, cluster);
}

function renewMachines(world: MutableState, cluster: MutableCluster): undefined {
  for (const node of [...cluster.nodes]) replaceNode(world, cluster, node);
  // After the machines, whose names they contain, and before kubelet requests, which one of them approves.
  resetIdentities(world, cluster.identities.values(), true);
  approveServing(world, cluster, false);
  cluster.lastUpdatedAt = world.now;
}

/** `New-AksHciCluster` */
export function newCluster(world: MutableState, plan: ClusterPlan): FailedAction | undefined {
  const problem = cmdletProblem(world) ?? machineProblem(world);
  if (problem !== undefined) return problem;
  if (world.clusterByName.has(plan.name)) return failure('already-so', { subject: plan.name });
  addCluster(world, plan, 'workload');
  return undefined;
}

/** `Get-AksHciCredential`: a new client certificate for a workload cluster. */
export function getCredential(world: MutableState, cluster: MutableCluster): FailedAction | undefined {
  const problem = cmdletProblem(world);
  if (problem !== undefined) return problem;
  if (cluster.kubeconfig !== undefined) issueFresh(world, cluster.kubeconfig);
  return undefined;
}

/**
 * Copies the kubeconfig from a node over SSH. Its validity is not public; here as long as the first one's. Source:
 * known issues, workload clusters.
 */
export function replaceManagementKubeconfig(world: MutableState): FailedAction | undefined {
  const management = getManagementCluster(world);
  const problem = powerProblem(world, management);
  if (problem !== undefined) return problem;
  const hasFresh = management.nodes.some(({ slots }) =>
    slots.some((slot) => slot.profile.id === 'admin' && isValid(world, slot)),
  );
  if (!hasFresh) return failure('unauthorized', { subject: management.state.name });
  if (management.kubeconfig !== undefined) issueFresh(world, management.kubeconfig);
  return undefined;
}
