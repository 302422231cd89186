import { CHECKS } from '../../knowledge/model/checks.ts';
import { TRIAGE, type TriageId } from '../../knowledge/model/triage.ts';
import type { Statement } from '../../shared/citation.ts';
import type { PlanStep } from '../../plan/model/plan.ts';
import type { Answers } from './evidence.ts';

export interface RepairQuestion {
  layer: TriageId;
  statement: Statement;
  /** The read-only command that answers the question. */
  command: string;
  /** Number of conditional steps that each answer decides. */
  removes: { works: number; fails: number };
}

type Found = Answers['found'];

/** Returns whether more than three checks precede the first command that changes something in every case. */
export function startsWithChecks(steps: readonly PlanStep[]): boolean {
  const first = steps.findIndex(({ only, risk }) => only === undefined && risk !== 'none');
  return (first < 0 ? steps.length : first) > 3;
}

export function countConditions(steps: readonly PlanStep[]): number {
  return steps.filter(({ only }) => only !== undefined).length;
}

/**
 * Finds the question whose answers decide the most conditional steps; among equals, that of the outermost layer.
 * `planWith` plans the same repair with other answers.
 */
export function findQuestion(
  { steps, found, layers }: { steps: readonly PlanStep[]; found: Found; layers: readonly TriageId[] },
  planWith: (found: Found) => readonly PlanStep[],
): RepairQuestion | undefined {
  if (!startsWithChecks(steps)) return undefined;
  const count = countConditions(steps);
  let best: RepairQuestion | undefined;
  let most = 0;
  for (const {
    id: layer,
    statement,
    checks: [check],
  } of TRIAGE) {
    if (!layers.includes(layer) || found?.[layer] !== undefined) continue;
    const [works = 0, fails = 0] = (['works', 'fails'] as const).map((answer) =>
      Math.max(0, count - countConditions(planWith({ ...found, [layer]: answer }))),
    );
    if (works + fails <= most) continue;
    most = works + fails;
    best = { layer, statement, command: CHECKS[check].command, removes: { works, fails } };
  }
  return best;
}
