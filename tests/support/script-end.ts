/* What stands for Windows PowerShell tells that it came to the end of a script of the runner, as that script itself does. */

/** What the script on this standard input prints as its last act; nothing for a program that gets no script. */
export function endOfScript(input = ''): string {
  const at = input.indexOf("@'\n");
  if (at < 0) return '';
  const { end } = JSON.parse(input.slice(at + 3, input.indexOf("\n'@\n"))) as { end: readonly string[] };
  return `\u001e${end.join('')}`;
}

/** The same for a program of Node that has the standard input in `input` and `fs`; not where it sets `endsEarly`. */
export const PRINTS_END = String.raw`
let endsEarly = false;
process.on('exit', () => {
  const at = input.indexOf("@'\n");
  if (at < 0 || endsEarly) return;
  const { end } = JSON.parse(input.slice(at + 3, input.indexOf("\n'@\n")));
  fs.writeSync(1, '\u001e' + end.join(''));
});
`;
