/* Stand-ins for Windows PowerShell must print the text that the script of the runner prints at its end. */

/**
 * Returns the text that the script on this standard input prints at its end; empty for a program that receives no
 * script.
 */
export function endOfScript(input = ''): string {
  const at = input.indexOf("@'\n");
  if (at < 0) return '';
  const { end } = JSON.parse(input.slice(at + 3, input.indexOf("\n'@\n"))) as { end: readonly string[] };
  return `\u001e${end.join('')}`;
}

/**
 * Code that makes a Node program print the text of `endOfScript` when it ends, unless it sets `endsEarly`. The program
 * must define `fs`, and its standard input as `input`.
 */
export const PRINTS_END = String.raw`
let endsEarly = false;
process.on('exit', () => {
  const at = input.indexOf("@'\n");
  if (at < 0 || endsEarly) return;
  const { end } = JSON.parse(input.slice(at + 3, input.indexOf("\n'@\n")));
  fs.writeSync(1, '\u001e' + end.join(''));
});
`;
