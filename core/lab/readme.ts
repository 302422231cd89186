import { LANGUAGES, loadLanguages, translator, type Language } from '../shared/text/text.ts';
import { formatInstant } from '../shared/text/time.ts';
import { wrapLines } from '../shared/text/wrap.ts';
import type { Lab } from './model/lab.ts';

/** Explains the folder of a lab in every language. */
export async function labReadme(lab: Lab): Promise<string> {
  await loadLanguages();
  return LANGUAGES.map((language) => readmeIn(language, lab)).join(`\n${'-'.repeat(72)}\n\n`);
}

function readmeIn(language: Language, { createdAt, pace, outage, machines }: Lab): string {
  const text = translator(language);
  const paragraph = (words: string): string => `${wrapLines(words, language)}\n`;
  return [
    `${text('lab.readme.title')}\n`,
    paragraph(text('lab.readme.lead', { moment: formatInstant(createdAt, language, 'utc'), pace })),
    ...(outage === undefined ? [] : [paragraph(text(`lab.outage.${outage}.why`))]),
    paragraph(text('lab.readme.use')),
    paragraph(text('lab.readme.keys')),
    `${text('lab.readme.machines')}\n`,
    ...machines.map(
      ({ name, services }) => `- ${name}: ${services.map((each) => `${each.address}:${each.port}`).join(', ')}`,
    ),
    '',
  ].join('\n');
}
