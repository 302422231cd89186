import { BUNDLE_FILES } from '../model/bundle.ts';
import { epochMs } from '../../shared/instant.ts';
import type { Statement } from '../../shared/citation.ts';
import { sourceTexts } from '../../shared/text/statement.ts';
import { impactAnswer } from '../text/impact-text.ts';
import { firstTexts, objectTexts, formatConsequence, revocationStatement } from '../text/revocation-text.ts';
import type { Language, Translate } from '../../shared/text/text.ts';
import { formatInstant, formatSpan } from '../../shared/text/time.ts';
import type { BundleContent } from '../bundle/content.ts';
import { planBlocks } from '../../plan/export/markdown-page.ts';
import { markdownCode, markdownText } from '../../formats/markdown.ts';

const MOST_NAMED = 50;

export function recoveryMarkdown(
  content: BundleContent,
  hashes: { manifest: string },
  { language, translate }: { language: Language; translate: Translate },
): string {
  const { madeAt, plan, objects, isSample } = content;
  const { guard, impact } = content.judgement;
  const moment = (ms: number): string => formatInstant(ms, language, 'utc');
  const sources = (statement: Pick<Statement, 'citations'>): string =>
    `_(${markdownText(sourceTexts(statement, translate).join('; '))})_`;
  const untilMs = impact.exposureUntil === undefined ? undefined : epochMs(impact.exposureUntil);
  const blocks = [
    `# ${translate('bundle.plan.title')}`,
    `**${markdownText(impactAnswer(content.judgement, translate).sentence)}**`,
    isSample ? `**${markdownText(translate('bundle.sample'))}**` : '',
    [
      translate('bundle.made', { date: formatInstant(madeAt, language, 'utc') }),
      ...objectTexts(translate, objects, MOST_NAMED),
      translate('bundle.matched', { matched: impact.matched, known: impact.known }),
    ]
      .map((line) => `- ${markdownText(line)}`)
      .concat(`- SHA-256 ${markdownCode(BUNDLE_FILES.manifest)}: ${markdownCode(hashes.manifest)}`)
      .join('\n'),
    `## ${translate('bundle.confirmed')}`,
    guard.phrase === undefined
      ? translate('bundle.confirmed.none')
      : [
          `${markdownText(translate('bundle.confirmed.phrase'))} ${markdownCode(guard.phrase)}`,
          '',
          ...guard.consequences.map((consequence) => {
            const clusters = firstTexts(translate, consequence.clusters, MOST_NAMED).join(', ');
            return `- ${markdownText(formatConsequence(translate, consequence, clusters))} ${sources(consequence)}`;
          }),
        ].join('\n'),
    `## ${translate('exposure.title')}`,
    markdownText(
      untilMs === undefined
        ? translate('revocation.exposure.none')
        : translate('bundle.exposure', {
            until: moment(untilMs),
            span: formatSpan(untilMs - epochMs(madeAt), language),
          }),
    ),
    impact.exposure
      .map((each) => `- ${markdownText(revocationStatement({ translate, moment }, each))} ${sources(each)}`)
      .join('\n'),
    `## ${translate('bundle.how')}`,
    translate('bundle.steps.lead', { script: BUNDLE_FILES.recoveryScript, verifier: BUNDLE_FILES.verifier }),
    ...planBlocks(plan, { language, translate, zone: 'utc' }),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
