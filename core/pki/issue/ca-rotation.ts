import type { AuthorityEntry } from '../model/authority.ts';
import type { Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';

/** Stages in their order; after the last one the next rotation starts at the first. */
export const ROTATION_STAGE_IDS = ['single', 'both-trusted', 'reissuing', 'withdrawn'] as const;
export type RotationStageId = (typeof ROTATION_STAGE_IDS)[number];

type Which = 'old' | 'new';

/** What holds in one stage of the rotation of the cloud agent's CA. */
export interface RotationStage {
  id: RotationStageId;
  /** The CA that signs. */
  signs: Which;
  /** CAs whose client certificates the cloud agent accepts. */
  accepts: readonly Which[];
  /** CAs that a client learns to trust when it gets a certificate, in the order of its files. */
  handsOut: readonly Which[];
  /**
   * Whether servers send, behind a certificate of the new CA, the one that the old CA gave to the new one: then a client
   * that trusts only the old CA still accepts them.
   */
  sendsCross: boolean;
}

/**
 * The rotation as data. In every stage each client can connect, whether it has already got its new certificate and the new
 * trust or not; only in the last one those who still show a certificate of the old CA are refused.
 * Source: microsoft/moc, pkg/certs/certificateAuthority.go (`AdditionalRoots`, `CrossRootCert`) and the credential monitor
 * (`Single`, `Overlap`); the stages themselves are inferred.
 */
export const ROTATION_STAGES: Record<RotationStageId, RotationStage> = {
  single: { id: 'single', signs: 'new', accepts: ['new'], handsOut: ['new'], sendsCross: false },
  'both-trusted': {
    id: 'both-trusted',
    signs: 'old',
    accepts: ['new', 'old'],
    handsOut: ['new', 'old'],
    sendsCross: false,
  },
  reissuing: { id: 'reissuing', signs: 'new', accepts: ['new', 'old'], handsOut: ['new', 'old'], sendsCross: true },
  withdrawn: { id: 'withdrawn', signs: 'new', accepts: ['new'], handsOut: ['new'], sendsCross: true },
};

/** Where the rotation stands. */
export interface CaRotation {
  stage: RotationStage;
  /** The newest CA; in the stage `single` the only one. */
  newest: AuthorityEntry;
  /** The one that it takes the place of, while that has not expired; absent in the stage `single`. */
  oldest?: AuthorityEntry;
  /** The new CA's key, certified by the old CA. */
  cross?: AuthorityEntry;
  /** Certificates that would be refused if the old CA were withdrawn now; empty when nothing forbids it. */
  leavesLeft: readonly AuthorityEntry[];
}

/**
 * Where the rotation stands, told by the certificates alone: a CA that a newer one supersedes is the old one; it is
 * withdrawn once it is revoked, and forgotten once it has expired. `undefined` without a valid CA of a cloud agent.
 */
export function rotationOf(entries: readonly AuthorityEntry[], now: Instant): CaRotation | undefined {
  const valid = entries.filter(({ facts }) => now <= facts.notAfter);
  const roots = valid.filter(({ profile }) => profile === 'cloud-agent-ca');
  const newest = roots.findLast(({ revoked }) => revoked === undefined);
  if (newest === undefined) return undefined;
  const oldest = roots.findLast(({ supersededBy }) => supersededBy === newest.id);
  if (oldest === undefined) return { stage: ROTATION_STAGES.single, newest, leavesLeft: [] };
  const leaves = valid.filter(({ facts }) => !facts.isCa);
  const cross = valid.find(({ facts, issuer }) => facts.isCa && issuer === oldest.id);
  return {
    stage: ROTATION_STAGES[stageId({ newest, oldest, leaves })],
    newest,
    oldest,
    cross,
    leavesLeft: oldest.revoked === undefined ? leaves.filter((leaf) => isLeft(leaf, oldest)) : [],
  };
}

function stageId({
  newest,
  oldest,
  leaves,
}: {
  newest: AuthorityEntry;
  oldest: AuthorityEntry;
  leaves: readonly AuthorityEntry[];
}): RotationStageId {
  if (oldest.revoked !== undefined) return 'withdrawn';
  return leaves.some(({ issuer }) => issuer === newest.id) ? 'reissuing' : 'both-trusted';
}

function isLeft({ issuer, revoked, supersededBy }: AuthorityEntry, oldest: AuthorityEntry): boolean {
  return issuer === oldest.id && revoked === undefined && supersededBy === undefined;
}

/** The CA that signs now. */
export function signingEntry({ stage, newest, oldest }: CaRotation): AuthorityEntry {
  return stage.signs === 'old' && oldest !== undefined ? oldest : newest;
}

/** CAs by which the cloud agent judges its clients, newest first. */
export function acceptedEntries(rotation: CaRotation): AuthorityEntry[] {
  return named(rotation, rotation.stage.accepts);
}

/** CAs for the files of clients, newest first. */
export function handedOutEntries(rotation: CaRotation): AuthorityEntry[] {
  return named(rotation, rotation.stage.handsOut);
}

function named({ newest, oldest }: CaRotation, which: readonly Which[]): AuthorityEntry[] {
  return which.flatMap((each) => (each === 'new' ? newest : (oldest ?? [])));
}

/** What a server sends in the handshake: its certificate and, where the stage says so, what leads to the old CA. */
export function serverChain({ stage, newest, cross }: CaRotation, leaf: AuthorityEntry): Uint8Array[] {
  const isNeeded = stage.sendsCross && leaf.issuer === newest.id;
  return [leaf.der, ...(isNeeded && cross !== undefined ? [cross.der] : [])];
}

/** Throws `rotation.refused` when no rotation can start. */
export function demandStart(rotation: CaRotation | undefined): CaRotation {
  if (rotation === undefined) throw refused('expired');
  if (rotation.stage.id === 'both-trusted' || rotation.stage.id === 'reissuing') throw refused('alreadyRotating');
  return rotation;
}

/** Throws `rotation.refused` when there is no CA under which certificates could be reissued. */
export function demandReissue(rotation: CaRotation | undefined): CaRotation {
  if (rotation === undefined) throw refused('expired');
  if (rotation.oldest === undefined || rotation.oldest.revoked !== undefined) throw refused('notRotating');
  return rotation;
}

/**
 * Throws `rotation.refused` when the old CA cannot be withdrawn: nothing was reissued yet, or certificates are left that
 * would be refused from then on, with their number and the last one's end.
 */
export function demandWithdrawal(rotation: CaRotation | undefined): AuthorityEntry {
  const { stage, oldest, leavesLeft } = demandReissue(rotation);
  if (oldest === undefined) throw refused('notRotating');
  if (stage.id === 'both-trusted') throw refused('nothingReissued');
  const until = leavesLeft
    .map(({ facts }) => facts.notAfter)
    .toSorted()
    .at(-1);
  if (until !== undefined) throw refused('leavesLeft', leavesLeft.length, until);
  return oldest;
}

function refused(
  reason: 'expired' | 'alreadyRotating' | 'notRotating' | 'nothingReissued' | 'leavesLeft',
  count = 0,
  until = '',
): ConsoleError {
  return new ConsoleError('rotation.refused', { reason, count, until });
}
