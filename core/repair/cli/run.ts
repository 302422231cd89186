import type { Plan } from '../../plan/model/plan.ts';
import { findingLines } from '../../cli/findings.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { planRun } from '../../runs/cli/run.ts';
import { repairOf } from './plan.ts';
import type { ExitCode } from '../../cli/usage.ts';

/** `arcwarden repair run [FILE...|-] --target TARGET`: runs the plan of `repair plan`. */
export function repairRunVerb(invocation: Invocation): Promise<ExitCode> {
  return planRun(invocation, repairPlanOf);
}

async function repairPlanOf(invocation: Invocation): Promise<Plan> {
  const { plan, faults } = await repairOf(invocation);
  const { world, translate } = invocation;
  for (const finding of faults) for (const text of findingLines(finding, translate)) world.notice(text);
  return plan;
}
