/* The stand-in for Windows PowerShell prints what the runner's script itself prints at its end. */

/** Returns the text that the script on this standard input prints last; empty for a program that gets no script. */
export function endOfScript(input = ''): string {
  const at = input.indexOf("@'\n");
  if (at < 0) return '';
  const { end } = JSON.parse(input.slice(at + 3, input.indexOf("\n'@\n"))) as { end: readonly string[] };
  return `\u001e${end.join('')}`;
}

/**
 * Code that prints this text in a Node program with `fs` and its standard input in `input`, unless the program sets
 * `endsEarly`.
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
