import { apiServerProblem, findServingNode } from './validity.ts';
import type { MutableCluster, CertificateSlot, MutableState } from './mutable-state.ts';

/*
 * A healthy cluster renews its certificates at regular intervals. Unless every renewal must be reported, renewals are
 * counted without processing each one.
 */

/**
 * Returns the time until which every renewal succeeds: an API server responds, a running controller that was not
 * refused renews its certificates, and all CAs are valid. Returns 0 if a condition is not met.
 */
export function steadyUntil(world: MutableState, cluster: MutableCluster): number {
  if (cluster.revocationIndex !== undefined) return 0;
  if (apiServerProblem(world, cluster) !== undefined) return 0;
  const serving = findServingNode(world, cluster)?.serving ?? [];
  const isSteady = serving.every(
    ({ runsSince, refusal, renewedBy }) =>
      runsSince <= world.now && refusal === undefined && renewedBy === 'renewal-controller',
  );
  if (!isSteady) return 0;
  let until = Infinity;
  const local = world.now + cluster.clock.offset;
  for (const { notBefore, end } of cluster.authorities.values()) {
    if (notBefore > local) return 0;
    until = Math.min(until, end - cluster.clock.offset);
  }
  return until;
}

export function repeatRenewals(world: MutableState, slot: CertificateSlot): void {
  const { cluster, own, judge, issuedAt } = slot;
  if (cluster === undefined || own !== judge || world.now !== issuedAt) return;
  const period = Math.max(slot.end - slot.left - own.offset - issuedAt, slot.retry);
  const lastMoment = Math.min(world.until, cluster.steadyUntil - 1);
  const more = Math.floor((lastMoment - issuedAt) / period);
  if (more <= 0) return;
  const later = more * period;
  slot.issuedAt += later;
  slot.notBefore += later;
  slot.end += later;
  slot.issueNumber += more;
  slot.renewCount += more;
  slot.record = undefined;
  world.counts['certificate-renewed'] += more;
}
