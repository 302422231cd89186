import { commandText } from '../../core/plan/model/plan.ts';
import { planSentence, type PlanWording } from '../../core/plan/text/plan-text.ts';
import type { UpdatePlanning } from '../../core/update/model/planning.ts';
import type { PreflightCheck } from '../../core/update/model/preflight.ts';
import type { ItemWork } from '../parts/slices.svelte.ts';
import { citeStatement, type CitedSentence } from '../plan/plan-view.ts';
import { getInput, getKey, openQuestions } from './texts.ts';

type CheckWords = ReturnType<typeof checkWords>;

export interface UpdateWords {
  checks: CheckWords[];
  questions: { key: string; said: CitedSentence; command: string }[];
}

export function checkWork(
  { checks, questions }: UpdatePlanning,
  wording: PlanWording,
): ItemWork<PreflightCheck, CheckWords, UpdateWords> {
  return {
    items: checks,
    each: (check) => checkWords(check, wording),
    join: (words) => ({
      checks: words,
      questions: openQuestions(questions, checks).map((question) => ({
        key: getKey(question),
        said: citeStatement(question.statement, wording),
        command: commandText(question.command),
      })),
    }),
  };
}

function checkWords(check: PreflightCheck, wording: PlanWording) {
  const { state, why, but, command, expected, cluster } = check;
  const title = planSentence(check.title, wording);
  return {
    key: getKey(check),
    state,
    cluster,
    title: cluster === undefined ? title : wording.translate('steps.of-cluster', { title, cluster }),
    why: citeStatement(why, wording),
    but: but && citeStatement(but, wording),
    command: commandText(command),
    expected: citeStatement(expected, wording),
    input: getInput(check),
  };
}
