import { jsonEscape } from '../../shared/terminal-text.ts';

/**
 * Scripts for Windows PowerShell 5.1 have constant code and differ only in a JSON document, which is ASCII in a
 * here-string and cannot end that here-string. Names and paths reach cmdlets as values of variables, never as code.
 */

/**
 * Formats JSON in indented ASCII. Every line begins with a space or a brace, so none can begin with the `'@` that ends
 * a here-string. Quotation marks that PowerShell recognises are also escaped.
 */
export function documentText(document: object): string {
  return JSON.stringify(document, null, 2)
    .replaceAll(/[^\x20-\x7e\n]|['`$]/gu, jsonEscape)
    .replaceAll('@', '\\u0040');
}

/**
 * Puts comments above the code and adds Windows line endings and a byte order mark; without the mark, Windows
 * PowerShell reads text in the system's code page.
 */
export function scriptFile(head: readonly string[], code: string): string {
  const comments = head.map((line) => `# ${line.replaceAll(/[\s\p{Cc}]+/gu, ' ')}`);
  return windowsText([...comments, code.trim(), ''].join('\n'));
}

export function windowsText(text: string): string {
  return `\u{FEFF}${text.replaceAll('\n', '\r\n')}`;
}
