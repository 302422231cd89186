/*
 * Splits a line of PowerShell far enough to see its commands and their arguments. Not a parser of the language:
 * brackets are searched for further commands, expressions are skipped.
 */

/** PowerShell treats each of these as a hyphen before a parameter, or as quotes. Source: its language specification. */
export const DASHES = '–—―';
const SINGLE_QUOTES = "'‘’‚‛";
const DOUBLE_QUOTES = '"“”„';

/** One word of a command. */
export interface Word {
  /** Offset of its first character in the line. */
  at: number;
  raw: string;
  /** Without quotes and escapes. */
  value: string;
  /** Part of it is quoted. */
  isQuoted: boolean;
  /** Contains brackets or a variable, so its value is unknown. */
  isExpression: boolean;
}

/** One command with its arguments. */
export interface CommandWords {
  words: Word[];
  /** Its output is redirected to a file by `>`. */
  isRedirected: boolean;
}

export interface LineFault {
  code: 'unbalanced-quote' | 'unbalanced-bracket' | 'placeholder' | 'typographic-quote';
  at: number;
  raw: string;
}

export interface ParsedCommands {
  /** In order of their beginning. */
  commands: CommandWords[];
  faults: LineFault[];
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '{': '}' };
const PLACEHOLDER = /<[a-z][a-z\\ -]{0,40}>/iy;
/** `PS C:\Users\admin>` before a line that was copied with it. */
const PROMPT = /^\s*PS(?: [^>\n]{0,260})?>+ ?/u;

/** The commands of a line, including those in brackets and script blocks. */
export function readCommandLine(line: string): ParsedCommands {
  const start = PROMPT.exec(line)?.[0].length ?? 0;
  const reader = new LineReader(line);
  reader.read(start, undefined);
  const commands = reader.commands
    .map((command) => ({ ...command, words: withoutAssignments(command.words) }))
    .filter(({ words }) => words.length > 0);
  commands.sort((one, other) => (one.words[0]?.at ?? 0) - (other.words[0]?.at ?? 0));
  return { commands, faults: reader.faults };
}

/** The right side of an assignment. */
function withoutAssignments(words: Word[]): Word[] {
  let from = 0;
  while (words[from]?.value.startsWith('$') === true && words[from + 1]?.value === '=') from += 2;
  return words.slice(from);
}

class LineReader {
  readonly commands: CommandWords[] = [];
  readonly faults: LineFault[] = [];
  readonly #line: string;

  constructor(line: string) {
    this.#line = line;
  }

  /** Reads commands up to the closing bracket, and returns the offset behind it. */
  read(from: number, closing: string | undefined): number {
    let current: CommandWords = { words: [], isRedirected: false };
    this.commands.push(current);
    let at = from;
    while (at < this.#line.length) {
      const letter = this.#line[at] ?? '';
      if (letter === closing) return at + 1;
      if (letter === '#' && isBlank(this.#line[at - 1])) {
        const end = this.#line.indexOf('\n', at);
        at = end < 0 ? this.#line.length : end;
      } else if ('|;&\n'.includes(letter)) {
        // Nothing precedes a call operator.
        current = { words: [], isRedirected: false };
        this.commands.push(current);
        at += 1;
      } else if (isBlank(letter)) at += 1;
      else if (letter === '`' && isBlank(this.#line[at + 1])) at += this.#line.startsWith('\r\n', at + 1) ? 3 : 2;
      else if (letter === '>') {
        current.isRedirected = true;
        at += 1;
      } else at = this.#word(at, current, closing);
    }
    if (closing !== undefined)
      this.faults.push({ code: 'unbalanced-bracket', at: from - 1, raw: this.#line[from - 1] ?? '' });
    return at;
  }

  #word(from: number, command: CommandWords, closing: string | undefined): number {
    const word: Word = { at: from, raw: '', value: '', isQuoted: false, isExpression: false };
    let at = from;
    while (at < this.#line.length) {
      const letter = this.#line[at] ?? '';
      if (isBlank(letter) || '|;&'.includes(letter) || letter === closing) break;
      if (letter === '>') {
        // `2>` and `*>` redirect a stream; they are not words.
        if (/^[\d*]$/u.test(word.value)) {
          command.isRedirected = true;
          return at + 1;
        }
        break;
      }
      if (letter === '<') {
        const placeholder = this.#placeholder(at);
        word.value += placeholder;
        at += placeholder.length;
      } else if (letter === '`') {
        word.value += this.#line[at + 1] ?? '';
        at += 2;
      } else if (SINGLE_QUOTES.includes(letter) || DOUBLE_QUOTES.includes(letter)) {
        at = this.#quoted(at, word);
      } else if (letter === '[' && (word.value === '' || word.isExpression)) {
        // A type or an index.
        const end = this.#line.indexOf(']', at);
        const behind = end < 0 ? at + 1 : end + 1;
        word.isExpression = true;
        word.value += this.#line.slice(at, behind);
        at = behind;
      } else if (letter in CLOSING) {
        word.isExpression = true;
        const open = at;
        at = this.read(at + 1, CLOSING[letter]);
        word.value += this.#line.slice(open, at);
      } else {
        if (letter === '$') word.isExpression = true;
        if (letter === ')' || letter === '}') this.faults.push({ code: 'unbalanced-bracket', at, raw: letter });
        word.value += letter;
        at += 1;
      }
    }
    word.raw = this.#line.slice(from, at);
    if (at === from) return at + 1;
    command.words.push(word);
    return at;
  }

  #placeholder(at: number): string {
    PLACEHOLDER.lastIndex = at;
    const [raw = '<'] = PLACEHOLDER.exec(this.#line) ?? [];
    if (raw !== '<') this.faults.push({ code: 'placeholder', at, raw });
    return raw;
  }

  #quoted(from: number, word: Word): number {
    const opening = this.#line[from] ?? '';
    const quotes = SINGLE_QUOTES.includes(opening) ? SINGLE_QUOTES : DOUBLE_QUOTES;
    word.isQuoted = true;
    const typographic: number[] = quotes.startsWith(opening) ? [] : [from];
    let at = from + 1;
    for (; at < this.#line.length; at++) {
      const letter = this.#line[at] ?? '';
      if (letter === '`' && quotes === DOUBLE_QUOTES) {
        word.value += this.#line[at + 1] ?? '';
        at += 1;
        continue;
      }
      if (letter === '<') {
        const placeholder = this.#placeholder(at);
        word.value += placeholder;
        at += placeholder.length - 1;
        continue;
      }
      if (letter === '$' && quotes === DOUBLE_QUOTES) word.isExpression = true;
      if (!quotes.includes(letter)) {
        word.value += letter;
        continue;
      }
      if (quotes.includes(this.#line[at + 1] ?? ' ')) {
        word.value += letter;
        at += 1;
        continue;
      }
      if (!quotes.startsWith(letter)) typographic.push(at);
      break;
    }
    if (at >= this.#line.length) this.faults.push({ code: 'unbalanced-quote', at: from, raw: opening });
    for (const place of typographic)
      this.faults.push({ code: 'typographic-quote', at: place, raw: this.#line[place] ?? '' });
    return at + 1;
  }
}

function isBlank(letter: string | undefined): boolean {
  return letter !== undefined && /[\s\u00a0\u3000]/u.test(letter);
}
