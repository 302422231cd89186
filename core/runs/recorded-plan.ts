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
export function checkRecordedPlan({ kind, steps }: Plan, { run, release, isOfCatalogue }: RecordedRun): void {
  const step = steps.find((each) => !isOfCatalogue(each, kind));
  if (step === undefined) return;
  const { id, madeBy } = run;
  const file = `runs/${id}.json`;
  throw madeBy === release
    ? new ConsoleError('run.command-changed', { step: step.id, file })
    : new ConsoleError('run.of-another-release', { step: step.id, file, madeBy: madeBy ?? 'unknown', release });
}
