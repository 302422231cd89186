/*
 * How the CA of a cloud agent is rotated: the rules for authorities that are kept and for the simulation.
 */

/** Stages in their order; after the last one the next rotation begins as after the first. */
export const ROTATION_STAGE_IDS = ['single', 'both-trusted', 'reissuing', 'withdrawn'] as const;
export type RotationStageId = (typeof ROTATION_STAGE_IDS)[number];

/** What a step of a rotation leads to. */
export type RotationStepId = Exclude<RotationStageId, 'single'>;

type Which = 'old' | 'new';

/** What holds in one stage of the rotation. */
export interface RotationStage {
  id: RotationStageId;
  /** The CA that signs, for the cloud agent itself and for its clients. */
  signs: Which;
  /**
   * CAs whose client certificates the cloud agent accepts, and which a client learns to trust when it gets a certificate;
   * newest first, as in its files.
   */
  trusts: readonly Which[];
  /**
   * Whether servers send, behind a certificate of the new CA, the one that the old CA gave to the new one, if there is one:
   * then a client that trusts only the old CA still accepts them.
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
  single: { id: 'single', signs: 'new', trusts: ['new'], sendsCross: false },
  'both-trusted': { id: 'both-trusted', signs: 'old', trusts: ['new', 'old'], sendsCross: false },
  reissuing: { id: 'reissuing', signs: 'new', trusts: ['new', 'old'], sendsCross: true },
  withdrawn: { id: 'withdrawn', signs: 'new', trusts: ['new'], sendsCross: true },
};

/** What the certificates of a cloud agent say about a rotation. */
export interface RotationFacts {
  /** There is a CA that a newer one takes the place of, and that has not expired. */
  hasOld: boolean;
  isOldWithdrawn: boolean;
  /** The new CA has signed a certificate of the cloud agent or of a client. */
  hasReissued: boolean;
}

/** The stage in which certificates are. */
export function findRotationStage({ hasOld, isOldWithdrawn, hasReissued }: RotationFacts): RotationStageId {
  if (!hasOld) return 'single';
  if (isOldWithdrawn) return 'withdrawn';
  return hasReissued ? 'reissuing' : 'both-trusted';
}

/** The stage that follows on another one. */
export function nextRotationStage(stage: RotationStageId): RotationStepId {
  switch (stage) {
    case 'single':
    case 'withdrawn':
      return 'both-trusted';
    case 'both-trusted':
      return 'reissuing';
    case 'reissuing':
      return 'withdrawn';
  }
}

/** Whether a rotation has begun and is not over. */
export function isRotating(stage: RotationStageId): boolean {
  return nextRotationStage(stage) !== 'both-trusted';
}

/** The CAs of a cloud agent, as certificates with or without keys. */
export interface RotatingCas<T> {
  stage: RotationStage;
  /** The newest CA; in the stage `single` the only one. */
  newest: T;
  /** The one that it takes the place of, while that has not expired; absent in the stage `single`. */
  oldest?: T | undefined;
}

/** The CA that signs now. */
export function signingCa<T>({ stage, newest, oldest }: RotatingCas<T>): T {
  return stage.signs === 'old' && oldest !== undefined ? oldest : newest;
}

/** CAs by which the cloud agent judges its clients, and for the files of clients; newest first. */
export function trustedCas<T>({ stage, newest, oldest }: RotatingCas<T>): T[] {
  return stage.trusts.flatMap((which) => (which === 'new' ? newest : (oldest ?? [])));
}
