import type { PlanStep } from '../../plan/model/plan.ts';
import type { RunRecord } from './run.ts';

/**
 * A question that a person answers in a system dialog, not on the page: before a run on a real computer starts or
 * resumes, and before a step that may lose a cluster.
 */
export type RunConsent = Pick<RunRecord, 'plan' | 'target' | 'isFormerCopy'> &
  ({ kind: 'start' | 'resume' } | { kind: 'step'; step: PlanStep });
