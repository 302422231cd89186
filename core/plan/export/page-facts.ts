import type { Statement } from '../../shared/citation.ts';
import { formatInstant } from '../../shared/text/time.ts';
import type { Plan, PlanCommand, PlanStep } from '../model/plan.ts';
import { openText, planClusters, planSentence, takesText, targetText, type PlanWording } from '../text/plan-text.ts';

/* The contents of a page about a plan, the same in every format. */

/** Says when a plan was made, from which information, for which clusters, and what only the admin can fill in. */
export function planFacts(plan: Plan, wording: PlanWording): string[] {
  const { translate, language, zone } = wording;
  const { madeAt, knownAt, clusters } = plan;
  return [
    translate('steps.made', { date: formatInstant(madeAt, language, zone) }),
    ...(knownAt === undefined ? [] : [translate('steps.known', { date: formatInstant(knownAt, language, zone) })]),
    ...(clusters.length === 0 ? [] : [`${translate('steps.clusters')}: ${planClusters(plan, wording)}`]),
    openText(plan, wording) ?? [],
  ].flat();
}

/** How a format writes a text and a command in a line. */
export interface LineMarkup {
  text: (text: string) => string;
  code: (command: PlanCommand) => string;
}

type StepColumn = 'why' | 'where' | 'risk' | 'needs' | 'takes' | 'expected' | 'check' | 'undo' | 'instead';

/** Lists what is said of a step, each fact with its label, in the markup of a format. */
export function stepFacts(
  step: PlanStep,
  wording: PlanWording,
  { text, code }: LineMarkup,
): { label: string; content: string }[] {
  const { translate } = wording;
  const { precondition, expected, check, undo, instead } = step;
  const sentence = (statement: Statement | undefined): string | undefined =>
    statement && text(planSentence(statement, wording));
  const commands = (all: readonly (PlanCommand | undefined)[]): string[] =>
    all.flatMap((each) => (each ? code(each) : []));
  const takes = takesText(step, wording);
  const facts: readonly [StepColumn, string | undefined][] = [
    ['why', sentence(step.why)],
    ['where', text(targetText(step.target, wording))],
    ['risk', text(translate(`steps.risk.${step.risk}`))],
    ['needs', step.needsApiServer ? text(translate('steps.api-server')) : undefined],
    ['needs', sentence(precondition)],
    ['takes', takes && text(takes)],
    ['expected', sentence(expected)],
    ['check', check && `${code(check.command)} → ${sentence(check.expected)}`],
    ['undo', undo && [sentence(undo.statement), ...commands([undo.command])].join(' ')],
    [
      'instead',
      instead && [sentence(instead.statement), ...commands(instead.steps.map(({ command }) => command))].join(' '),
    ],
  ];
  return facts.flatMap(([column, content]) =>
    content === undefined ? [] : { label: translate(`steps.column.${column}`), content },
  );
}
