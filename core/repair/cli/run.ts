import type { Plan } from '../../plan/model/plan.ts';
import { findingLines } from '../../cli/findings.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { planRun } from '../../runs/cli/run.ts';
import { readRepair } from './plan.ts';
import type { ExitCode } from '../../cli/usage.ts';

/** `arcwarden repair run [FILE...|-] --target TARGET`: runs the plan of `repair plan`. */
export function repairRunVerb(invocation: Invocation): Promise<ExitCode> {
  return planRun(invocation, readRepairPlan);
}

async function readRepairPlan(invocation: Invocation): Promise<Plan> {
  const { plan, faults } = await readRepair(invocation);
  const { world, translate } = invocation;
  for (const finding of faults) for (const text of findingLines(finding, translate)) world.notice(text);
  return plan;
}
