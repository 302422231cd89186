import type { Statement } from '../../shared/citation.ts';
import { citationText } from '../../shared/text/statement.ts';
import { formatInstant } from '../../shared/text/time.ts';
import type { Plan, PlanCommand, PlanStep } from '../model/plan.ts';
import {
  openText,
  planClusters,
  planSentence,
  stepSources,
  stepTitle,
  takesText,
  targetText,
  type PlanWording,
} from '../text/plan-text.ts';

export function planFacts(plan: Plan, wording: PlanWording): string[] {
  const { translate, language, zone } = wording;
  const { madeAt, knownAt, clusters } = plan;
  return [
    translate('steps.made', { date: formatInstant(madeAt, language, zone) }),
    knownAt === undefined ? [] : translate('steps.known', { date: formatInstant(knownAt, language, zone) }),
    clusters.length === 0 ? [] : `${translate('field.clusters')}: ${planClusters(plan, wording)}`,
    openText(plan, wording) ?? [],
  ].flat();
}

/** Writes the parts of a page. Parameters named `markup` are already formatted. */
interface PlanMarkup {
  text: (text: string) => string;
  code: (command: PlanCommand) => string;
  heading: (text: string) => string;
  paragraph: (text: string) => string;
  statements: (name: 'warnings' | 'after', heading: string, items: { text: string; sources: string }[]) => string[];
  step: (
    at: number,
    title: string,
    content: { what: string; facts: { label: string; markup: string }[]; sources: string },
  ) => string[];
  command: (command: PlanCommand) => string;
  byHand: (text: string) => string;
}

export function planSections(
  { warnings, steps, after }: Pick<Plan, 'warnings' | 'steps' | 'after'>,
  wording: PlanWording,
  markup: PlanMarkup,
): string[] {
  const { translate } = wording;
  const statements = (name: 'warnings' | 'after', all: readonly Statement[]) => {
    const items = all.map((statement) => ({
      text: markup.text(planSentence(statement, wording)),
      sources: markup.text(statement.citations.map((citation) => citationText(citation, wording)).join('; ')),
    }));
    return markup.statements(name, markup.heading(translate(`steps.${name}`)), items);
  };
  return [
    ...statements('warnings', warnings),
    markup.heading(translate('steps.steps')),
    ...(steps.length === 0 ? [markup.paragraph(translate('steps.none'))] : []),
    ...steps.flatMap((step, index) =>
      markup.step(index + 1, stepTitle(step, wording), {
        what: step.command === undefined ? markup.byHand(translate('steps.by-hand')) : markup.command(step.command),
        facts: stepFacts(step, wording, markup),
        sources: `${translate('steps.column.sources')}: ${markup.text(stepSources(step, wording).join('; '))}`,
      }),
    ),
    ...statements('after', after),
  ];
}

function stepFacts(step: PlanStep, wording: PlanWording, { text, code }: PlanMarkup) {
  const { translate } = wording;
  const { precondition, expected, check, undo, instead } = step;
  const sentence = (statement: Statement | undefined): string | undefined =>
    statement && text(planSentence(statement, wording));
  const commands = (all: readonly (PlanCommand | undefined)[]) => all.flatMap((each) => (each ? code(each) : []));
  const takes = takesText(step, wording);
  const facts = [
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
  ] as const;
  return facts.flatMap(([column, markup]) =>
    markup === undefined ? [] : { label: translate(`steps.column.${column}`), markup },
  );
}
