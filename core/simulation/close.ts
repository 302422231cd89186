import { SECOND_MS } from '../shared/instant.ts';
import {
  instantFromSecond,
  type MutableCluster,
  type IdentityWork,
  type RunningWork,
  type CertificateSlot,
  type MutableState,
} from './mutable-state.ts';
import { certificateId, serialIn } from './slots.ts';
import type { CertificateState, ClusterState, DeploymentState, IdentityState, PowerState } from './state.ts';

/** Returns the current state, which shares all unchanged parts with the previous one. */
export function closeState(world: MutableState): DeploymentState {
  const { state, agent } = world;
  return {
    seed: state.seed,
    now: instantFromSecond(world.now),
    settings: state.settings,
    hostPower: closePower(world.hostPower),
    hostClockOffsetMs: world.hostClock.offset * SECOND_MS,
    hosts: state.hosts,
    cloudAgent: {
      fqdn: state.cloudAgent.fqdn,
      stage: agent.stage,
      trusted: agent.trusted.map((slot) => certificateId(slot)),
    },
    clusters: world.clusters.map(clusterState),
    identities: world.identities.map(identityState),
    certificates: world.slots.filter((slot) => !slot.removed).map((slot) => slot.record ?? createRecord(world, slot)),
    slotsMade: world.slotsMade,
  };
}

function closePower({ running, since }: RunningWork): PowerState {
  return { running, since: instantFromSecond(since) };
}

function clusterState(cluster: MutableCluster): ClusterState {
  const { state } = cluster;
  return {
    name: state.name,
    kind: state.kind,
    nodes: cluster.nodes.map(({ state: { name, role, ip }, lost }) => ({ name, role, ip, lost: lost || undefined })),
    nodesMade: cluster.nodesMade,
    power: closePower(cluster.power),
    clockOffsetMs: cluster.clock.offset * SECOND_MS,
    renewers: {
      'renewal-controller': closePower(cluster.renewers['renewal-controller']),
      kubelet: closePower(cluster.renewers.kubelet),
    },
    revocations: cluster.revocations,
    endpoints: state.endpoints,
  };
}

function identityState(identity: IdentityWork): IdentityState {
  const certificate = certificateId(identity.slot);
  const { state, token, cluster, host } = identity;
  if (state?.certificate === certificate) return state;
  return {
    name: identity.name,
    profile: identity.profile.id,
    clientType: identity.clientType,
    cluster: cluster?.state.name,
    host,
    token: {
      issuedAt: instantFromSecond(token.issuedAt),
      expiresAt: instantFromSecond(token.expiresAt),
      generation: token.generation,
      expired: token.expired || undefined,
      refusedAt: token.refusedAt === undefined ? undefined : instantFromSecond(token.refusedAt),
    },
    autoRotate: identity.autoRotate,
    revoked: identity.revoked,
    client: closePower(identity.client),
    started: identity.started,
    trusts: identity.trusts.map((slot) => certificateId(slot)),
    certificate,
  };
}

function createRecord(world: MutableState, slot: CertificateSlot): CertificateState {
  const { original, refusal, issuer } = slot;
  if (issuer === undefined) throw new Error('a certificate without issuer');
  // Building this literal from parts takes three times as long.
  return {
    id: certificateId(slot),
    slot: slot.number,
    issueNumber: slot.issueNumber,
    profile: slot.profile.id,
    holder: slot.holder,
    cluster: slot.cluster?.state.name,
    serialHex: serialIn(world, slot),
    subject: slot.subject,
    sans: slot.sans,
    notBefore: instantFromSecond(slot.notBefore),
    notAfter: instantFromSecond(slot.end - 1),
    issuedAt: instantFromSecond(slot.issuedAt),
    issuer: certificateId(issuer),
    renewCount: slot.renewCount,
    original: original && {
      id: certificateId(slot, original.issueNumber),
      serialHex: original.serialHex ?? serialIn(world, slot, original.issueNumber),
      notBefore: instantFromSecond(original.notBefore),
      notAfter: instantFromSecond(original.end - 1),
      issuer: certificateId(original.issuer),
    },
    revokedBy: slot.revokedBy,
    expired: slot.expired || undefined,
    lastRefusal: refusal && { at: instantFromSecond(refusal.at), reason: refusal.reason, by: refusal.by },
  };
}
