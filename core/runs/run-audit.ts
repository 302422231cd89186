import type { AuditAction } from '../shared/contract/audit-action.ts';
import { countDone, type RunRecord, type StepRecord } from './model/run.ts';

export interface RunAuditRecord {
  by: string;
  action: AuditAction;
  subject: string;
  params: Readonly<Record<string, string | number | boolean>>;
}

export function runAudit(
  action: Extract<AuditAction, 'run.started' | 'run.resumed' | 'run.ended' | 'run.exported'>,
  { id, target, state, plan, steps }: RunRecord,
  by: string,
): RunAuditRecord {
  const clusters = plan.clusters.map(({ name }) => name).join(', ');
  return {
    by,
    action,
    subject: id,
    params: { kind: plan.kind, target, clusters, state, done: countDone(steps), steps: steps.length },
  };
}

const STEP_ACTIONS: Partial<Record<StepRecord['state'], AuditAction>> = {
  done: 'run.step-done',
  failed: 'run.step-failed',
  'wrote-errors': 'run.step-wrote-errors',
  skipped: 'run.step-skipped',
  unknown: 'run.step-unknown',
  cancelled: 'run.step-unknown',
};

export function stepAudit({ id, target }: RunRecord, step: StepRecord, by: string): RunAuditRecord | undefined {
  const action = STEP_ACTIONS[step.state];
  if (action === undefined) return undefined;
  const { result, check, reason, byHand, tries } = step;
  const exitCode = result?.exitCode ?? undefined;
  return {
    by,
    action,
    subject: id,
    params: {
      step: step.id,
      target,
      tries,
      ...(exitCode !== undefined && { exitCode }),
      ...(check !== undefined && { check: check.verdict }),
      ...(reason !== undefined && { reason }),
      ...(byHand === true && { byHand }),
    },
  };
}
