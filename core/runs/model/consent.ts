import type { PlanStep } from '../../plan/model/plan.ts';
import type { RunRecord } from './run.ts';

/**
 * Asked of a person where no page can answer for them: whether a run on a real computer begins or goes on, or one of
 * its steps that may lose a cluster.
 */
export type RunConsent = Pick<RunRecord, 'plan' | 'target' | 'isFormerCopy'> &
  ({ kind: 'start' | 'resume' } | { kind: 'step'; step: PlanStep });
