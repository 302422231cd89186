import type { EventKind, SimulationEvent } from './events.ts';
import { instantFromSecond, type CertificateSlot, type MutableState } from './mutable-state.ts';
import type { RefusalReason } from './actions/refusals.ts';
import { certificateId, serialIn } from './slots.ts';
import type { RevokingEntry } from './state.ts';

/** Counts an event and records it if events are wanted. `isRepeat`: the previous event of the subject was the same. */
export function note(
  world: MutableState,
  kind: EventKind,
  told: () => Omit<SimulationEvent, 'at' | 'kind'>,
  isRepeat = false,
): void {
  world.counts[kind] += 1;
  if (world.events === undefined || (isRepeat && world.isTerse)) return;
  world.events.push({ at: instantFromSecond(world.now), kind, ...told() });
}

export function noteSlot(
  world: MutableState,
  kind: EventKind,
  slot: CertificateSlot,
  { params, isRepeat }: { params?: () => SimulationEvent['params']; isRepeat?: boolean } = {},
): void {
  note(
    world,
    kind,
    () => ({
      cluster: slot.cluster?.state.name,
      node: slot.node?.state.name,
      identity: slot.identity?.name,
      certificate: certificateId(slot),
      params: { profile: slot.profile.id, ...params?.() },
    }),
    isRepeat,
  );
}

/**
 * Returns the first matching entry. Kubelet server certificates, roots and the MOC layer are exempt by their profiles.
 */
export function matchIn(
  world: MutableState,
  slot: CertificateSlot,
  { issueNumber, notBefore }: { issueNumber: number; notBefore: number } = slot,
): RevokingEntry | undefined {
  const index = slot.cluster?.revocationIndex;
  if (index === undefined || slot.profile.revokedBy.value !== 'RenewRevocation') return undefined;
  const [first] = index.match({
    serialHex: serialIn(world, slot, issueNumber),
    groups: slot.subject.organizations,
    dns: slot.sans.dns,
    ip: slot.sans.ip,
    notBefore: instantFromSecond(notBefore),
    exempt: false,
  });
  return first && { revocation: first.object.name, entry: first.entryIndex };
}

export function matchNext(world: MutableState, slot: CertificateSlot): RevokingEntry | undefined {
  if (slot.cluster?.revocationIndex === undefined) return undefined;
  const notBefore = world.now + slot.judge.offset - slot.backdating;
  return matchIn(world, slot, { issueNumber: slot.issueNumber + 1, notBefore });
}

/**
 * Issues a certificate. A renewal increases `renewCount` and keeps `original`; a fresh certificate resets both. A
 * matching entry revokes the certificate from its first second.
 */
export function issue(
  world: MutableState,
  slot: CertificateSlot,
  how: 'renewed' | 'fresh',
  issuer: CertificateSlot,
): void {
  const replaced = slot.issueNumber;
  if (how === 'renewed') {
    slot.original ??= {
      issueNumber: replaced,
      serialHex: slot.read?.issueNumber === replaced ? slot.read.serialHex : undefined,
      notBefore: slot.notBefore,
      end: slot.end,
      issuer: slot.issuer ?? slot,
    };
    slot.renewCount += 1;
  } else {
    slot.original = undefined;
    slot.renewCount = 0;
  }
  const local = world.now + slot.judge.offset;
  slot.issueNumber = replaced + 1;
  slot.issuedAt = world.now;
  slot.issuer = issuer;
  slot.notBefore = local - slot.backdating;
  slot.end = local + slot.validity;
  slot.expired = false;
  slot.refusal = undefined;
  slot.record = undefined;
  const revokedBefore = slot.revokedBy;
  slot.revokedBy = matchIn(world, slot);
  noteSlot(world, how === 'renewed' ? 'certificate-renewed' : 'certificate-issued', slot, {
    params: () => ({ renewCount: slot.renewCount, ...(revokedBefore && { revokedBefore: revokedBefore.revocation }) }),
    isRepeat: slot.renewCount > 1,
  });
}

export function refuse(
  world: MutableState,
  slot: CertificateSlot,
  reason: RefusalReason,
  more: { by?: RevokingEntry | undefined; kind?: 'certificate-refused' | 'login-refused' } = {},
): void {
  const { by, kind = 'certificate-refused' } = more;
  const isRepeat = slot.refusal?.reason === reason;
  slot.refusal = { at: world.now, reason, by };
  slot.record = undefined;
  noteSlot(world, kind, slot, { params: () => ({ reason, ...by }), isRepeat });
}
