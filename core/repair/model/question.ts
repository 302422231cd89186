import { CHECKS } from '../../knowledge/model/checks.ts';
import type { Statement } from '../../shared/citation.ts';
import { TRIAGE, type TriageId } from '../../knowledge/model/triage.ts';
import type { PlanStep } from '../../plan/model/plan.ts';
import type { Answers } from './evidence.ts';

export interface RepairQuestion {
  layer: TriageId;
  /** The read-only command that answers the question. */
  command: string;
  /** Number of conditional steps that each answer decides. */
  removes: Record<'works' | 'fails', number>;
}

type Checked = readonly Pick<PlanStep, 'only' | 'risk'>[];

/** Returns whether more than three checks precede the first command that changes something in every case. */
export function startsWithChecks(steps: Checked): boolean {
  const first = steps.findIndex(({ only, risk }) => only === undefined && risk !== 'none');
  return (first < 0 ? steps.length : first) > 3;
}

/** Counts the steps that somebody must check for. */
export function countChecks(steps: Checked): number {
  return steps.filter(({ only }) => only !== undefined).length;
}

/**
 * Finds the question whose answers remove the most checks; among equals, that of the outermost layer. `planWith` plans
 * the same repair with other answers.
 */
export function findQuestion(
  steps: readonly PlanStep[],
  { layers, found = {} }: { layers: readonly TriageId[]; found?: Answers['found'] },
  planWith: (found: Answers['found']) => readonly PlanStep[],
): RepairQuestion | undefined {
  if (!startsWithChecks(steps)) return undefined;
  const count = countChecks(steps);
  const open = TRIAGE.filter(({ id }) => layers.includes(id) && found[id] === undefined);
  const questions = open.map(({ id: layer, checks: [check] }): RepairQuestion => {
    const countRemoved = (answer: 'works' | 'fails'): number =>
      Math.max(0, count - countChecks(planWith({ ...found, [layer]: answer })));
    return {
      layer,
      command: CHECKS[check].command,
      removes: { works: countRemoved('works'), fails: countRemoved('fails') },
    };
  });
  const sum = ({ removes: { works, fails } }: RepairQuestion): number => works + fails;
  const [best] = questions.sort((one, other) => sum(other) - sum(one));
  return best !== undefined && sum(best) > 0 ? best : undefined;
}

export function layerStatement(layer: TriageId): Statement {
  return TRIAGE.find(({ id }) => id === layer)!.statement;
}
