import { PROFILES } from '../pki/model/profiles.ts';
import { RevocationIndex } from '../shared/renew-revocation/match.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';
import { EVENT_KINDS, type EventKind, type SimulationEvent } from './events.ts';
import { toSimulatedSecond, seconds } from './moments.ts';
import { hashSeed } from './random.ts';
import { emptySlot, newToken, placeOnNode } from './slots.ts';
import type { CertificateState, ClusterState, DeploymentState, IdentityState, PowerState } from './state.ts';
import type {
  MutableCluster,
  IdentityWork,
  Node,
  RunningWork,
  CertificateSlot,
  MutableState,
} from './mutable-state.ts';

/** Leaves the state unchanged. Without `events`, events are only counted. */
export function opened(
  state: DeploymentState,
  events: SimulationEvent[] | undefined,
  { isTerse = false }: { isTerse?: boolean } = {},
): MutableState {
  const world: MutableState = {
    state,
    key: hashSeed(state.seed),
    now: toSimulatedSecond(state.now),
    lastUpdatedAt: toSimulatedSecond(state.lastUpdatedAt),
    hostPower: runningWork(state.hostPower),
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
  world.agent.trusted.push(...state.cloudAgent.trusted.map((id) => found(byId, id)));
  return world;
}

/** The cluster has no certificates and identities yet. */
export function addClusterWork(world: MutableState, state: ClusterState): MutableCluster {
  const cluster: MutableCluster = {
    index: world.clusters.length,
    state,
    clock: { offset: seconds(state.clockOffsetMs) },
    power: runningWork(state.power),
    renewers: {
      'renewal-controller': runningWork(state.renewers['renewal-controller']),
      kubelet: runningWork(state.renewers.kubelet),
    },
    nodes: state.nodes.map((node) => ({ state: node, slots: [], serving: [], lost: node.lost === true })),
    nodesMade: state.nodesMade,
    lastUpdatedAt: toSimulatedSecond(state.lastUpdatedAt),
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

/** Most clusters have no revocations to look up. */
export function findRevocationIndex(revocations: readonly RenewRevocation[]): RevocationIndex | undefined {
  return revocations.length === 0 ? undefined : new RevocationIndex(revocations);
}

function runningWork({ running, since }: PowerState): RunningWork {
  return { running, since: toSimulatedSecond(since) };
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
    slot.issuer = found(byId, record.issuer);
    if (slot.original !== undefined && record.original !== undefined)
      slot.original.issuer = found(byId, record.original.issuer);
  }
  return byId;
}

function openSlot(world: MutableState, record: CertificateState, node: Node | undefined): CertificateSlot {
  const cluster = record.cluster === undefined ? undefined : world.clusterByName.get(record.cluster);
  const { original, lastRefusal } = record;
  const notBefore = toSimulatedSecond(record.notBefore);
  const end = toSimulatedSecond(record.notAfter) + 1;
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
  slot.issuedAt = toSimulatedSecond(record.issuedAt);
  slot.renewCount = record.renewCount;
  slot.revokedBy = record.revokedBy;
  slot.expired = record.expired === true;
  slot.refusal = lastRefusal && { ...lastRefusal, at: toSimulatedSecond(lastRefusal.at), by: lastRefusal.by };
  slot.original = original && {
    issueNumber: Number(original.id.slice(original.id.indexOf('.') + 1)),
    serialHex: original.serialHex,
    notBefore: toSimulatedSecond(original.notBefore),
    end: toSimulatedSecond(original.notAfter) + 1,
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
  const slot = found(byId, state.certificate);
  const { token } = state;
  const identity: IdentityWork = {
    name: state.name,
    profile: PROFILES[state.profile],
    clientType: state.clientType,
    cluster: state.cluster === undefined ? undefined : world.clusterByName.get(state.cluster),
    host: state.host,
    token: {
      ...newToken(toSimulatedSecond(token.issuedAt), toSimulatedSecond(token.expiresAt)),
      generation: token.generation,
      expired: token.expired === true,
      refusedAt: token.refusedAt === undefined ? undefined : toSimulatedSecond(token.refusedAt),
    },
    autoRotate: state.autoRotate,
    revoked: state.revoked,
    client: runningWork(state.client),
    started: state.started,
    trusts: state.trusts.map((id) => found(byId, id)),
    slot,
    state,
  };
  slot.identity = identity;
  world.identities.push(identity);
  identity.cluster?.identities.set(state.profile, identity);
}

function found(byId: Map<string, CertificateSlot>, id: string): CertificateSlot {
  const slot = byId.get(id);
  if (slot === undefined) throw new Error(`no certificate ${id}`);
  return slot;
}
