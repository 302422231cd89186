import type { RequestedPlan } from '../../runs/model/view.ts';
import { noticeFindings } from '../../shared/verb/findings.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { planRun } from '../../runs/cli/run.ts';
import { planRepairFromFiles } from './plan.ts';
import type { ExitCode } from '../../shared/verb/usage.ts';

/** `arcwarden repair run [FILE...|-] --target TARGET`: runs the plan of `repair plan`. */
export function repairRunVerb(invocation: Invocation): Promise<ExitCode> {
  return planRun(invocation, makeRepairPlan);
}

async function makeRepairPlan(invocation: Invocation): Promise<RequestedPlan> {
  const { plan, request, faults } = await planRepairFromFiles(invocation);
  noticeFindings(invocation, faults);
  return { plan, request: { kind: 'repair', request } };
}
