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
  /** The file to which `>` redirects its output; `null` without redirection. */
  target: Word | null;
  /** `&` precedes it, so a quoted name or an expression is run and not just a value. */
  isCalled: boolean;
  /** The commands before it in its pipeline, the nearest last. */
  piped: readonly CommandWords[];
}

export interface LineFault {
  code:
    | 'unbalanced-quote'
    | 'unbalanced-bracket'
    | 'placeholder'
    | 'typographic-quote'
    | 'input-redirection'
    | 'broken-continuation';
  at: number;
  raw: string;
}

export interface ParsedCommands {
  /** In order of their beginning. */
  commands: CommandWords[];
  faults: LineFault[];
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '{': '}' };
/** Outside quotes PowerShell reserves `<`, so whatever stands between angle brackets has to be filled in. */
const PLACEHOLDER = /<[^\s<>"'][^<>"'\r\n]{0,80}>/y;
/** Within quotes it is text, and only what looks like a name is meant as a placeholder. */
const QUOTED_PLACEHOLDER = /<[a-z](?:[\w .\\/@-]{0,60}\w)?>/iy;
/** A named group of a regular expression begins like a placeholder. */
const NAMED_GROUP = '(?';
/** `PS C:\Users\admin>` before a line that was copied with it. */
const PROMPT = /^\s*PS(?: [^>\n]{0,260})?>+ ?/u;

/** The commands of a line, including those in brackets and script blocks. */
export function readCommandLine(line: string): ParsedCommands {
  const start = PROMPT.exec(line)?.[0].length ?? 0;
  const reader = new LineReader(line);
  reader.read(start, undefined);
  const commands = reader.commands
    .map((command) => {
      command.words = withoutAssignments(command.words);
      return command;
    })
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
    let current = this.#begin();
    let at = from;
    while (at < this.#line.length) {
      const letter = this.#line[at] ?? '';
      if (letter === closing) return at + 1;
      if (letter === '#' && isBlank(this.#line[at - 1])) {
        const end = this.#line.indexOf('\n', at);
        at = end < 0 ? this.#line.length : end;
      } else if (this.#line.startsWith('<#', at)) {
        const end = this.#line.indexOf('#>', at);
        at = end < 0 ? this.#line.length : end + 2;
      } else if ('|;&\n'.includes(letter)) {
        const [before, isFirst] = [current, current.words.length === 0];
        current = this.#begin();
        current.isCalled = letter === '&' && isFirst && this.#line[at - 1] !== '&';
        if (letter === '|' && this.#line[at + 1] !== '|') current.piped = [...before.piped, before];
        at += 1;
      } else if (isBlank(letter)) at += 1;
      else if (letter === '`' && isBlank(this.#line[at + 1])) at = this.#continuation(at);
      else if (letter === '>') at = this.#redirection(at, current, closing);
      else at = this.#word(at, current, closing);
    }
    if (closing !== undefined)
      this.faults.push({ code: 'unbalanced-bracket', at: from - 1, raw: this.#line[from - 1] ?? '' });
    return at;
  }

  #begin(): CommandWords {
    const command: CommandWords = { words: [], target: null, isCalled: false, piped: [] };
    this.commands.push(command);
    return command;
  }

  /** Behind a backtick at the end of a line, and blanks that follow it: these make it no continuation. */
  #continuation(at: number): number {
    const [blanks = ''] = /^[^\S\r\n]*/u.exec(this.#line.slice(at + 1)) ?? [];
    const end = at + 1 + blanks.length;
    const isLineEnd = /[\r\n]/u.test(this.#line[end] ?? '');
    if (!isLineEnd) return at + 2;
    if (blanks !== '') this.faults.push({ code: 'broken-continuation', at, raw: this.#line.slice(at, end) });
    return end + (this.#line.startsWith('\r\n', end) ? 2 : 1);
  }

  /** Behind `>` or `>>` and its file; `>&1` only merges streams. */
  #redirection(from: number, command: CommandWords, closing: string | undefined): number {
    let at = from;
    while (this.#line[at] === '>') at += 1;
    if (/^&\d/u.test(this.#line.slice(at, at + 2))) return at + 2;
    while (this.#line[at] !== '\n' && isBlank(this.#line[at])) at += 1;
    if (at >= this.#line.length || '|;&\n`'.includes(this.#line[at] ?? '') || this.#line[at] === closing) return at;
    const before = command.words.length;
    const behind = this.#word(at, command, closing);
    command.target = command.words.splice(before)[0] ?? null;
    return behind;
  }

  #word(from: number, command: CommandWords, closing: string | undefined): number {
    const word: Word = { at: from, raw: '', value: '', isQuoted: false, isExpression: false };
    let at = from;
    while (at < this.#line.length) {
      const letter = this.#line[at] ?? '';
      if (isBlank(letter) || '|;&'.includes(letter) || letter === closing) break;
      if (letter === '>') {
        // `2>` and `*>` redirect a stream; they are not words.
        if (/^[\d*]$/u.test(word.value)) return this.#redirection(at, command, closing);
        break;
      }
      if (letter === '<') {
        const placeholder = this.#placeholder(at, PLACEHOLDER);
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

  #placeholder(at: number, pattern: RegExp): string {
    pattern.lastIndex = at;
    const [raw = '<'] = pattern.exec(this.#line) ?? [];
    if (raw !== '<') this.faults.push({ code: 'placeholder', at, raw });
    else if (pattern === PLACEHOLDER) this.faults.push({ code: 'input-redirection', at, raw });
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
      if (letter === '<' && !this.#line.slice(from, at).endsWith(NAMED_GROUP)) {
        const placeholder = this.#placeholder(at, QUOTED_PLACEHOLDER);
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
