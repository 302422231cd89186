import type { SampleSummary } from './model/sample.ts';
import { SAMPLE_MARKER } from '../formats/sample-marker.ts';
import { LANGUAGES, loadLanguages, translator, type Language, type MessageKey } from '../shared/text/text.ts';
import { formatInstant } from '../shared/text/time.ts';
import { wrapLines } from '../shared/text/wrap.ts';

export async function sampleReadme(summary: SampleSummary): Promise<string> {
  await loadLanguages();
  return LANGUAGES.map((language) => readmeIn(language, summary)).join(`\n${'-'.repeat(72)}\n\n`);
}

function readmeIn(language: Language, { now, parts }: SampleSummary): string {
  const text = translator(language);
  const wrap = (words: string): string => wrapLines(words, language);
  const heading = (key: MessageKey): string => `${text(key)}\n`;
  const states = new Set(parts.flatMap((part) => part.states));
  const described = parts.map(({ name, kind, states: own }) =>
    text('sample.readme.part', {
      name,
      kind: text(`sample.kind.${kind}`),
      states: own.map((state) => text(`sample.state.${state}`)).join(language === 'ja' ? '、' : ', '),
    }),
  );
  const reasons = [...states].map((state) => `${text(`sample.state.${state}`)}\n${text(`sample.state.${state}.why`)}`);
  const folders = (['host', 'workstation', 'cluster'] as const).map((folder) => text(`sample.readme.folder.${folder}`));
  return [
    heading('sample.readme.title'),
    wrap(text('sample.readme.lead', { moment: formatInstant(now, language, 'utc') })),
    '',
    wrap(text('sample.readme.use', { marker: SAMPLE_MARKER })),
    '',
    heading('sample.readme.parts'),
    ...described.map((line) => `- ${line}`),
    '',
    ...reasons.flatMap((reason) => [reason.split('\n').map(wrap).join('\n'), '']),
    heading('sample.readme.folders'),
    ...folders.map((line) => `- ${line}`),
    '',
    wrap(text('sample.readme.chosen')),
    '',
  ].join('\n');
}
