import { jsonEscape } from '../../shared/terminal-text.ts';

/**
 * Scripts for Windows PowerShell 5.1. Their code never changes; all that differs is one JSON document in ASCII, in a
 * here-string that nothing inside can end. Names and paths reach cmdlets as values of variables, never as code.
 */

/**
 * JSON in ASCII, indented. Every line begins with a space or a brace, so that none can begin with the `'@` that ends a
 * here-string; quotation marks known to PowerShell are escaped as well.
 */
export function documentText(document: object): string {
  return JSON.stringify(document, null, 2)
    .replaceAll(/[^\x20-\x7e\n]|['`$]/gu, jsonEscape)
    .replaceAll('@', '\\u0040');
}

/**
 * The text of a script file: comments above the code, with a byte order mark (Windows PowerShell reads text without one
 * in the system's code page) and Windows line endings.
 */
export function scriptFile(head: readonly string[], code: string): string {
  const comments = head.map((line) => `# ${line.replaceAll(/[\s\p{Cc}]+/gu, ' ')}`);
  return windowsText([...comments, code.trim(), ''].join('\n'));
}

/** Adds the UTF-8 byte order mark and Windows line endings. */
export function windowsText(text: string): string {
  return `\u{FEFF}${text.replaceAll('\n', '\r\n')}`;
}
