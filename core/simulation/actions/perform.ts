import type { Action, Done, FailedAction, ActionOutcome, Performed } from './actions.ts';
import {
  applyRevocation,
  deleteRevocation,
  power,
  restartClient,
  setClock,
  switchClient,
  setRunning,
} from './apply.ts';
import * as cmdlets from './cmdlets.ts';
import { closeState } from '../close.ts';
import type { SimulationEvent } from '../events.ts';
import { replaceAllLost } from '../nodes.ts';
import { openState } from '../open.ts';
import { ActionError, failAction } from './preconditions.ts';
import type { RefusalReason } from './refusals.ts';
import { run } from '../run.ts';
import { certificateId } from '../slots.ts';
import type { DeploymentState } from '../state.ts';
import type { MutableCluster, IdentityWork, MutableState } from '../mutable-state.ts';

/**
 * Performs an action and everything that becomes due because of it. Returns the reason if a cmdlet does nothing. Throws
 * only for an impossible plan.
 */
export function perform(state: DeploymentState, action: Action): Performed {
  const events: SimulationEvent[] = [];
  const world = openState(state, events);
  const problem = act(world, action);
  const outcome: ActionOutcome = problem ?? collectOutcome(world, events);
  replaceAllLost(world);
  run(world, world.now);
  return { state: closeState(world), outcome, events };
}

/** Performs only the action itself, not anything that becomes due as a result. */
export function act(world: MutableState, action: Action): FailedAction | undefined {
  try {
    carryOut(world, action);
    return undefined;
  } catch (error) {
    if (error instanceof ActionError) return error.failure;
    throw error;
  }
}

function carryOut(world: MutableState, action: Action): void {
  switch (action.kind) {
    case 'power':
      return power(world, findPlace(world, action.cluster), action.on);
    case 'set-clock':
      return setClock(world, findPlace(world, action.cluster), action.offsetMs);
    case 'stall-renewer':
    case 'resume-renewer': {
      const { renewers } = findCluster(world, action.cluster);
      return setRunning(world, renewers[action.renewer], action.kind === 'resume-renewer');
    }
    case 'apply-revocation':
      return applyRevocation(world, findCluster(world, action.cluster), action.revocation);
    case 'delete-revocation':
      return deleteRevocation(world, findCluster(world, action.cluster), action.name);
    case 'stall-client':
    case 'resume-client':
      return switchClient(world, findIdentity(world, action.identity), action.kind === 'resume-client');
    case 'restart-client':
      return restartClient(world, findIdentity(world, action.identity));
    case 'revoke-identity':
    case 'reinstate-identity':
      return cmdlets.setRevoked(world, findIdentity(world, action.identity), action.kind === 'revoke-identity');
    case 'rotate-identity':
      return cmdlets.rotateIdentity(world, findIdentity(world, action.identity));
    case 'New-MocIdentity':
      return cmdlets.newIdentity(world, action);
    case 'New-AksHciCluster':
      return cmdlets.newCluster(world, action.plan);
    case 'Update-AksHci':
      return cmdlets.updateHost(world);
    case 'Update-AksHciCluster':
      return cmdlets.updateCluster(world, findWorkload(world, action.name));
    case 'Update-AksHciCertificates':
      return cmdlets.updateCertificates(world, action.force === true);
    case 'Update-AksHciClusterCertificates': {
      const cluster = findWorkload(world, action.name);
      return action.fix === 'kubelet-credentials'
        ? cmdlets.fixKubeletCredentials(world, cluster, action.force === true)
        : cmdlets.fixCloudCredentials(world, cluster, action);
    }
    case 'Get-AksHciCredential':
      return cmdlets.getCredential(world, findWorkload(world, action.name));
    case 'replace-management-kubeconfig':
      return cmdlets.replaceManagementKubeconfig(world);
    case 'Invoke-AksHciRotateCACertificate':
      return cmdlets.rotateCa(world, action.stage);
    case 'Repair-MocLogin':
      return cmdlets.repairMocLogin(world);
    case 'Repair-Moc':
      return cmdlets.repairMoc(world);
  }
}

function findPlace(world: MutableState, name: string | undefined): MutableCluster | undefined {
  return name === undefined ? undefined : findCluster(world, name);
}

function findCluster({ clusterByName }: MutableState, name: string): MutableCluster {
  return clusterByName.get(name) ?? failAction('not-found', { subject: name });
}

/** Finds a workload cluster. Cmdlets with `-name` accept no other clusters. */
function findWorkload(world: MutableState, name: string): MutableCluster {
  const cluster = findCluster(world, name);
  return cluster.state.kind === 'workload' ? cluster : failAction('not-found', { subject: name });
}

function findIdentity({ identities }: MutableState, name: string): IdentityWork {
  return identities.find((each) => each.name === name) ?? failAction('not-found', { subject: name });
}

function collectOutcome(world: MutableState, events: readonly SimulationEvent[]): Done {
  const outcome: Done = { ok: true, issued: [], tokens: [], refused: [], stillRevoked: [] };
  for (const { kind, certificate = '', identity = '', params } of events) {
    if (kind === 'certificate-issued' || kind === 'certificate-renewed') outcome.issued.push(certificate);
    else if (kind === 'token-rotated') outcome.tokens.push(identity);
    else if (kind === 'login-refused' || kind === 'certificate-refused')
      outcome.refused.push({ certificate, reason: params.reason as RefusalReason });
  }
  const issued = new Set(outcome.issued);
  for (const slot of world.slots) {
    const certificate = certificateId(slot);
    if (!slot.removed && slot.revokedBy !== undefined && issued.has(certificate))
      outcome.stillRevoked.push({ certificate, by: slot.revokedBy });
  }
  return outcome;
}
