import type { RequestedPlan } from '../../runs/model/view.ts';
import { noticeFindings } from '../../shared/verb/findings.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { planRun } from '../../runs/cli/run.ts';
import { planFromFiles } from './plan.ts';
import type { ExitCode } from '../../shared/verb/usage.ts';

/** `arcwarden update run [FILE...|-] --target TARGET`: runs the plan of `update plan`. */
export function updateRunVerb(invocation: Invocation): Promise<ExitCode> {
  return planRun(invocation, makeUpdatePlan);
}

async function makeUpdatePlan(invocation: Invocation): Promise<RequestedPlan> {
  const { read, planning, request, faults } = await planFromFiles(invocation);
  noticeFindings(invocation, [...read.findings, ...faults]);
  return { plan: planning.plan, request: { kind: 'update', request } };
}
