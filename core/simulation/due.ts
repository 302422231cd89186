import { nextRenewalTry } from '../pki/model/renewal.ts';
import {
  seconds,
  type IdentityWork,
  type CertificateSlot,
  type MutableState,
  type TokenWork,
} from './mutable-state.ts';
import { dueAt } from './slots.ts';
import { clientRunsSince, clusterRunsSince, logsInAgain, TOOLS } from './validity.ts';

/*
 * All times are true times. They depend on the state alone, so an interruption changes nothing. `Infinity`: never,
 * unless something changes.
 */

/**
 * Schedules the next event of a slot. While the simulation runs, the holder of the certificate neither starts nor
 * stops.
 */
export function schedule(world: MutableState, slot: CertificateSlot): void {
  slot.runsSince = holderRunsSince(world, slot) ?? Infinity;
  slot.next = Math.max(nextAt(world, slot), world.now);
  if (slot.next <= world.until) world.queue?.push(slot.next, slot.place);
}

/** The slot must have been scheduled. */
export function nextAt(world: MutableState, slot: CertificateSlot): number {
  if (slot.removed) return Infinity;
  const expiry = slot.expired ? Infinity : expiryAt(slot);
  let next = Math.min(expiry, tryAt(world, slot));
  if (slot.identity !== undefined)
    next = Math.min(next, tokenExpiryAt(world, slot.identity), tokenRotationAt(world, slot.identity));
  return next;
}

export function expiryAt(slot: CertificateSlot): number {
  return slot.end - slot.judge.offset;
}

/** Returns the time of the next attempt to renew. If the certificate expires first, this time changes. */
export function tryAt(world: MutableState, slot: CertificateSlot): number {
  const since = slot.runsSince;
  if (since === Infinity) return Infinity;
  switch (slot.renewedBy) {
    case 'nobody':
      return Infinity;
    case 'renewal-controller':
    case 'kubelet':
      // After expiry, only a repair or a new node helps.
      return slot.expired ? Infinity : renewalAt(slot, since);
    case 'cloud-agent':
      return slot === world.agent.server ? renewalAt(slot, since) : caStepAt(world, slot, since);
    case 'client-itself':
      return clientTryAt(world, slot, since);
  }
}

function clientTryAt(world: MutableState, slot: CertificateSlot, since: number): number {
  const { identity } = slot;
  if (identity === undefined) throw new Error('a client without identity');
  if (slot.expired && !logsInAgain(identity)) return Infinity;
  const { refusal, retry } = slot;
  const at = slot.expired
    ? nextRenewalTry(Math.max(expiryAt(slot), since), refusal?.at, retry)
    : renewalAt(slot, since);
  return TOOLS.includes(identity.profile.id) ? nextUse(world, at) : at;
}

function renewalAt(slot: CertificateSlot, since: number): number {
  const { own, issuedAt, retry, refusal } = slot;
  // Otherwise, every new certificate would be due immediately for a holder whose clock is far ahead.
  return nextRenewalTry(Math.max(dueAt(slot) - own.offset, issuedAt + retry, since), refusal?.at, retry);
}

/** Tools are used at multiples of the interval since 1970. */
function nextUse({ state }: MutableState, at: number): number {
  const { toolUseIntervalMs } = state.settings;
  if (toolUseIntervalMs === undefined) return Infinity;
  const interval = seconds(toolUseIntervalMs);
  return Math.ceil(at / interval) * interval;
}

function holderRunsSince(world: MutableState, { identity, cluster, renewedBy }: CertificateSlot): number | undefined {
  if (identity !== undefined) return clientRunsSince(world, identity);
  const since = clusterRunsSince(world, cluster);
  if (renewedBy !== 'renewal-controller' && renewedBy !== 'kubelet') return since;
  const renewer = cluster?.renewers[renewedBy];
  if (since === undefined || renewer?.running !== true) return undefined;
  return Math.max(since, renewer.since);
}

/** Returns the time of the next stage, which only the oldest trusted CA has. */
function caStepAt(world: MutableState, slot: CertificateSlot, since: number): number {
  const { stage, trusted } = world.agent;
  const identityValidity = seconds(world.state.settings.identityValidityMs);
  if (slot !== trusted[0]) return Infinity;
  switch (stage) {
    case 'single':
    case 'withdrawn':
      return world.state.settings.caRotatesItself ? renewalAt(slot, since) : Infinity;
    case 'both-trusted':
      return Math.max(slot.end - Math.floor(OVERLAP_SHARE_LEFT * identityValidity) - slot.own.offset, since);
    case 'reissuing':
      return Math.max(expiryAt(slot), since);
  }
}

/**
 * Reissuing begins when the remaining life of the old CA is this share of a client certificate's validity. By then,
 * every client has renewed since the start of the overlap and trusts the new CA. Half of what a healthy renewal leaves,
 * to allow for later attempts and weekly use. Inferred: microsoft/moc implements the overlap, but its stages are not
 * public.
 */
const OVERLAP_SHARE_LEFT = 0.15;

export function tokenExpiryAt(world: MutableState, { token }: IdentityWork): number {
  return token.expired ? Infinity : token.expiresAt - world.hostClock.offset;
}

export function tokenRotationAt(world: MutableState, identity: IdentityWork): number {
  const since = identity.slot.runsSince;
  if (!identity.autoRotate || since === Infinity) return Infinity;
  const { token, slot } = identity;
  const at = Math.max(
    tokenDueAt(token) - slot.own.offset,
    token.issuedAt + token.retry - world.hostClock.offset,
    since,
  );
  return nextRenewalTry(at, token.refusedAt, token.retry);
}

/** Returns the due time by the holder's clock. */
export function tokenDueAt({ expiresAt, left }: TokenWork): number {
  return expiresAt - left;
}
