import type { SampleSummary } from './model/sample.ts';
import { SAMPLE_MARKER } from '../formats/sample-marker.ts';
import { LANGUAGES, loadLanguages, translator, type Language, type MessageKey } from '../shared/text/text.ts';
import { formatInstant } from '../shared/text/time.ts';

/** Japanese has no spaces between words, so its lines are not wrapped here. */
const WIDTH: Record<Language, number> = { en: 100, ja: Infinity };

export async function sampleReadme(summary: SampleSummary): Promise<string> {
  await loadLanguages();
  return LANGUAGES.map((language) => readmeIn(language, summary)).join(`\n${'-'.repeat(72)}\n\n`);
}

function readmeIn(language: Language, { now, parts }: SampleSummary): string {
  const text = translator(language);
  const wrap = (words: string): string => wrapText(words, WIDTH[language]);
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

function wrapText(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
  }
  lines.push(line);
  return lines.join('\n');
}
