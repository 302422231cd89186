import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';
import { matchIn } from '../issue.ts';
import {
  seconds,
  type MutableCluster,
  type IdentityWork,
  type RunningWork,
  type MutableState,
} from '../mutable-state.ts';
import { findRevocationIndex } from '../open.ts';
import { accessProblem, checkAction, failAction, powerProblem } from './preconditions.ts';
import { start } from '../renewal.ts';
import { wakeCloudAgent } from '../run.ts';
import { LOGS_IN_AT_START } from '../validity.ts';

export function setRunning(world: MutableState, work: RunningWork, running: boolean): void {
  if (work.running === running) failAction('already-so');
  work.running = running;
  work.since = world.now;
}

/** Switches a cluster or, if none is given, the host on or off. Clients that log in at startup do so immediately. */
export function power(world: MutableState, cluster: MutableCluster | undefined, on: boolean): void {
  setRunning(world, cluster?.power ?? world.hostPower, on);
  if (!on) return;
  if (cluster === undefined) wakeCloudAgent(world);
  startClients(world, cluster?.identities.values() ?? world.identities);
}

function startClients(world: MutableState, identities: Iterable<IdentityWork>): void {
  for (const identity of identities) {
    const { cluster, client, profile } = identity;
    const hasPower = world.hostPower.running && (cluster?.power.running ?? true);
    if (hasPower && client.running && LOGS_IN_AT_START.includes(profile.id)) start(world, identity);
  }
}

export function switchClient(world: MutableState, identity: IdentityWork, running: boolean): void {
  setRunning(world, identity.client, running);
  identity.state = undefined;
  if (running) startAnew(world, identity);
}

export function restartClient(world: MutableState, identity: IdentityWork): void {
  checkAction(powerProblem(world, identity.cluster));
  identity.client.running = true;
  identity.client.since = world.now;
  identity.state = undefined;
  startAnew(world, identity);
}

function startAnew(world: MutableState, identity: IdentityWork): void {
  startClients(world, [identity]);
  const reason = identity.started ? undefined : identity.slot.refusal?.reason;
  if (reason !== undefined) failAction(reason, { subject: identity.name });
}

export function setClock(world: MutableState, cluster: MutableCluster | undefined, offsetMs: number): void {
  (cluster?.clock ?? world.hostClock).offset = seconds(offsetMs);
  for (const slot of world.slots) {
    // The expiry of a certificate is recorded only when the simulation continues.
    if (!slot.expired || world.now + slot.judge.offset >= slot.end) continue;
    slot.expired = false;
    slot.record = undefined;
    if (slot.node !== undefined && slot.profile.id === 'kubelet-client') slot.node.lost = false;
  }
  for (const identity of world.identities) {
    const { token } = identity;
    if (!token.expired || world.now + world.hostClock.offset >= token.expiresAt) continue;
    token.expired = false;
    identity.state = undefined;
  }
}

/** Replaces any object with the same name. Requires access to the cluster, as for kubectl. */
export function applyRevocation(world: MutableState, cluster: MutableCluster, revocation: RenewRevocation): void {
  checkAction(accessProblem(world, cluster));
  const others = cluster.revocations.filter(({ name }) => name !== revocation.name);
  setRevocations(world, cluster, [...others, revocation]);
}

export function deleteRevocation(world: MutableState, cluster: MutableCluster, name: string): void {
  checkAction(accessProblem(world, cluster));
  const others = cluster.revocations.filter((each) => each.name !== name);
  if (others.length === cluster.revocations.length) failAction('not-found', { subject: name });
  setRevocations(world, cluster, others);
}

function setRevocations(world: MutableState, cluster: MutableCluster, revocations: RenewRevocation[]): void {
  cluster.revocations = revocations.sort((one, other) => (one.name < other.name ? -1 : 1));
  cluster.revocationIndex = findRevocationIndex(cluster.revocations);
  for (const slot of world.slots) {
    if (slot.cluster !== cluster || slot.removed) continue;
    slot.revokedBy = matchIn(world, slot);
    slot.record = undefined;
  }
}
