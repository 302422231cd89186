import { terminalLine } from '../shared/terminal-text.ts';

/**
 * Escapes text for Markdown, so that no name or title becomes a heading, link, markup or table cell. Characters that
 * hide or reorder neighbouring text appear as `\u{202e}`.
 */
export function markdownText(text: string): string {
  return oneLine(text)
    .replaceAll(/[\\`*_{}[\]<>#|~!]/gu, (character) => `\\${character}`)
    .replace(/^([-+])(?=\s)/u, '\\$1')
    .replace(/^(\d+)([.)])(?=\s)/u, '$1\\$2');
}

/** Formats a code span for a table. Its fence is longer than any run of backticks in the text. */
export function markdownCode(text: string): string {
  const line = oneLine(text).replaceAll('|', '\\|');
  const fence = '`'.repeat(longestTicks(line) + 1);
  const space = fence.length > 1 ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** Formats a block of code. The lines are unchanged, so that they can be copied. */
export function powerShellBlock(text: string): string {
  const lines = text.split(/\r\n|[\r\n\u2028\u2029]/u).map((line) => line.replaceAll(/\p{Cc}/gu, ' '));
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => longestTicks(line) + 1)));
  return [`${fence}powershell`, ...lines, fence].join('\n');
}

function oneLine(text: string): string {
  return terminalLine(text.replaceAll(/[\s\p{Cc}]+/gu, ' '));
}

function longestTicks(line: string): number {
  return Math.max(0, ...(line.match(/`+/gu) ?? []).map((ticks) => ticks.length));
}
