import { commandText, type Plan } from '../model/plan.ts';
import type { PlanWording } from '../text/plan-text.ts';
import { planFacts, planSections } from './page-facts.ts';
import { markdownCode, markdownText, powerShellBlock } from '../../formats/markdown.ts';

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

/** Returns Markdown for the part below a first-level heading. */
export function planBlocks(plan: Pick<Plan, 'warnings' | 'steps' | 'after'>, wording: PlanWording): string[] {
  return planSections(plan, wording, {
    text: markdownText,
    code: (command) => markdownCode(commandText(command).split('\n').join('; ')),
    heading: (text) => `## ${text}`,
    paragraph: (text) => text,
    statements: (_, heading, items) =>
      items.length === 0 ? [] : [heading, items.map(({ text, sources }) => `- ${text} _(${sources})_`).join('\n')],
    step: (at, title, { what, facts, sources }) => [
      `### ${at}. ${markdownText(title)}`,
      what,
      [...facts.map(({ label, markup }) => `- **${label}**: ${markup}`), `- _${sources}_`].join('\n'),
    ],
    command: (command) => powerShellBlock(commandText(command)),
    byHand: (text) => `_${text}_`,
  });
}
