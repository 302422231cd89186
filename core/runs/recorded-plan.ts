import type { Plan, PlanStep } from '../plan/model/plan.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { RunRecord } from './model/run.ts';

/** Whether the catalogue of this program makes a step of such a plan: `isOfCatalogue`. */
export type StepJudge = (step: PlanStep, kind: Plan['kind']) => boolean;

/** Which run it is, and which program goes on with it. */
export interface RecordedRun {
  run: Pick<RunRecord, 'id' | 'madeBy'>;
  release: string;
  isOfCatalogue: StepJudge;
}

/**
 * Refuses a record with a step that the catalogue of this program does not make: somebody has changed it, or another
 * release has written it. `run.command-changed`, `run.of-another-release`.
 */
export function checkRecordedPlan(plan: Plan, recorded: RecordedRun): void {
  for (const step of plan.steps) checkRecordedStep(step, plan, recorded);
}

/** The same for one step, which is about to be run. */
export function checkRecordedStep(step: PlanStep, { kind }: Plan, { run, release, isOfCatalogue }: RecordedRun): void {
  if (isOfCatalogue(step, kind)) return;
  const { id, madeBy } = run;
  const file = `runs/${id}.json`;
  throw madeBy === release
    ? new ConsoleError('run.command-changed', { step: step.id, file })
    : new ConsoleError('run.of-another-release', { step: step.id, file, madeBy: madeBy ?? 'unknown', release });
}
