import { isActive, type AuthorityEntry } from '../model/authority.ts';
import { findRotationStage, isRotating, ROTATION_STAGES, type RotatingCas } from '../model/rotation.ts';
import type { Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';

export interface CaRotation extends RotatingCas<AuthorityEntry> {
  /** Certificates that would become invalid if the old CA were withdrawn now. */
  leavesLeft: readonly AuthorityEntry[];
}

/**
 * Determines the stage from the certificates alone: a superseded CA is the old one; it is withdrawn once revoked, and
 * ignored once expired. `undefined` if no CA of a cloud agent is valid.
 */
export function findRotation(entries: readonly AuthorityEntry[], now: Instant): CaRotation | undefined {
  const valid = entries.filter(({ facts }) => now <= facts.notAfter);
  const roots = valid.filter(({ profile }) => profile === 'cloud-agent-ca');
  const newest = roots.findLast(({ revoked }) => revoked === undefined);
  if (newest === undefined) return undefined;
  const oldest = roots.findLast(({ supersededBy }) => supersededBy === newest.id);
  if (oldest === undefined) return { stage: ROTATION_STAGES.single, newest, leavesLeft: [] };
  const leaves = valid.filter(({ facts }) => !facts.isCa);
  const isOldWithdrawn = oldest.revoked !== undefined;
  const hasReissued = leaves.some(({ issuer }) => issuer === newest.id);
  const stage = findRotationStage({ hasOld: true, isOldWithdrawn, hasReissued });
  return {
    stage: ROTATION_STAGES[stage],
    newest,
    oldest,
    leavesLeft: isOldWithdrawn ? [] : leaves.filter((leaf) => leaf.issuer === oldest.id && isActive(leaf)),
  };
}

/** Throws `rotation.refused` if no rotation can start. */
export function demandStart(rotation: CaRotation | undefined): CaRotation {
  if (rotation === undefined) throw rotationRefusal('expired');
  if (isRotating(rotation.stage.id)) throw rotationRefusal('alreadyRotating');
  return rotation;
}

/** Throws `rotation.refused` unless a rotation is in progress. */
export function demandReissue(rotation: CaRotation | undefined): CaRotation {
  if (rotation === undefined) throw rotationRefusal('expired');
  if (!isRotating(rotation.stage.id)) throw rotationRefusal('notRotating');
  return rotation;
}

/** Throws `rotation.refused` unless all certificates are reissued. */
export function demandWithdrawal(rotation: CaRotation | undefined): AuthorityEntry {
  const { stage, oldest, leavesLeft } = demandReissue(rotation);
  if (oldest === undefined) throw rotationRefusal('notRotating');
  if (stage.id === 'both-trusted') throw rotationRefusal('nothingReissued');
  const until = leavesLeft
    .map(({ facts }) => facts.notAfter)
    .toSorted()
    .at(-1);
  if (until !== undefined) throw rotationRefusal('leavesLeft', leavesLeft.length, until);
  return oldest;
}

function rotationRefusal(
  reason: 'expired' | 'alreadyRotating' | 'notRotating' | 'nothingReissued' | 'leavesLeft',
  count = 0,
  until = '',
): ConsoleError {
  return new ConsoleError('rotation.refused', { reason, count, until });
}
