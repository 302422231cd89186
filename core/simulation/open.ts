import { PROFILES } from '../pki/model/profiles.ts';
import { RevocationIndex } from '../shared/renew-revocation/match.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';
import { EVENT_KINDS, type EventKind, type SimulationEvent } from './events.ts';
import {
  secondFromInstant,
  seconds,
  type MutableCluster,
  type IdentityWork,
  type Node,
  type RunningWork,
  type CertificateSlot,
  type MutableState,
} from './mutable-state.ts';
import { hashSeed } from './random.ts';
import { emptySlot, newToken, placeOnNode } from './slots.ts';
import type { CertificateState, ClusterState, DeploymentState, IdentityState, PowerState } from './state.ts';

/** Copies the given state. Without `events`, events are only counted. */
export function openState(
  state: DeploymentState,
  events: SimulationEvent[] | undefined,
  { isTerse = false }: { isTerse?: boolean } = {},
): MutableState {
  const world: MutableState = {
    state,
    key: hashSeed(state.seed),
    now: secondFromInstant(state.now),
    hostPower: openPower(state.hostPower),
    hostClock: { offset: seconds(state.hostClockOffsetMs) },
    clusters: [],
    clusterByName: new Map(),
    identities: [],
    slots: [],
    slotsMade: state.slotsMade,
    agent: { stage: state.cloudAgent.stage, trusted: [], server: undefined },
    queue: undefined,
    until: 0,
    events,
    isTerse,
    counts: Object.fromEntries(EVENT_KINDS.map((kind) => [kind, 0])) as Record<EventKind, number>,
  };
  for (const cluster of state.clusters) addClusterWork(world, cluster);
  const byId = openCertificates(world);
  for (const identity of state.identities) openIdentity(world, identity, byId);
  world.agent.trusted.push(...state.cloudAgent.trusted.map((id) => getCertificate(byId, id)));
  return world;
}

export function addClusterWork(world: MutableState, state: ClusterState): MutableCluster {
  const cluster: MutableCluster = {
    index: world.clusters.length,
    state,
    clock: { offset: seconds(state.clockOffsetMs) },
    power: openPower(state.power),
    renewers: {
      'renewal-controller': openPower(state.renewers['renewal-controller']),
      kubelet: openPower(state.renewers.kubelet),
    },
    nodes: state.nodes.map((node) => ({ state: node, slots: [], serving: [], lost: node.lost === true })),
    nodesMade: state.nodesMade,
    revocations: state.revocations,
    revocationIndex: findRevocationIndex(state.revocations),
    calmUntil: 0,
    steadyUntil: 0,
    authorities: new Map(),
    identities: new Map(),
    kubeconfig: undefined,
  };
  world.clusters.push(cluster);
  world.clusterByName.set(state.name, cluster);
  return cluster;
}

/** Returns `undefined` if there are no revocations, as in most clusters. */
export function findRevocationIndex(revocations: readonly RenewRevocation[]): RevocationIndex | undefined {
  return revocations.length === 0 ? undefined : new RevocationIndex(revocations);
}

function openPower({ running, since }: PowerState): RunningWork {
  return { running, since: secondFromInstant(since) };
}

function openCertificates(world: MutableState): Map<string, CertificateSlot> {
  const { certificates } = world.state;
  const byId = new Map<string, CertificateSlot>();
  const nodes = new Map<string, Node>();
  for (const { nodes: members } of world.clusters) for (const node of members) nodes.set(node.state.name, node);
  for (const record of certificates) {
    const { holder } = record;
    const node = holder.kind === 'node' ? nodes.get(holder.node) : undefined;
    const slot = openSlot(world, record, node);
    world.slots.push(slot);
    byId.set(record.id, slot);
    if (node !== undefined) placeOnNode(node, slot);
    attach(world, slot);
  }
  for (const [at, record] of certificates.entries()) {
    const slot = world.slots[at];
    if (slot === undefined) continue;
    slot.issuer = getCertificate(byId, record.issuer);
    if (slot.original !== undefined && record.original !== undefined)
      slot.original.issuer = getCertificate(byId, record.original.issuer);
  }
  return byId;
}

function openSlot(world: MutableState, record: CertificateState, node: Node | undefined): CertificateSlot {
  const cluster = record.cluster === undefined ? undefined : world.clusterByName.get(record.cluster);
  const { original, lastRefusal } = record;
  const notBefore = secondFromInstant(record.notBefore);
  const end = secondFromInstant(record.notAfter) + 1;
  const profile = PROFILES[record.profile];
  const backdating = seconds(profile.backdatingMs.value);
  const validity = end - notBefore - backdating;
  const placing = { profile, holder: record.holder, cluster, node, validity };
  const slot = emptySlot(world, placing, record.slot);
  slot.notBefore = notBefore;
  slot.end = end;
  slot.subject = record.subject;
  slot.sans = record.sans;
  slot.issueNumber = record.issueNumber;
  slot.read = record;
  slot.issuedAt = secondFromInstant(record.issuedAt);
  slot.renewCount = record.renewCount;
  slot.revokedBy = record.revokedBy;
  slot.expired = record.expired === true;
  slot.refusal = lastRefusal && { ...lastRefusal, at: secondFromInstant(lastRefusal.at), by: lastRefusal.by };
  slot.original = original && {
    issueNumber: Number(original.id.slice(original.id.indexOf('.') + 1)),
    serialHex: original.serialHex,
    notBefore: secondFromInstant(original.notBefore),
    end: secondFromInstant(original.notAfter) + 1,
    issuer: slot,
  };
  slot.record = record;
  return slot;
}

function attach(world: MutableState, slot: CertificateSlot): void {
  const { profile, cluster, holder } = slot;
  if (profile.id === 'cloud-agent-server') world.agent.server = slot;
  if (cluster === undefined) return;
  if (holder.kind === 'cluster') cluster.authorities.set(profile.id, slot);
  if (holder.kind === 'workstation') cluster.kubeconfig = slot;
}

function openIdentity(world: MutableState, state: IdentityState, byId: Map<string, CertificateSlot>): void {
  const slot = getCertificate(byId, state.certificate);
  const { token } = state;
  const identity: IdentityWork = {
    name: state.name,
    profile: PROFILES[state.profile],
    clientType: state.clientType,
    cluster: state.cluster === undefined ? undefined : world.clusterByName.get(state.cluster),
    host: state.host,
    token: {
      ...newToken(secondFromInstant(token.issuedAt), secondFromInstant(token.expiresAt)),
      generation: token.generation,
      expired: token.expired === true,
      refusedAt: token.refusedAt === undefined ? undefined : secondFromInstant(token.refusedAt),
    },
    autoRotate: state.autoRotate,
    revoked: state.revoked,
    client: openPower(state.client),
    started: state.started,
    trusts: state.trusts.map((id) => getCertificate(byId, id)),
    slot,
    state,
  };
  slot.identity = identity;
  world.identities.push(identity);
  identity.cluster?.identities.set(state.profile, identity);
}

function getCertificate(byId: Map<string, CertificateSlot>, id: string): CertificateSlot {
  const slot = byId.get(id);
  if (slot === undefined) throw new Error(`no certificate ${id}`);
  return slot;
}
