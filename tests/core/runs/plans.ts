import { citeText, UPDATE_COMMANDS } from '../../../core/knowledge/model/sources/sources.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import { instant } from '../../../core/shared/instant.ts';
import { openValues, type Plan, type PlanCommand, type PlanStep } from '../../../core/plan/model/plan.ts';
import { parseOpenValue, valueFault } from '../../../core/plan/model/value.ts';
import { isOfCatalogue } from '../../../core/runs/model/catalogue-steps.ts';
import {
  decodePlanRequest,
  encodePlanRequest,
  findDifference,
  type RunPlanRequest,
} from '../../../core/runs/model/plan-request.ts';
import { newRun, type CommandResult, type RunId, type RunRecord } from '../../../core/runs/model/run.ts';
import type { RunningCommand, StepRunner, TargetCommand } from '../../../core/runs/target.ts';

const WHY = citeText('remedy.cloud-repair', UPDATE_COMMANDS);

export function cmdlet(name: string, value?: string): PlanCommand {
  return {
    kind: 'cmdlet',
    name,
    parameters: value === undefined ? [] : [{ name: 'name', value: { name: 'cluster', value } }],
  };
}

export function step(id: string, more: Partial<PlanStep> = {}): PlanStep {
  return {
    id,
    title: WHY,
    why: WHY,
    target: { kind: 'host' },
    risk: 'low',
    needsApiServer: false,
    cluster: 'retail-east',
    because: { failures: [], credentials: [] },
    command: cmdlet('Update-AksHciClusterCertificates', id),
    ...more,
  };
}

export function makeCheckedStep(id: string, more: Partial<PlanStep> = {}): PlanStep {
  const check = { command: cmdlet('Get-AksHciCluster', id), expected: WHY, prints: [`is ${id}`] };
  return step(id, { check, ...more });
}

export function makePlan(...steps: PlanStep[]): Plan {
  return {
    kind: 'repair',
    madeAt: instant('2026-11-25T12:00:00Z'),
    warnings: [],
    after: [],
    clusters: [{ id: 'c1' as ClusterId, name: 'retail-east', isHost: false }],
    steps,
  };
}

export function makeRun(plan: Plan): RunRecord {
  const startedAt = instant('2026-11-25T12:00:00Z');
  return newRun({ id: '00000000000000aa' as RunId, plan, target: 'local', by: 'admin', startedAt });
}

export function findForeignStep({ kind, steps }: Plan): PlanStep | undefined {
  return steps.find((each) => !isOfCatalogue(each, kind));
}

/** Returns how a plan differs from the plan of its request, after both were stored and read. */
export function findRecordedDifference(plan: Plan, request: RunPlanRequest): ReturnType<typeof findDifference> {
  return findDifference(JSON.parse(JSON.stringify(plan)) as Plan, decodePlanRequest(encodePlanRequest(request)));
}

export function exampleValues(plan: Plan): Map<string, string> {
  return new Map(
    openValues(plan).map((name) => [
      name,
      ['retail-east', '10.0.0.7', '1.2.3'].find((value) => valueFault(parseOpenValue(name), value) === undefined) ?? '',
    ]),
  );
}

const NOTHING_PRINTED = { head: '', tail: '', leftOutBytes: 0, secrets: 0 };

export function result(more: Partial<CommandResult> = {}): CommandResult {
  return { ended: 'itself', exitCode: 0, tookMs: 5, output: NOTHING_PRINTED, knownErrors: [], ...more };
}

/** A host that keeps a list of the steps that are done. The value in a command is the id of its step. */
export class MemoryTarget implements StepRunner {
  readonly done = new Set<string>();
  /** All commands in order; a check is the id of its step with a question mark. */
  readonly ran: string[] = [];
  /** Results other than success, by step; each is returned once. */
  readonly fate = new Map<string, CommandResult>();
  intercept: (name: string, running: RunningCommand) => void = () => undefined;

  canRun({ command }: PlanStep): boolean {
    return command !== undefined;
  }

  run({ command }: TargetCommand, running: RunningCommand): Promise<CommandResult> {
    if (command.kind !== 'cmdlet') throw new Error('a cmdlet is expected');
    const word = command.parameters[0]?.value;
    const id = word !== undefined && 'name' in word ? (word.value ?? '') : '';
    const isCheck = command.name.startsWith('Get-');
    const name = isCheck ? `${id}?` : id;
    this.ran.push(name);
    this.intercept(name, running);
    const fate = this.fate.get(name);
    this.fate.delete(name);
    if (fate !== undefined) return Promise.resolve(fate);
    if (!isCheck) this.done.add(id);
    const head = isCheck && this.done.has(id) ? `it is\n   ${id}\n` : 'nothing\n';
    return Promise.resolve(result({ output: { ...NOTHING_PRINTED, head } }));
  }
}
