export interface TypedCommand {
  name: string;
  line: number;
  /** In lower case, without the hyphen. */
  parameters: ReadonlyMap<string, string>;
}

/** Prompts: `PS C:\>`, `PS>` as in transcripts, `[HOST1]: PS C:\>` in a remote session, `C:\>`. */
const PROMPT = /^\s*(?:(?:\[[^\]]{1,64}\]:\s*)?PS(?:\s[^>]{0,260})?|[A-Za-z]:\\[^>]{0,260})>/u;
const CONTINUATION = /^\s*>>/u;
/**
 * A cmdlet alone on its line: only parameters and pipes follow, and it is not indented as deeply as continuation lines
 * of a value.
 */
const BARE = /^\s{0,4}([A-Za-z]{2,20}-[A-Za-z][A-Za-z0-9]{1,60})(?=\s*$|\s+[-|])/u;
const WORD = /'(?:[^']|'')*'|"[^"]*"|[^\s'"|;]+|[|;]/gu;
const MOST_CHARACTERS = 2_000;

/** `command` is absent if `parseCommand` does not accept the text. */
type PromptLine = { kind: 'prompt'; command?: TypedCommand } | { kind: 'continuation' };

export function promptLine(text: string, line: number): PromptLine | undefined {
  const prompt = PROMPT.exec(text);
  if (prompt !== null) return { kind: 'prompt', command: parseCommand(text.slice(prompt[0].length), line) };
  if (CONTINUATION.test(text)) return { kind: 'continuation' };
  return BARE.test(text) ? { kind: 'prompt', command: parseCommand(text, line) } : undefined;
}

/**
 * Parses a command; `undefined` for empty text, and for an assignment or expression, whose output comes from no
 * command.
 */
function parseCommand(text: string, line: number): TypedCommand | undefined {
  const [name = '', ...rest] = text.slice(0, MOST_CHARACTERS).match(WORD) ?? [];
  if (!/^[A-Za-z][A-Za-z0-9.-]*$/u.test(name)) return undefined;
  const parameters = new Map<string, string>();
  let open: string | undefined;
  for (const word of rest) {
    if (word === '|' || word === ';') break;
    const parameter = /^-{1,2}([A-Za-z][A-Za-z0-9-]*)(?:[:=](.*))?$/u.exec(word);
    if (parameter !== null) {
      open = (parameter[1] ?? '').toLowerCase();
      parameters.set(open, unquote(parameter[2] ?? ''));
    } else if (open !== undefined) {
      parameters.set(open, unquote(word));
      open = undefined;
    }
  }
  return { name, line, parameters };
}

function unquote(word: string): string {
  if (word.startsWith("'") && word.endsWith("'") && word.length > 1) return word.slice(1, -1).replaceAll("''", "'");
  return word.startsWith('"') && word.endsWith('"') && word.length > 1 ? word.slice(1, -1) : word;
}
