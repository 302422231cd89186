import type { Statement } from '../../shared/citation.ts';
import { commandText, type Plan, type PlanCommand, type PlanStep } from '../model/plan.ts';
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
import { citationText } from '../../shared/text/statement.ts';
import { formatInstant } from '../../shared/text/time.ts';
import { markdownCode, markdownLines, markdownText } from '../../formats/markdown.ts';

/**
 * Any plan for a change ticket: what to know beforehand, every step with its command, check, way back and sources, and
 * what comes afterwards.
 */
export function planMarkdown(plan: Plan, wording: PlanWording): string {
  const { translate, language, zone } = wording;
  const open = openText(plan, wording);
  const facts = [
    translate('steps.made', { date: formatInstant(plan.madeAt, language, zone) }),
    ...(plan.knownAt === undefined
      ? []
      : [translate('steps.known', { date: formatInstant(plan.knownAt, language, zone) })]),
    ...(plan.clusters.length === 0 ? [] : [`${translate('steps.clusters')}: ${planClusters(plan, wording)}`]),
    ...(open === undefined ? [] : [open]),
  ];
  const blocks = [
    `# ${markdownText(translate(`steps.title.${plan.kind}`))}`,
    facts.map((fact) => `- ${markdownText(fact)}`).join('\n'),
    ...planBlocks(plan, wording),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** What to know before, every step and what comes after: a part of a page, below a heading of the first level. */
export function planBlocks(plan: Pick<Plan, 'warnings' | 'steps' | 'after'>, wording: PlanWording): string[] {
  const { translate } = wording;
  return [
    ...statements(translate('steps.warnings'), plan.warnings, wording),
    `## ${translate('steps.steps')}`,
    ...(plan.steps.length === 0 ? [translate('steps.none')] : []),
    ...plan.steps.flatMap((step, index) => stepBlocks(step, index, wording)),
    ...statements(translate('steps.after'), plan.after, wording),
  ];
}

function statements(head: string, all: readonly Statement[], wording: PlanWording): string[] {
  if (all.length === 0) return [];
  const lines = all.map((statement) => {
    const sources = statement.citations.map((citation) => citationText(citation, wording));
    return `- ${markdownText(planSentence(statement, wording))} _(${markdownText(sources.join('; '))})_`;
  });
  return [`## ${head}`, lines.join('\n')];
}

function stepBlocks(step: PlanStep, index: number, wording: PlanWording): string[] {
  const { translate } = wording;
  const sentence = (statement: Statement): string => markdownText(planSentence(statement, wording));
  const row = (
    column: 'why' | 'where' | 'risk' | 'needs' | 'takes' | 'expected' | 'check' | 'undo' | 'instead',
    text: string,
  ): string => `- **${translate(`steps.column.${column}`)}**: ${text}`;
  const takes = takesText(step, wording);
  const { check, undo, instead } = step;
  const rows = [
    row('why', sentence(step.why)),
    row('where', markdownText(targetText(step.target, wording))),
    row('risk', translate(`steps.risk.${step.risk}`)),
    ...(step.needsApiServer ? [row('needs', translate('steps.api-server'))] : []),
    ...(step.precondition === undefined ? [] : [row('needs', sentence(step.precondition))]),
    ...(takes === undefined ? [] : [row('takes', markdownText(takes))]),
    ...(step.expected === undefined ? [] : [row('expected', sentence(step.expected))]),
    ...(check === undefined ? [] : [row('check', `${inLine(check.command)} → ${sentence(check.expected)}`)]),
    ...(undo === undefined
      ? []
      : [row('undo', `${sentence(undo.statement)}${undo.command === undefined ? '' : ` ${inLine(undo.command)}`}`)]),
    ...(instead === undefined
      ? []
      : [
          row(
            'instead',
            [
              sentence(instead.statement),
              ...instead.steps.flatMap(({ command }) => (command === undefined ? [] : [inLine(command)])),
            ].join(' '),
          ),
        ]),
    `- _${translate('steps.column.sources')}: ${markdownText(stepSources(step, wording).join('; '))}_`,
  ];
  return [
    `### ${index + 1}. ${markdownText(stepTitle(step, wording))}`,
    step.command === undefined
      ? `_${translate('steps.by-hand')}_`
      : markdownLines(commandText(step.command), 'powershell'),
    rows.join('\n'),
  ];
}

/** On one line; the lines of a multi-line script are joined with semicolons. */
function inLine(command: PlanCommand): string {
  return markdownCode(commandText(command).split('\n').join('; '));
}
