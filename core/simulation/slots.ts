import type { Profile, ProfileId } from '../pki/model/profile.ts';
import { renewalLeadMs, renewalRetryMs, TOKEN_ROTATION } from '../pki/model/renewal.ts';
import { ROTATION_STAGES, currentSigner, type RotatingCas } from '../pki/model/rotation.ts';
import { SECOND_MS } from '../shared/instant.ts';
import { buildProfileTemplate, type ProfileValues } from '../pki/issue/profile-template.ts';
import {
  instantFromSecond,
  seconds,
  type MutableCluster,
  type Node,
  type CertificateSlot,
  type MutableState,
  type TokenWork,
} from './mutable-state.ts';
import { getSerial } from './random.ts';
import type { Holder } from './state.ts';

interface Placing {
  profile: Profile;
  holder: Holder;
  cluster?: MutableCluster | undefined;
  node?: Node | undefined;
  /** In seconds; replaces the validity of the profile. */
  validity?: number;
}

const NO_SUBJECT = { commonName: '', organizations: [] };
const NO_SANS = { dns: [], ip: [] };

export function emptySlot(world: MutableState, placing: Placing, number: number): CertificateSlot {
  const { profile, holder, cluster } = placing;
  const { by, atShareLeft, retryShare } = profile.renewal.value;
  const backdating = seconds(profile.backdatingMs.value);
  const validity = placing.validity ?? seconds(profile.validityMs.value);
  // All certificates of a slot have the same validity.
  const lifetimeMs = (backdating + validity - 1) * SECOND_MS;
  return {
    next: Infinity,
    end: 0,
    left: atShareLeft === undefined ? 0 : seconds(renewalLeadMs(atShareLeft, lifetimeMs)) + 1,
    issuedAt: 0,
    retry: retryShare === undefined ? 1 : seconds(renewalRetryMs(retryShare, lifetimeMs)),
    runsSince: Infinity,
    // The article's second exception: kubeconfigs are never renewed.
    renewedBy: holder.kind === 'workstation' ? 'nobody' : by,
    judge: profile.layer === 'moc' || cluster === undefined ? world.hostClock : cluster.clock,
    own: cluster?.clock ?? world.hostClock,
    cluster,
    identity: undefined,
    expired: false,
    removed: false,
    refusal: undefined,
    revokedBy: undefined,
    original: undefined,
    issuer: undefined,
    issueNumber: 0,
    renewCount: 0,
    notBefore: 0,
    backdating,
    validity,
    record: undefined,
    profile,
    node: placing.node,
    place: world.slots.length,
    number,
    read: undefined,
    holder,
    subject: NO_SUBJECT,
    sans: NO_SANS,
  };
}

export function newToken(issuedAt: number, expiresAt: number): TokenWork {
  const lifeMs = (expiresAt - issuedAt) * SECOND_MS;
  return {
    issuedAt,
    expiresAt,
    left: seconds(renewalLeadMs(TOKEN_ROTATION.atShareLeft, lifeMs)),
    retry: seconds(renewalRetryMs(TOKEN_ROTATION.retryShare, lifeMs)),
    generation: 1,
    expired: false,
    refusedAt: undefined,
  };
}

export function newSlot(world: MutableState, placing: Placing, values: ProfileValues): CertificateSlot {
  world.slotsMade += 1;
  const slot = emptySlot(world, placing, world.slotsMade);
  nameSlot(world, slot, values);
  world.slots.push(slot);
  if (placing.node !== undefined) placeOnNode(placing.node, slot);
  return slot;
}

/** Certificates that an API server needs on its node. Source: kubeadm; the article, "Certificates and CAs". */
export const SERVING: readonly ProfileId[] = ['apiserver', 'apiserver-etcd-client', 'etcd-server'];

export function placeOnNode(node: Node, slot: CertificateSlot): void {
  node.slots.push(slot);
  if (SERVING.includes(slot.profile.id)) node.serving.push(slot);
}

export function nameSlot(world: MutableState, slot: CertificateSlot, values: ProfileValues): void {
  const template = buildProfileTemplate({
    profile: slot.profile,
    values,
    serialHex: '01',
    now: instantFromSecond(world.now),
  });
  slot.subject = template.subject;
  slot.sans = template.sans;
}

export function removeSlot(slot: CertificateSlot): void {
  slot.removed = true;
  slot.next = Infinity;
}

/** Returns the time at which renewal is due by the holder's clock. */
export function dueAt({ end, left }: CertificateSlot): number {
  return end - left;
}

export function certificateId(slot: CertificateSlot, issueNumber = slot.issueNumber): string {
  return `${slot.number}.${issueNumber}`;
}

export function serialIn(world: MutableState, slot: CertificateSlot, issueNumber = slot.issueNumber): string {
  if (slot.read?.issueNumber === issueNumber) return slot.read.serialHex;
  return getSerial(world.key, slot.number, issueNumber, slot.profile.serialBits.value);
}

export function getRotatingCas({ agent: { stage, trusted } }: MutableState): RotatingCas<CertificateSlot> {
  const newest = trusted.at(-1);
  if (newest === undefined) throw new Error('a cloud agent without CA');
  return { stage: ROTATION_STAGES[stage], newest, oldest: trusted.length > 1 ? trusted[0] : undefined };
}

/** Returns the issuing CA of the cluster, or the CA with which the cloud agent currently signs. */
export function getIssuer(world: MutableState, { profile, cluster }: CertificateSlot): CertificateSlot {
  if (profile.layer === 'moc') return currentSigner(getRotatingCas(world));
  const issuer = profile.issuer.value;
  const found = issuer === 'self' ? undefined : cluster?.authorities.get(issuer);
  if (found === undefined) throw new Error(`no issuer for ${profile.id}`);
  return found;
}
