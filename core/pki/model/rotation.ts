/** In order. A rotation can start at the first or the last stage. */
export const ROTATION_STAGE_IDS = ['single', 'both-trusted', 'reissuing', 'withdrawn'] as const;
export type RotationStageId = (typeof ROTATION_STAGE_IDS)[number];

export type RotationStepId = Exclude<RotationStageId, 'single'>;

type Which = 'old' | 'new';

export interface RotationStage {
  id: RotationStageId;
  signs: Which;
  /**
   * CAs whose client certificates the cloud agent accepts, newest first. A client receives its trusted CAs together
   * with a certificate.
   */
  trusts: readonly Which[];
}

/**
 * In every stage, each client can connect, whether or not it already has its new certificate and trusted CAs; only the
 * last stage refuses certificates of the old CA. Source: microsoft/moc, pkg/certs/certificateAuthority.go
 * (`AdditionalRoots`, `CrossRootCert`) and the credential monitor (`Single`, `Overlap`); the stages themselves are
 * inferred.
 */
export const ROTATION_STAGES: Record<RotationStageId, RotationStage> = {
  single: { id: 'single', signs: 'new', trusts: ['new'] },
  'both-trusted': { id: 'both-trusted', signs: 'old', trusts: ['new', 'old'] },
  reissuing: { id: 'reissuing', signs: 'new', trusts: ['new', 'old'] },
  withdrawn: { id: 'withdrawn', signs: 'new', trusts: ['new'] },
};

export interface RotationFacts {
  /** Whether an unexpired CA has a successor. */
  hasOld: boolean;
  isOldWithdrawn: boolean;
  hasReissued: boolean;
}

export function findRotationStage({ hasOld, isOldWithdrawn, hasReissued }: RotationFacts): RotationStageId {
  if (!hasOld) return 'single';
  if (isOldWithdrawn) return 'withdrawn';
  return hasReissued ? 'reissuing' : 'both-trusted';
}

const NEXT: Record<RotationStageId, RotationStepId> = {
  single: 'both-trusted',
  'both-trusted': 'reissuing',
  reissuing: 'withdrawn',
  withdrawn: 'both-trusted',
};

export function nextRotationStage(stage: RotationStageId): RotationStepId {
  return NEXT[stage];
}

export function isRotating(stage: RotationStageId): boolean {
  return nextRotationStage(stage) !== 'both-trusted';
}

export interface RotatingCas<T> {
  stage: RotationStage;
  newest: T;
  /** Absent after expiry, and in the stage `single`. */
  oldest?: T | undefined;
}

export function currentSigner<T>({ stage, newest, oldest }: RotatingCas<T>): T {
  return stage.signs === 'old' && oldest !== undefined ? oldest : newest;
}

/** Lists the trusted CAs, newest first. */
export function trustAnchors<T>({ stage, newest, oldest }: RotatingCas<T>): T[] {
  return stage.trusts.flatMap((which) => (which === 'new' ? newest : (oldest ?? [])));
}
