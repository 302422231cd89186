import type { Statement } from '../../shared/citation.ts';
import { commandText, type Plan, type PlanStep } from '../model/plan.ts';
import { planSentence, stepSources, stepTitle, type PlanWording } from '../text/plan-text.ts';
import { citationText } from '../../shared/text/statement.ts';
import { planFacts, stepFacts, type LineMarkup } from './page-facts.ts';
import { markdownCode, markdownLines, markdownText } from '../../formats/markdown.ts';

/**
 * Any plan for a change ticket: what to know beforehand, every step with its command, check, way back and sources, and
 * what comes afterwards.
 */
export function planMarkdown(plan: Plan, wording: PlanWording): string {
  const blocks = [
    `# ${markdownText(wording.translate(`steps.title.${plan.kind}`))}`,
    planFacts(plan, wording)
      .map((fact) => `- ${markdownText(fact)}`)
      .join('\n'),
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

const MARKUP: LineMarkup = {
  text: markdownText,
  // On one line; the lines of a multi-line script are joined with semicolons.
  code: (command) => markdownCode(commandText(command).split('\n').join('; ')),
};

function stepBlocks(step: PlanStep, index: number, wording: PlanWording): string[] {
  const { translate } = wording;
  const rows = stepFacts(step, wording, MARKUP).map(({ label, content }) => `- **${label}**: ${content}`);
  return [
    `### ${index + 1}. ${markdownText(stepTitle(step, wording))}`,
    step.command === undefined
      ? `_${translate('steps.by-hand')}_`
      : markdownLines(commandText(step.command), 'powershell'),
    [...rows, `- _${translate('steps.column.sources')}: ${markdownText(stepSources(step, wording).join('; '))}_`].join(
      '\n',
    ),
  ];
}
