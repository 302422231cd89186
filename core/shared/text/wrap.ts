import type { Language } from './text.ts';

/** Japanese has no spaces between words, so its lines are not wrapped here. */
const WIDTH: Record<Language, number> = { en: 100, ja: Infinity };

/** Breaks a text at its spaces for a plain file. */
export function wrapLines(text: string, language: Language): string {
  const width = WIDTH[language];
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
