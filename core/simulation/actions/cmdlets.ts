import type { ProfileId } from '../../pki/model/profile.ts';
import { schedule, tokenDueAt } from '../due.ts';
import { issueFresh, issueOnNode, replaceNode } from '../nodes.ts';
import { loginClient, renewToken, learnAuthorities, renewServer } from '../renewal.ts';
import { dueAt, getIssuer } from '../slots.ts';
import {
  connectionProblem,
  isApproverWorking,
  isValid,
  LOGS_IN_AT_START,
  apiServerProblem,
  findServingNode,
} from '../validity.ts';
import {
  type MutableCluster,
  type IdentityWork,
  type CertificateSlot,
  type MutableState,
  seconds,
} from '../mutable-state.ts';
import { DAY_MS } from '../../shared/instant.ts';
import { nextRotationStage, type RotationStepId } from '../../pki/model/rotation.ts';
import type { FailedAction } from './actions.ts';
import { rotateByHand } from './ca-rotation.ts';
import { addIdentity } from '../identities.ts';
import {
  cmdletProblem,
  checkAction,
  failAction,
  failure,
  hostProblem,
  kubeconfigProblem,
  getHostIdentity,
  getManagementCluster,
  powerProblem,
  toolProblem,
  answerProblem,
  machineProblem,
} from './preconditions.ts';
import { CONTROL_PLANE_EXPIRED } from './refusals.ts';
import { addCluster, type ClusterPlan } from '../provision.ts';

/** Source: Microsoft Learn, Update-AksHciCertificates (KVA is the identity of kvactl). */
export const HOST_SET: readonly ProfileId[] = ['node-agent', 'kvactl'];
/** Source: Microsoft Learn, Update-AksHciClusterCertificates, `-fixCloudCredentials`. */
export const CLOUD_SET: readonly ProfileId[] = ['kms-plugin', 'csi', 'cert-manager', 'cloud-provider'];

/**
 * Implements `Update-AksHciCertificates`. The cmdlet is documented as the first step after a long shutdown, so it must
 * work with expired certificates in the management cluster's control plane, and renew them (inferred).
 */
export function updateCertificates(world: MutableState, force: boolean): void {
  const management = getManagementCluster(world);
  checkAction(
    powerProblem(world, management) ??
      toolProblem(world, 'mocctl') ??
      kubeconfigProblem(world, management) ??
      repairProblem(world, management),
  );
  const ofHost = world.identities.filter(({ profile }) => HOST_SET.includes(profile.id));
  resetIdentities(world, [...ofHost, ...management.identities.values()], force);
  repairControlPlane(world, management, false);
  approveServing(world, management, false);
}

/**
 * Returns the reason if a repair fails: it may need an API server that waits for its KMS plugin. Sources: known issues;
 * Azure/aksArc issue 127.
 */
function repairProblem(world: MutableState, cluster: MutableCluster): FailedAction | undefined {
  const isBlocked =
    world.state.settings.repairNeedsApiServer && apiServerProblem(world, cluster) === 'kms-plugin-not-started';
  return isBlocked ? failure('repair-failed', { subject: cluster.state.name }) : undefined;
}

/** Implements `Update-AksHciClusterCertificates -fixKubeletCredentials`, which works over SSH. */
export function fixKubeletCredentials(world: MutableState, cluster: MutableCluster, force: boolean): void {
  checkAction(cmdletProblem(world) ?? powerProblem(world, cluster));
  repairControlPlane(world, cluster, force);
  approveServing(world, cluster, force);
}

/**
 * Implements `Update-AksHciClusterCertificates -fixCloudCredentials`, which replaces the secrets of pods that connect
 * to the cloud agent.
 */
export function fixCloudCredentials(
  world: MutableState,
  cluster: MutableCluster,
  { patchLoadBalancer = false, force = false }: { patchLoadBalancer?: boolean; force?: boolean },
): void {
  checkAction(
    cmdletProblem(world) ??
      toolProblem(world, 'mocctl') ??
      powerProblem(world, cluster) ??
      controlPlaneProblem(world, cluster) ??
      repairProblem(world, cluster),
  );
  const profiles = patchLoadBalancer ? [...CLOUD_SET, 'load-balancer' as const] : CLOUD_SET;
  const identities = profiles.flatMap((profile) => cluster.identities.get(profile) ?? []);
  resetIdentities(world, identities, force);
  approveServing(world, cluster, false);
}

function controlPlaneProblem(world: MutableState, cluster: MutableCluster): FailedAction | undefined {
  if (findServingNode(world, cluster) !== undefined) return undefined;
  return failure('api-server-down', { subject: cluster.state.name, text: CONTROL_PLANE_EXPIRED });
}

/** Implements `Repair-MocLogin`, which works whatever has expired. Source: Azure/aksArc issue 168. */
export function repairMocLogin(world: MutableState): void {
  checkAction(hostProblem(world));
  resetIdentity(world, getHostIdentity(world, 'mocctl'));
  checkAction(toolProblem(world, 'mocctl'));
}

/** Implements `Repair-Moc`. Source: Azure/aksArc issues 173 and 365. */
export function repairMoc(world: MutableState): void {
  checkAction(toolProblem(world, 'mocctl'));
  for (const identity of world.identities) if (identity.profile.id === 'node-agent') resetIdentity(world, identity);
}

export function rotateIdentity(world: MutableState, identity: IdentityWork): void {
  checkAction(toolProblem(world, 'mocctl'));
  renewToken(world, identity);
  learnAuthorities(world, identity);
  // A client that retries its login finds the new login file.
  identity.slot.refusal = undefined;
  identity.slot.record = undefined;
}

/** Implements `New-MocIdentity`. */
export function newIdentity(world: MutableState, { name, validityDays }: { name: string; validityDays: number }): void {
  checkAction(toolProblem(world, 'mocctl'));
  if (world.identities.some((identity) => identity.name === name)) failAction('already-so', { subject: name });
  addIdentity(world, { profile: 'extra-admin', name, validity: seconds(validityDays * DAY_MS) });
}

export function setRevoked(world: MutableState, identity: IdentityWork, revoked: boolean): void {
  checkAction(toolProblem(world, 'mocctl'));
  if (identity.revoked === revoked) failAction('already-so', { subject: identity.name });
  identity.revoked = revoked;
  identity.state = undefined;
}

/**
 * Implements `Invoke-AksHciRotateCACertificate`. Without `stage`, performs all remaining stages. Clients that cannot
 * connect keep the old CA and are locked out when it is withdrawn. Source: microsoft/moc, credential monitor; stages
 * inferred.
 */
export function rotateCa(world: MutableState, stage?: RotationStepId): void {
  checkAction(hostProblem(world));
  if (stage !== undefined && nextRotationStage(world.agent.stage) !== stage)
    failAction('stage-out-of-order', { subject: world.agent.stage });
  rotateByHand(world, stage === undefined);
}

/**
 * Implements `Update-AksHci`: updates the cloud agent, the clients on hosts and the management cluster, whose machines
 * are recreated. Certificates and tokens then have their full lifetime. Source: the article, "Certificate types".
 */
export function updateHost(world: MutableState): void {
  checkAction(cmdletProblem(world) ?? machineProblem(world));
  const ofHost = world.identities.filter(
    ({ cluster, profile }) => cluster === undefined && profile.id !== 'extra-admin',
  );
  const { server } = world.agent;
  if (server !== undefined) renewServer(world, server, getIssuer(world, server));
  resetIdentities(world, ofHost, true);
  renewMachines(world, getManagementCluster(world));
}

export function updateCluster(world: MutableState, cluster: MutableCluster): void {
  checkAction(cmdletProblem(world) ?? machineProblem(world) ?? answerProblem(world, cluster));
  renewMachines(world, cluster);
}

function renewMachines(world: MutableState, cluster: MutableCluster): void {
  for (const node of [...cluster.nodes]) replaceNode(world, cluster, node);
  // Certificates contain the names of machines, so clients log in after the machines are replaced. One of these clients
  // approves kubelet requests, which therefore come last.
  resetIdentities(world, cluster.identities.values(), true);
  approveServing(world, cluster, false);
}

export function newCluster(world: MutableState, plan: ClusterPlan): void {
  checkAction(cmdletProblem(world) ?? machineProblem(world));
  if (world.clusterByName.has(plan.name)) failAction('already-so', { subject: plan.name });
  addCluster(world, plan, 'workload');
}

/** Implements `Get-AksHciCredential`. */
export function getCredential(world: MutableState, cluster: MutableCluster): void {
  checkAction(cmdletProblem(world));
  if (cluster.kubeconfig !== undefined) issueFresh(world, cluster.kubeconfig);
}

/**
 * Copies the kubeconfig from a node over SSH. Its validity is not public; the validity of the first kubeconfig is
 * assumed. Source: known issues, workload clusters.
 */
export function replaceManagementKubeconfig(world: MutableState): void {
  const management = getManagementCluster(world);
  checkAction(powerProblem(world, management));
  const hasFresh = management.nodes.some(({ slots }) =>
    slots.some((slot) => slot.profile.id === 'admin' && isValid(world, slot)),
  );
  if (!hasFresh) failAction('unauthorized', { subject: management.state.name });
  if (management.kubeconfig !== undefined) issueFresh(world, management.kubeconfig);
}

/*
 * Repair and update cmdlets replace credentials that are expired, due or revoked; with `-force`, all credentials.
 * Source: Microsoft Learn, AksHci reference (`-force`: regardless of expiry dates).
 */

function resetIdentity(world: MutableState, identity: IdentityWork): void {
  renewToken(world, identity);
  identity.trusts = [...world.agent.trusted];
  const problem = loginClient(world, identity);
  if (LOGS_IN_AT_START.includes(identity.profile.id)) identity.started = problem === undefined;
  schedule(world, identity.slot);
}

function resetIdentities(world: MutableState, identities: Iterable<IdentityWork>, force: boolean): void {
  for (const identity of identities) if (force || needsReset(world, identity)) resetIdentity(world, identity);
}

function needsReset(world: MutableState, identity: IdentityWork): boolean {
  const { token, slot } = identity;
  return (
    !identity.started ||
    connectionProblem(world, identity) !== undefined ||
    world.now + slot.own.offset >= dueAt(slot) ||
    world.now + world.hostClock.offset >= tokenDueAt(token)
  );
}

/** Issues certificates directly from the nodes' YAML and the CAs' keys. */
function repairControlPlane(world: MutableState, cluster: MutableCluster, force: boolean): void {
  for (const node of cluster.nodes) {
    if (node.state.role !== 'control-plane') continue;
    for (const slot of node.slots) {
      if (slot.profile.id === 'kubelet-server') continue;
      if (force || needsRepair(world, slot)) issueFresh(world, slot);
    }
    node.lost = false;
  }
}

function needsRepair(world: MutableState, slot: CertificateSlot): boolean {
  return !isValid(world, slot) || slot.revokedBy !== undefined || world.now + slot.own.offset >= dueAt(slot);
}

/** Issues serving certificates. Source: Azure/aksArc issue 237. */
function approveServing(world: MutableState, cluster: MutableCluster, force: boolean): void {
  if (!isApproverWorking(world, cluster)) return;
  for (const node of cluster.nodes) {
    if (node.lost) continue;
    const profile: ProfileId = 'kubelet-server';
    const slot = node.slots.find((each) => each.profile.id === profile);
    if (slot === undefined) issueOnNode(world, cluster, node, profile);
    else if (force || !isValid(world, slot)) issueFresh(world, slot);
  }
}
