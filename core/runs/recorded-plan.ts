import type { Plan, PlanStep } from '../plan/model/plan.ts';
import { ConsoleError } from '../shared/problem.ts';
import { findDifference, type RunPlanRequest } from './model/plan-request.ts';
import type { RunRecord } from './model/run.ts';

export type StepJudge = (step: PlanStep, kind: Plan['kind']) => boolean;

interface RecordedRun {
  run: Pick<RunRecord, 'id' | 'madeBy' | 'plan'>;
  /** The complete input of the plan; absent in records of early releases. */
  request: RunPlanRequest | undefined;
  release: string;
  isOfCatalogue: StepJudge;
}

/**
 * Rejects a record that was manipulated or written by another release: a step is not in the catalogue, or the request
 * gives another plan. Throws `run.command-changed` or `run.of-another-release`.
 */
export function checkRecordedPlan({ run, request, release, isOfCatalogue }: RecordedRun): void {
  const { id, madeBy, plan } = run;
  const file = `runs/${id}.json`;
  const foreign = plan.steps.find((each) => !isOfCatalogue(each, plan.kind));
  const step = foreign?.id ?? (request === undefined ? undefined : findChange(plan, request)?.step);
  if (step === undefined) return;
  if (madeBy !== release)
    throw new ConsoleError('run.of-another-release', { step, file, madeBy: madeBy ?? 'unknown', release });
  throw new ConsoleError('run.command-changed', { step, file });
}

function findChange(plan: Plan, request: RunPlanRequest): { step: string } | undefined {
  try {
    return findDifference(plan, request);
  } catch {
    // A manipulated request may be invalid in any way, so only the planners can judge it.
    return { step: plan.steps[0]?.id ?? '' };
  }
}
