import type { PlanStep } from '../../plan/model/plan.ts';
import type { RunRecord } from './run.ts';

/**
 * A question that a person answers in the system's dialog, not on the page: whether a run on a real computer starts or
 * resumes, or whether a step may lose a cluster.
 */
export type RunConsent = Pick<RunRecord, 'plan' | 'target' | 'isFormerCopy'> &
  ({ kind: 'start' | 'resume' } | { kind: 'step'; step: PlanStep });
