import { noticeFindings } from '../../shared/verb/findings.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import type { ExitCode } from '../../shared/verb/usage.ts';
import { planRepairFromFiles } from '../../repair/cli/plan.ts';
import { planFromFiles } from '../../update/cli/plan.ts';
import { planRun } from './run.ts';

/** `arcwarden repair run [FILE...|-] --target TARGET`: runs the plan of `repair plan`. */
export function repairRunVerb(invocation: Invocation): Promise<ExitCode> {
  return planRun(invocation, async () => {
    const { plan, request, faults } = await planRepairFromFiles(invocation);
    noticeFindings(invocation, faults);
    return { plan, request: { kind: 'repair', request } };
  });
}

/** `arcwarden update run [FILE...|-] --target TARGET`: runs the plan of `update plan`. */
export function updateRunVerb(invocation: Invocation): Promise<ExitCode> {
  return planRun(invocation, async () => {
    const { read, planning, request, faults } = await planFromFiles(invocation);
    noticeFindings(invocation, [...read.findings, ...faults]);
    return { plan: planning.plan, request: { kind: 'update', request } };
  });
}
