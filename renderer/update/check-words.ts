import type { Stepwise } from '../../core/shared/stepwise/steps.ts';
import { commandText } from '../../core/plan/model/plan.ts';
import { planSentence, type PlanWording } from '../../core/plan/text/plan-text.ts';
import type { UpdatePlanning } from '../../core/update/model/planning.ts';
import type { PreflightCheck } from '../../core/update/model/preflight.ts';
import { said } from '../plan/plan-view.ts';
import { getInput, getKey, openQuestions } from './texts.ts';
import type { PastedQuestion, PreflightCheckView } from './views.ts';

/** A check in words, without what the admin says about it. */
export interface CheckWords extends Omit<PreflightCheckView, 'isLookedAt' | 'pasted' | 'placeId'> {
  cluster?: string;
}

export type QuestionWords = Omit<PastedQuestion, 'pasted'>;

export function* checkWordSteps(
  planning: UpdatePlanning,
  wording: PlanWording,
): Stepwise<{ checks: CheckWords[]; questions: QuestionWords[] }> {
  const checks: CheckWords[] = [];
  for (const check of planning.checks) {
    checks.push(checkWords(check, wording));
    yield;
  }
  const questions: QuestionWords[] = [];
  for (const question of openQuestions(planning.questions, planning.checks)) {
    const { statement, command } = question;
    questions.push({ key: getKey(question), said: said(statement, wording), command: commandText(command) });
    yield;
  }
  return { checks, questions };
}

function checkWords(check: PreflightCheck, wording: PlanWording): CheckWords {
  const { state, why, but, command, expected, cluster } = check;
  const title = planSentence(check.title, wording);
  return {
    key: getKey(check),
    state,
    cluster,
    title: cluster === undefined ? title : wording.translate('steps.of-cluster', { title, cluster }),
    why: said(why, wording),
    ...(but !== undefined && { but: said(but, wording) }),
    command: commandText(command),
    expected: said(expected, wording),
    input: getInput(check),
  };
}
