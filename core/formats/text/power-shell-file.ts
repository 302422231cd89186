/*
 * Scripts for Windows PowerShell 5.1. The code of each is the same whatever it is about. What differs is one JSON document in
 * ASCII, in a here-string that nothing in it can end: names and paths reach cmdlets as values of variables and are never part
 * of code.
 */

/**
 * JSON in ASCII, indented. Every line begins with a blank or a brace, so that none can begin with the `'@` that ends a
 * here-string; quotes that PowerShell knows are written as escapes besides.
 */
export function documentText(document: object): string {
  return JSON.stringify(document, null, 2)
    .replaceAll(/[^\x20-\x7e\n]|['`$]/gu, (character) =>
      [...Array(character.length).keys()]
        .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
        .join(''),
    )
    .replaceAll('@', '\\u0040');
}

/**
 * The text of a file: remarks above the code, with a byte order mark, since Windows PowerShell reads text without one in its
 * code page, and with the line ends of Windows.
 */
export function scriptFile(head: readonly string[], code: string): string {
  const comments = head.map((line) => `# ${line.replaceAll(/[\s\p{Cc}]+/gu, ' ')}`);
  return windowsText([...comments, code.trim(), ''].join('\n'));
}

/** Marked as UTF-8, with the line ends of Windows. */
export function windowsText(text: string): string {
  return `\u{FEFF}${text.replaceAll('\n', '\r\n')}`;
}
