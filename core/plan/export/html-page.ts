import { commandText, type Plan } from '../model/plan.ts';
import type { PlanWording } from '../text/plan-text.ts';
import { escapeHtml, htmlDocument } from '../../formats/html.ts';
import { planFacts, planSections } from './page-facts.ts';

const PAGE_STYLE = `
@page{margin:14mm 15mm}
body{margin:32px;max-width:960px;overflow-wrap:anywhere}h1{font-size:24px}
`;

export const PLAN_STYLE = `
h3{font-size:16px;margin:24px 0 4px}
pre{font:13px/1.5 "Cascadia Mono",Consolas,"Noto Sans Mono CJK JP",monospace;border:1px solid #767676;padding:8px 12px;margin:8px 0;white-space:pre-wrap}
code{font-family:"Cascadia Mono",Consolas,"Noto Sans Mono CJK JP",monospace;font-size:13px}
ul{padding-left:24px}li{margin:4px 0;max-width:80ch}dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:4px 0}
dt{color:#5c5c5c}dd{margin:0;max-width:80ch}.sources{font-size:12px;color:#5c5c5c;margin:2px 0;max-width:none}
.warnings{border-left:4px solid #1b1b1b;padding-left:16px}.box{display:inline-block;width:14px;height:14px;border:1px solid #1b1b1b;margin-right:8px;vertical-align:-1px}
@media print{body{margin:0;font-size:10pt}section{break-inside:avoid}h2,h3{break-after:avoid}}
`;

/** Lines about what the plan repairs. */
export interface PlanCauses {
  heading: string;
  lines: readonly string[];
}

export function planHtml(plan: Plan, wording: PlanWording, causes?: PlanCauses): string {
  const { translate, language } = wording;
  const title = translate(`steps.title.${plan.kind}`);
  const [made = '', ...facts] = planFacts(plan, wording);
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="meta">${escapeHtml(made)}</p>`,
    ...facts.map((fact) => `<p>${escapeHtml(fact)}</p>`),
    ...(causes === undefined ? [] : causesHtml(causes)),
    ...planHtmlSections(plan, wording),
  ];
  return htmlDocument({ language, title, style: PAGE_STYLE + PLAN_STYLE, body: body.join('\n') });
}

function causesHtml({ heading, lines }: PlanCauses): string[] {
  const items = lines.map((line) => `<li>${escapeHtml(line)}</li>`);
  return [`<section><h2>${escapeHtml(heading)}</h2><ul>${items.join('')}</ul></section>`];
}

/** Returns HTML for a page that includes `PLAN_STYLE`. */
export function planHtmlSections(plan: Pick<Plan, 'warnings' | 'steps' | 'after'>, wording: PlanWording): string[] {
  return planSections(plan, wording, {
    text: escapeHtml,
    code: (command) => `<code>${escapeHtml(commandText(command))}</code>`,
    heading: (text) => `<h2>${escapeHtml(text)}</h2>`,
    paragraph: (text) => `<p>${escapeHtml(text)}</p>`,
    statements: (name, heading, items) => {
      if (items.length === 0) return [''];
      const list = items.map(({ text, sources }) => `<li>${text}<p class="sources">${sources}</p></li>`);
      return [`<section class="${name}">${heading}<ul>${list.join('')}</ul></section>`];
    },
    step: (at, title, { what, facts, sources }) => {
      const head = escapeHtml(wording.translate('steps.head', { at, title }));
      const rows = facts.map(({ label, markup }) => `<dt>${escapeHtml(label)}</dt><dd>${markup}</dd>`);
      return [
        `<section><h3><span class="box" aria-hidden="true"></span>${head}</h3>${what}<dl>${rows.join('')}</dl><p class="sources">${sources}</p></section>`,
      ];
    },
    command: (command) => `<pre>${escapeHtml(commandText(command))}</pre>`,
    byHand: (text) => `<p>${escapeHtml(text)}</p>`,
  });
}
