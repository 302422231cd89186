import type { BoardRow } from '../../inventory/model/board-row.ts';
import { listWords, type Plan, type PlanStep } from '../../plan/model/plan.ts';
import { parseOpenValue, valueFault } from '../../plan/model/value.ts';
import { repairPlan, type RepairRequest } from '../../repair/model/plan.ts';
import { updatePlan, type UpdateRequest } from '../../update/model/plan.ts';
import { fillPlan } from './run.ts';

/*
 * The complete input of a plan is stored beside the record of its run. Planners are pure, so the same request always
 * gives the same plan, although the run changes the inventory.
 */

export type RunPlanRequest = { kind: 'repair'; request: RepairRequest } | { kind: 'update'; request: UpdateRequest };

/** Encodes a request as JSON. A row in several lists is encoded once, because the planners compare rows by identity. */
export function encodePlanRequest(request: RunPlanRequest): string {
  const rows = new Map<BoardRow, number>();
  const text = JSON.stringify(request, (_key, value: unknown) => {
    if (!isRow(value)) return value;
    if (!rows.has(value)) rows.set(value, rows.size);
    return { row: rows.get(value) };
  });
  // Planners never search, so search texts are omitted.
  const short = [...rows.keys()].map(({ search: _search, numbers: _numbers, ...row }) => row);
  return `{"rows":${JSON.stringify(short)},"request":${text}}\n`;
}

/** Decodes the output of `encodePlanRequest`. Throws if the text is not JSON. */
export function decodePlanRequest(text: string): RunPlanRequest {
  const { rows } = JSON.parse(text) as { rows: BoardRow[] };
  const { request } = JSON.parse(text, (_key, value: unknown) => {
    const isReference = typeof value === 'object' && value !== null && 'row' in value && typeof value.row === 'number';
    return isReference ? rows[value.row as number] : value;
  }) as { request: RunPlanRequest };
  return request;
}

function isRow(value: unknown): value is BoardRow {
  return typeof value === 'object' && value !== null && 'lifetimeClass' in value && 'role' in value;
}

/** Finds the first step that differs from the plan made from the request; `step` is empty if something else differs. */
export function findDifference(plan: Plan, { kind, request }: RunPlanRequest): { step: string } | undefined {
  const made = kind === 'repair' ? repairPlan(request) : updatePlan(request).plan;
  const wanted = fillPlan(made, listTyped(made.steps, plan.steps));
  for (const [at, step] of plan.steps.entries())
    if (canonical(step) !== canonical(wanted.steps[at])) return { step: step.id };
  const next = wanted.steps[plan.steps.length];
  if (next !== undefined) return { step: next.id };
  return canonical(plan) === canonical(wanted) ? undefined : { step: '' };
}

/** Lists values that the user typed: recorded steps contain them, whereas newly made steps leave them open. */
function listTyped(made: readonly PlanStep[], recorded: readonly PlanStep[]): ReadonlyMap<string, string> {
  const typed = new Map<string, string>();
  for (const [at, step] of made.entries()) {
    const given = listStepWords(recorded[at]);
    for (const [index, word] of listStepWords(step).entries()) {
      const other = given[index];
      if ('literal' in word || word.value !== undefined || other === undefined || 'literal' in other) continue;
      if (other.value === undefined || valueFault(parseOpenValue(word.name), other.value) !== undefined) continue;
      typed.set(word.name, other.value);
    }
  }
  return typed;
}

function listStepWords(step: PlanStep | undefined): ReturnType<typeof listWords> {
  if (step === undefined) return [];
  const { command, check, undo, instead } = step;
  const own = [command, check?.command, undo?.command].flatMap((each) => (each === undefined ? [] : listWords(each)));
  return [...own, ...(instead?.steps ?? []).flatMap(listStepWords)];
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, each: unknown) =>
      typeof each === 'object' && each !== null && !Array.isArray(each)
        ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
        : each,
    ) ?? ''
  );
}
