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

interface Asking {
  layers: readonly TriageId[];
  /** Plans the same repair with other answers. */
  planWith: (found: Found) => readonly PlanStep[];
}

/** Returns whether more than three checks precede the first command that changes something in every case. */
export function startsWithChecks(steps: readonly PlanStep[]): boolean {
  const first = steps.findIndex(({ only, risk }) => only === undefined && risk !== 'none');
  return (first < 0 ? steps.length : first) > 3;
}

export function countConditions(steps: readonly PlanStep[]): number {
  return steps.filter(({ only }) => only !== undefined).length;
}

/** Finds the question whose answers decide the most conditional steps; among equals, that of the outermost layer. */
export function findQuestion(
  steps: readonly PlanStep[],
  found: Found,
  { layers, planWith }: Asking,
): RepairQuestion | undefined {
  if (!startsWithChecks(steps)) return undefined;
  const count = countConditions(steps);
  const questions = TRIAGE.flatMap(({ id: layer, statement, checks: [check] }): RepairQuestion[] => {
    if (!layers.includes(layer) || found?.[layer] !== undefined) return [];
    const [works = 0, fails = 0] = (['works', 'fails'] as const).map((answer) =>
      Math.max(0, count - countConditions(planWith({ ...found, [layer]: answer }))),
    );
    return [{ layer, statement, command: CHECKS[check].command, removes: { works, fails } }];
  });
  const sum = ({ removes: { works, fails } }: RepairQuestion): number => works + fails;
  return questions.filter((each) => sum(each) > 0).sort((one, other) => sum(other) - sum(one))[0];
}
