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
import { failure } from './preconditions.ts';
import type { RefusalReason } from './refusals.ts';
import { run } from '../run.ts';
import { certificateId } from '../slots.ts';
import type { DeploymentState } from '../state.ts';
import type { MutableCluster, IdentityWork, MutableState } from '../mutable-state.ts';

/**
 * Performs an action, and everything that falls due because of it. Returns the reason if a cmdlet does nothing; throws
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

/** Omits everything that falls due because of the action. */
export function act(world: MutableState, action: Action): FailedAction | undefined {
  switch (action.kind) {
    case 'power':
      return lookUpPlace(world, action.cluster, (cluster) => power(world, cluster, action.on));
    case 'set-clock':
      return lookUpPlace(world, action.cluster, (cluster) => setClock(world, cluster, action.offsetMs));
    case 'stall-renewer':
    case 'resume-renewer':
      return lookUpCluster(world, action.cluster, ({ renewers }) =>
        setRunning(world, renewers[action.renewer], action.kind === 'resume-renewer'),
      );
    case 'apply-revocation':
      return lookUpCluster(world, action.cluster, (cluster) => applyRevocation(world, cluster, action.revocation));
    case 'delete-revocation':
      return lookUpCluster(world, action.cluster, (cluster) => deleteRevocation(world, cluster, action.name));
    case 'stall-client':
    case 'resume-client':
      return lookUpIdentity(world, action.identity, (identity) =>
        switchClient(world, identity, action.kind === 'resume-client'),
      );
    case 'restart-client':
      return lookUpIdentity(world, action.identity, (identity) => restartClient(world, identity));
    case 'revoke-identity':
    case 'reinstate-identity':
      return lookUpIdentity(world, action.identity, (identity) =>
        cmdlets.setRevoked(world, identity, action.kind === 'revoke-identity'),
      );
    case 'rotate-identity':
      return lookUpIdentity(world, action.identity, (identity) => cmdlets.rotateIdentity(world, identity));
    case 'New-MocIdentity':
      return cmdlets.newIdentity(world, action);
    case 'New-AksHciCluster':
      return cmdlets.newCluster(world, action.plan);
    case 'Update-AksHci':
      return cmdlets.updateHost(world);
    case 'Update-AksHciCluster':
      return lookUpWorkload(world, action.name, (cluster) => cmdlets.updateCluster(world, cluster));
    case 'Update-AksHciCertificates':
      return cmdlets.updateCertificates(world, action.force === true);
    case 'Update-AksHciClusterCertificates':
      return lookUpWorkload(world, action.name, (cluster) =>
        action.fix === 'kubelet-credentials'
          ? cmdlets.fixKubeletCredentials(world, cluster, action.force === true)
          : cmdlets.fixCloudCredentials(world, cluster, action),
      );
    case 'Get-AksHciCredential':
      return lookUpWorkload(world, action.name, (cluster) => cmdlets.getCredential(world, cluster));
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

function lookUpPlace(
  world: MutableState,
  name: string | undefined,
  then: (cluster: MutableCluster | undefined) => FailedAction | undefined,
): FailedAction | undefined {
  return name === undefined ? then(undefined) : lookUpCluster(world, name, then);
}

function lookUpCluster(
  { clusterByName }: MutableState,
  name: string,
  then: (cluster: MutableCluster) => FailedAction | undefined,
): FailedAction | undefined {
  const cluster = clusterByName.get(name);
  return cluster === undefined ? failure('not-found', { subject: name }) : then(cluster);
}

/** Finds a workload cluster: cmdlets with `-name` accept no others. */
function lookUpWorkload(
  world: MutableState,
  name: string,
  then: (cluster: MutableCluster) => FailedAction | undefined,
): FailedAction | undefined {
  return lookUpCluster(world, name, (cluster) =>
    cluster.state.kind === 'workload' ? then(cluster) : failure('not-found', { subject: name }),
  );
}

function lookUpIdentity(
  { identities }: MutableState,
  name: string,
  then: (identity: IdentityWork) => FailedAction | undefined,
): FailedAction | undefined {
  const identity = identities.find((each) => each.name === name);
  return identity === undefined ? failure('not-found', { subject: name }) : then(identity);
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
