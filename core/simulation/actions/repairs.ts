import type { ProfileId } from '../../pki/model/profile.ts';
import { schedule, tokenDueAt } from '../due.ts';
import { issueFresh, issueOnNode } from '../nodes.ts';
import { loginClient, renewToken } from '../renewal.ts';
import { dueAt } from '../slots.ts';
import { connectionProblem, isApproverWorking, isValid, LOGS_IN_AT_START } from '../validity.ts';
import type { MutableCluster, IdentityWork, CertificateSlot, MutableState } from '../mutable-state.ts';

/*
 * Repair and update cmdlets replace credentials that are expired, due or revoked, or all of them if forced. Source:
 * Microsoft Learn, AksHci reference (`-force`: regardless of expiry dates).
 */

/** Logs in with a new login file, which contains a new token and the current CAs. */
export function resetIdentity(world: MutableState, identity: IdentityWork): void {
  renewToken(world, identity);
  identity.trusts = [...world.agent.trusted];
  const problem = loginClient(world, identity);
  if (LOGS_IN_AT_START.includes(identity.profile.id)) identity.started = problem === undefined;
  schedule(world, identity.slot);
}

export function resetIdentities(world: MutableState, identities: Iterable<IdentityWork>, force: boolean): void {
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

/** Issues certificates directly, from the nodes' YAML and the CAs' keys. */
export function repairControlPlane(world: MutableState, cluster: MutableCluster, force: boolean): void {
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

/** Issues serving certificates while somebody approves requests. Source: Azure/aksArc issue 237. */
export function approveServing(world: MutableState, cluster: MutableCluster, force: boolean): void {
  if (!isApproverWorking(world, cluster)) return;
  for (const node of cluster.nodes) {
    if (node.lost) continue;
    const profile: ProfileId = 'kubelet-server';
    const slot = node.slots.find((each) => each.profile.id === profile);
    if (slot === undefined) issueOnNode(world, cluster, node, profile);
    else if (force || !isValid(world, slot)) issueFresh(world, slot);
  }
}
