import { rotateFurther } from './actions/ca-rotation.ts';
import { DueQueue } from './due-queue.ts';
import { expiryAt, nextAt, schedule, tokenExpiryAt, tokenRotationAt, tryAt } from './due.ts';
import { noteSlot } from './issue.ts';
import { loseNode, replaceAllLost } from './nodes.ts';
import { loginClient, renewClient, renewInCluster, renewServer, rotateOwnToken } from './renewal.ts';
import { getIssuer } from './slots.ts';
import { repeatRenewals, steadyUntil } from './steady.ts';
import type { CertificateSlot, MutableState } from './mutable-state.ts';

/** Processes everything due up to and including `until`, by time and then by place. */
export function run(world: MutableState, until: number): void {
  begin(world, until);
  proceed(world, Infinity);
}

export function begin(world: MutableState, until: number): void {
  const queue = new DueQueue(world.now);
  world.until = until;
  for (const cluster of world.clusters) cluster.calmUntil = 0;
  const apart = world.events === undefined ? clustersApart(world) : undefined;
  for (const slot of world.slots) {
    const own = slot.identity === undefined && slot.cluster !== undefined ? apart?.[slot.cluster.index] : undefined;
    world.queue = own === undefined ? queue : undefined;
    schedule(world, slot);
    if (slot.next <= until) own?.push(slot);
  }
  world.queue = queue;
  for (const cluster of world.clusters) cluster.steadyUntil = world.isTerse ? steadyUntil(world, cluster) : 0;
  if (apart !== undefined) runApart(world, queue, apart);
}

/**
 * Lists the certificates of each cluster, which are independent of other clusters until a node is lost. `undefined` for
 * a cluster that has lost a node, and for the first cluster, which replaces the nodes of the others.
 */
function clustersApart({ clusters }: MutableState): (CertificateSlot[] | undefined)[] {
  return clusters.map(({ nodes }, index) => (index === 0 || nodes.some(({ lost }) => lost) ? undefined : []));
}

/**
 * Processes one cluster after the other until a node is lost, and queues the rest. Nothing is reported, so the order
 * has no visible effect. In order of time, each step would concern another cluster, and a thousand clusters do not fit
 * into any cache.
 */
function runApart(
  world: MutableState,
  queue: DueQueue,
  apart: readonly (readonly CertificateSlot[] | undefined)[],
): void {
  const { now } = world;
  const own = new DueQueue(now);
  for (const slots of apart) {
    for (const { next, place } of slots ?? []) own.push(next, place);
    while (!own.isEmpty && !isNodeLostNext(world, own)) takeStep(world, own);
    for (; !own.isEmpty; own.pop()) queue.push(own.second, own.place);
  }
  world.now = now;
}

function isNodeLostNext({ slots }: MutableState, { second, place }: DueQueue): boolean {
  const slot = slots[place];
  return slot?.profile.id === 'kubelet-client' && !slot.expired && expiryAt(slot) <= second;
}

/** Processes at most `steps` steps. Returns whether the run is complete. */
export function proceed(world: MutableState, steps: number): boolean {
  const { queue, until } = world;
  if (queue === undefined) throw new Error('nothing was begun');
  for (let step = 0; !queue.isEmpty; step += 1) {
    if (step === steps) return false;
    takeStep(world, queue);
  }
  world.queue = undefined;
  world.now = until;
  for (const cluster of world.clusters) cluster.steadyUntil = 0;
  return true;
}

function takeStep(world: MutableState, queue: DueQueue): void {
  const { second, place } = queue;
  const slot = world.slots[place];
  if (slot === undefined) throw new Error('a place that does not exist');
  if (slot.next !== second) return queue.pop();
  world.now = second;
  step(world, slot);
  slot.next = Math.max(nextAt(world, slot), second);
  const isFirst = queue.place === place && queue.second === second;
  if (slot.next > world.until) {
    if (isFirst) queue.pop();
  } else if (isFirst) queue.replaceFirst(slot.next, place);
  else queue.push(slot.next, place);
}

function step(world: MutableState, slot: CertificateSlot): void {
  const { now } = world;
  const { identity } = slot;
  if (!slot.expired && expiryAt(slot) <= now) return expire(world, slot);
  if (identity !== undefined) {
    if (tokenExpiryAt(world, identity) <= now) {
      identity.token.expired = true;
      identity.state = undefined;
      return noteSlot(world, 'token-expired', slot);
    }
    if (tokenRotationAt(world, identity) <= now) return rotateOwnToken(world, identity);
  }
  if (tryAt(world, slot) <= now) attempt(world, slot);
}

function expire(world: MutableState, slot: CertificateSlot): void {
  slot.expired = true;
  slot.record = undefined;
  noteSlot(world, 'certificate-expired', slot);
  const { agent } = world;
  if (agent.stage === 'withdrawn' && slot.profile.id === 'cloud-agent-ca' && slot !== agent.trusted[0])
    agent.stage = 'single';
  const { cluster, node } = slot;
  if (cluster !== undefined && node !== undefined && slot.profile.id === 'kubelet-client')
    loseNode(world, cluster, node);
}

/** Renews the cloud agent's own certificates if due, before any client connects. */
export function wakeCloudAgent(world: MutableState): void {
  for (let slot = dueAtAgent(world); slot !== undefined; slot = dueAtAgent(world)) attempt(world, slot);
}

function dueAtAgent(world: MutableState): CertificateSlot | undefined {
  const { trusted, server } = world.agent;
  return [trusted[0], server].find((slot) => {
    if (slot === undefined) return false;
    schedule(world, slot);
    return tryAt(world, slot) <= world.now;
  });
}

function attempt(world: MutableState, slot: CertificateSlot): void {
  const { identity } = slot;
  if (identity !== undefined) {
    const problem = slot.expired ? loginClient(world, identity) : renewClient(world, identity);
    if (problem === undefined && slot.profile.id === 'caph') replaceAllLost(world);
  } else if (slot === world.agent.server) renewServer(world, slot, getIssuer(world, slot));
  else if (slot.renewedBy === 'cloud-agent') rotateFurther(world);
  else {
    renewInCluster(world, slot);
    if (slot.refusal === undefined) repeatRenewals(world, slot);
  }
}
