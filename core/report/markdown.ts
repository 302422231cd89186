/** Text that Markdown takes as text: no name or title can become a heading, a link, markup or a cell of its own. */
export function markdownText(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll(/[\\`*_{}[\]<>#|~!]/gu, (character) => `\\${character}`)
    .replace(/^([-+])(?=\s)/u, '\\$1')
    .replace(/^(\d+)([.)])(?=\s)/u, '$1\\$2');
}

/** A span of code in a table, with a fence longer than any row of back-ticks in it. */
export function markdownCode(text: string): string {
  const line = oneLine(text).replaceAll('|', '\\|');
  const fence = '`'.repeat(longestTicks(line) + 1);
  const space = fence.length > 1 ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** A block of code of one line, to be copied as it is, `indent` blanks deep. */
export function markdownBlock(text: string, language: string, indent = 0): string {
  const line = oneLine(text);
  const fence = '`'.repeat(Math.max(3, longestTicks(line) + 1));
  return [`${fence}${language}`, line, fence].map((each) => ' '.repeat(indent) + each).join('\n');
}

/** A block of code with the lines that it has, to be copied as it is. */
export function markdownLines(text: string, language: string): string {
  const lines = text.split(/\r\n|[\r\n\u2028\u2029]/u).map((line) => line.replaceAll(/\p{Cc}/gu, ' '));
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => longestTicks(line) + 1)));
  return [`${fence}${language}`, ...lines, fence].join('\n');
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ');
}

function longestTicks(line: string): number {
  return Math.max(0, ...(line.match(/`+/gu) ?? []).map((ticks) => ticks.length));
}
