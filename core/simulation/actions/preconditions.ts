import type { FailedAction } from './actions.ts';
import { expiryAt } from '../due.ts';
import {
  CONTROL_PLANE_EXPIRED,
  KMS_SOCKET_MISSING,
  PUBLIC_TEXTS,
  SESSION_FAILED,
  type FailureCode,
} from './refusals.ts';
import { loginClient, renewClient } from '../renewal.ts';
import { dueAt } from '../slots.ts';
import { apiServerProblem, clusterRunsSince, connectionProblem, isValid, logsInAgain } from '../validity.ts';
import type { MutableCluster, IdentityWork, MutableState } from '../mutable-state.ts';

export function failure(code: FailureCode, more: Omit<FailedAction, 'ok' | 'code'> = {}): FailedAction {
  return { ok: false, code, text: PUBLIC_TEXTS[code], ...more };
}

export class ActionError extends Error {
  readonly failure: FailedAction;

  constructor(failed: FailedAction) {
    super(failed.code);
    this.failure = failed;
  }
}

export function failAction(...given: Parameters<typeof failure>): never {
  throw new ActionError(failure(...given));
}

export function checkAction(problem: FailedAction | undefined): void {
  if (problem !== undefined) throw new ActionError(problem);
}

export function hostProblem(world: MutableState): FailedAction | undefined {
  return world.hostPower.running ? undefined : failure('host-off');
}

export function powerProblem(world: MutableState, cluster: MutableCluster | undefined): FailedAction | undefined {
  const host = hostProblem(world);
  if (host !== undefined || clusterRunsSince(world, cluster) !== undefined) return host;
  return failure('cluster-off', { subject: cluster?.state.name });
}

export function getManagementCluster({ clusters }: MutableState): MutableCluster {
  const [management] = clusters;
  if (management === undefined) throw new Error('a deployment without management cluster');
  return management;
}

/**
 * Returns the reason if kubectl and all cmdlets fail: the kubeconfig is expired or revoked. Source: known issues,
 * workload clusters.
 */
export function kubeconfigProblem(world: MutableState, cluster: MutableCluster): FailedAction | undefined {
  const { kubeconfig, state } = cluster;
  const isAccepted = kubeconfig !== undefined && isValid(world, kubeconfig) && kubeconfig.revokedBy === undefined;
  return isAccepted ? undefined : failure('unauthorized', { subject: state.name });
}

export function accessProblem(world: MutableState, cluster: MutableCluster): FailedAction | undefined {
  return answerProblem(world, cluster) ?? kubeconfigProblem(world, cluster);
}

export function answerProblem(world: MutableState, cluster: MutableCluster): FailedAction | undefined {
  const off = powerProblem(world, cluster);
  const problem = apiServerProblem(world, cluster);
  if (off !== undefined || problem === undefined) return off;
  const text = problem === 'kms-plugin-not-started' ? KMS_SOCKET_MISSING : CONTROL_PLANE_EXPIRED;
  return failure('api-server-down', { subject: cluster.state.name, text });
}

/**
 * Uses a tool, which renews its certificate if due. kvactl logs in again; mocctl does not. Source: Azure/aksArc issues
 * 168 and 169.
 */
export function toolProblem(world: MutableState, tool: 'mocctl' | 'kvactl'): FailedAction | undefined {
  const host = hostProblem(world);
  if (host !== undefined) return host;
  const identity = getHostIdentity(world, tool);
  const reason = useProblem(world, identity);
  if (reason === undefined) return undefined;
  const text = PUBLIC_TEXTS[reason];
  const isInSession = tool === 'kvactl' && text !== undefined;
  return failure(reason, { subject: identity.name, text: isInSession ? SESSION_FAILED + text : text });
}

function useProblem(world: MutableState, identity: IdentityWork): FailureCode | undefined {
  const { slot } = identity;
  if (expiryAt(slot) <= world.now && logsInAgain(identity)) return loginClient(world, identity);
  const problem = connectionProblem(world, identity);
  if (problem !== undefined) return problem;
  return world.now >= dueAt(slot) - slot.own.offset ? renewClient(world, identity) : undefined;
}

export function getHostIdentity({ identities }: MutableState, profile: string): IdentityWork {
  const found = identities.find((identity) => identity.profile.id === profile);
  if (found === undefined) throw new Error(`no ${profile}`);
  return found;
}

/** Returns the reason if most AksHci cmdlets fail: they need the management cluster and kvactl. */
export function cmdletProblem(world: MutableState): FailedAction | undefined {
  return accessProblem(world, getManagementCluster(world)) ?? toolProblem(world, 'kvactl');
}

/**
 * Returns the reason if no machine can be created: a provider in the management cluster creates them. Source:
 * Azure/aksArc issue 107.
 */
export function machineProblem(world: MutableState): FailedAction | undefined {
  const provider = getManagementCluster(world).identities.get('caph');
  const works = provider?.client.running === true && connectionProblem(world, provider) === undefined;
  return works ? undefined : failure('machines-still-upgrading');
}
