/* Splits a line of `sh` or of the command prompt, which another shell passes on, into commands. */

export interface ShellCommand {
  /** Without quotes. A substitution such as `$(…)` stays in the word. */
  words: string[];
  /** Words of the earlier commands in its pipeline. */
  piped: readonly string[];
  /** The file to which the output goes. */
  target?: string;
}

const TOKEN =
  /(?<blank>[^\S\n]+)|(?<end>&&|\|\||[;&\n])|\|(?!\|)|(?<open>\$?\()|(?<close>\))|(?<output>\d?>>?(?:&\d)?)|'(?<single>[^']*)'|"(?<double>(?:\\.|[^"\\])*)"|`(?<ticks>[^`]*)`|\\(?<escaped>.)|[^\s;&|()'"`\\>$\d]+|./gsu;

interface OpenCommand {
  command: ShellCommand;
  /** Whether the next token continues the last word. */
  isInWord: boolean;
  isTarget: boolean;
  /** Offset of the substitution that interrupts it. */
  from: number;
}

export function readShellLine(text: string, isUnix: boolean): ShellCommand[] {
  const commands: ShellCommand[] = [];
  const outer: OpenCommand[] = [];
  const begin = (piped: readonly string[] = []): OpenCommand => {
    const command: ShellCommand = { words: [], piped };
    commands.push(command);
    return { command, isInWord: false, isTarget: false, from: 0 };
  };
  let current = begin();
  const add = (part: string): void => {
    const { command, isInWord, isTarget } = current;
    if (isTarget) command.target = isInWord ? `${command.target ?? ''}${part}` : part;
    else if (isInWord) command.words.push(`${command.words.pop() ?? ''}${part}`);
    else command.words.push(part);
    current.isInWord = true;
  };
  const source = isUnix ? text : text.replaceAll('\\', '/');
  for (const { 0: token, index, groups = {} } of source.matchAll(TOKEN)) {
    const { blank, end, open, close, output, single, double, ticks, escaped } = groups;
    const inner = double === undefined ? ticks : /[`$]\(?([^()`]*)[)`]/u.exec(double)?.[1];
    if (inner !== undefined) commands.push(...readShellLine(inner, isUnix));
    if (blank !== undefined) {
      if (current.isInWord) current.isTarget = false;
      current.isInWord = false;
    } else if (end !== undefined) current = begin();
    else if (token === '|') current = begin([...current.command.piped, ...current.command.words]);
    else if (open !== undefined) {
      current.from = index;
      outer.push(current);
      current = begin();
    } else if (close !== undefined) {
      current = outer.pop() ?? begin();
      add(source.slice(current.from, index + 1));
    } else if (output !== undefined) {
      current.isInWord = false;
      current.isTarget = !output.includes('&');
    } else add(single ?? double ?? escaped ?? token);
  }
  return commands.filter(({ words, target }) => words.length > 0 || target !== undefined);
}
