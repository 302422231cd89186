import type { CommandProblemCode, Part } from './command-problem.ts';
import type { CommandWords, Word } from './command-words.ts';

/*
 * Splits a line of PowerShell into commands and their arguments, as PowerShell's tokenizer does after a command name.
 * The language is not parsed: brackets are searched for further commands, and expressions are skipped.
 */

/** PowerShell treats these as hyphens before a parameter, or as quotes. Source: its language specification. */
export const DASHES = '–—―';
export const ANY_DASH = new RegExp(`[${DASHES}]`, 'gu');
const SINGLE_QUOTES = "'‘’‚‛";
const DOUBLE_QUOTES = '"“”„';

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '{': '}' };
/** PowerShell reserves `<` outside quotes, so text in angle brackets is a placeholder. */
const PLACEHOLDER = /<[^\s<>"'][^<>"'\r\n]{0,80}>/y;
/** Within quotes `<` is text, so only names in angle brackets count as placeholders. */
const QUOTED_PLACEHOLDER = /<[a-z](?:[\w .\\/@-]{0,60}\w)?>/iy;
/** A named group in a regular expression begins like a placeholder. */
const NAMED_GROUP = '(?';
/** A copied prompt: `PS C:\Users\admin>`. */
const PROMPT = /^\s*PS(?: [^>\n]{0,260})?>+ ?/u;

const DEEPEST = 200;

const SEPARATORS = '|;&,(){}';
const REDIRECTION = /[1-6*]?>{1,2}/y;
/** Merges a stream into the output; PowerShell supports no other merges. */
const MERGE = /(?<=[2-6*]>)&1/y;
const OTHER_MERGE = /&\d/y;
const PARAMETER = new RegExp(
  `([-${DASHES}])([\\p{L}_?][^\\s:.'"\`${SINGLE_QUOTES}${DOUBLE_QUOTES}|;&,(){}]*)(:?)`,
  'uy',
);
const VARIABLE = /\$(?:\{[^}]*\}|\w+(?::\w+)?|[?^$])/y;
const MEMBER = /(?:\.|::)\w+/y;
const ASSIGNMENT = /\s*[-+*/%]?=(?![=>])/y;
/** Begins an expression that can be assigned to. */
const ASSIGNABLE = /^[$[]/u;

interface LineFault extends Part {
  code: CommandProblemCode;
}

export function readCommandLine(line: string) {
  const start = PROMPT.exec(line)?.[0].length ?? 0;
  const reader = new LineReader(line);
  reader.read(start, undefined);
  const commands = reader.commands.filter(({ words, targets }) => words.length + targets.length > 0);
  commands.sort((one, other) => (one.words[0]?.at ?? 0) - (other.words[0]?.at ?? 0));
  return { commands, faults: reader.faults };
}

interface OpenCommand {
  command: CommandWords;
  /** `|`, `,` or `&` with nothing after it yet. */
  mark: Part | null;
  streams: Set<string>;
  /** Set after `--`, which ends the parameters. */
  isOver: boolean;
}

class LineReader {
  readonly commands: CommandWords[] = [];
  readonly faults: LineFault[] = [];
  readonly #line: string;
  readonly #closings: (string | undefined)[] = [];
  /** The number of commands before the current statement. */
  #before = 0;
  #from = 0;

  constructor(line: string) {
    this.#line = line;
  }

  /** Reads commands up to and including the closing bracket; returns the offset after it. */
  read(from: number, closing: string | undefined): number {
    this.#closings.push(closing);
    let current = this.#begin();
    let at = from;
    while (at < this.#line.length) {
      const letter = this.#line[at] ?? '';
      if (letter === closing) {
        this.#finish(current, at);
        this.#closings.pop();
        return at + 1;
      }
      if (letter === '#') at = this.#skipPast('\n', at, 0);
      else if (this.#line.startsWith('<#', at)) at = this.#skipPast('#>', at, 2);
      else if (letter === ';' || (letter === '\n' && !'|,'.includes(current.mark?.raw ?? '-'))) {
        this.#finish(current, at);
        current = this.#begin();
        at += 1;
      } else if (letter === '|' || letter === '&') [current, at] = this.#readOperator(at, current);
      else if (letter === ',') at = this.#comma(at, current);
      else if (isBlank(letter)) at += 1;
      else if (letter === '`' && isBlank(this.#line[at + 1])) at = this.#continuation(at);
      else if (letter === ')' || letter === '}') {
        this.#tell('unbalanced-bracket', at, letter);
        at += 1;
      } else at = this.#redirection(at, current, closing) ?? this.#word(at, current, closing);
    }
    this.#finish(current, at);
    this.#closings.pop();
    if (closing !== undefined) this.#tell('unbalanced-bracket', from - 1, this.#line[from - 1] ?? '');
    return at;
  }

  #begin(piped: readonly CommandWords[] = [], mark: OpenCommand['mark'] = null): OpenCommand {
    const command: CommandWords = {
      ...{ words: [], targets: [], isCalled: false, piped },
      ...{ isNested: this.#closings.includes(')'), from: this.#from, to: this.#line.length },
    };
    this.commands.push(command);
    return { command, mark, streams: new Set(), isOver: false };
  }

  #finish({ mark }: OpenCommand, at: number): void {
    if (mark !== null) this.#tell('missing-side', mark.at, mark.raw);
    if (this.#closings.length > 1) return;
    for (const command of this.commands.slice(this.#before)) command.to = at;
    this.#before = this.commands.length;
    this.#from = at + 1;
  }

  #tell(code: LineFault['code'], at: number, raw: string): void {
    this.faults.push({ code, at, raw });
  }

  #skipPast(end: string, from: number, length: number): number {
    const at = this.#line.indexOf(end, from);
    return at < 0 ? this.#line.length : at + length;
  }

  /** Returns the part of the line that a sticky pattern matches at `at`; empty without a match. */
  #match(pattern: RegExp, at: number): string {
    return this.#groups(pattern, at)[0] ?? '';
  }

  /** Reads `|`, `||`, `&` or `&&`; returns the command to continue with and the offset after the operator. */
  #readOperator(at: number, current: OpenCommand): [OpenCommand, number] {
    const letter = this.#line[at] ?? '';
    const { command, mark } = current;
    const isEmpty = command.words.length === 0;
    if (this.#line[at + 1] === letter) {
      this.#tell('newer-syntax', at, letter + letter);
      return [this.#begin(), at + 2];
    }
    if (letter === '&' && isEmpty && !command.isCalled) {
      command.isCalled = true;
      current.mark = { at, raw: letter };
      return [current, at + 1];
    }
    if (letter === '&' && !isEmpty) {
      this.#finish(current, at);
      this.#tell('newer-syntax', at, letter);
      return [this.#begin(), at + 1];
    }
    if (isEmpty || mark !== null) this.#tell('missing-side', at, letter);
    return letter === '&'
      ? [this.#begin(), at + 1]
      : [this.#begin([...command.piped, command], { at, raw: letter }), at + 1];
  }

  #comma(at: number, current: OpenCommand): number {
    const { words } = current.command;
    const before = words.at(-1);
    // A comma cannot follow a bare first word, which is a command name, but may begin a list of values.
    const isName = words.length === 1 && before !== undefined && !before.isQuoted && !isValue(before);
    if (isName || current.mark !== null || (before?.parameter ?? null) !== null) this.#tell('missing-side', at, ',');
    else current.mark = { at, raw: ',' };
    return at + 1;
  }

  /** Skips a backtick and the character or line end after it. Blanks before the line end break the continuation. */
  #continuation(at: number): number {
    const [blanks = ''] = /^[^\S\r\n]*/u.exec(this.#line.slice(at + 1)) ?? [];
    const end = at + 1 + blanks.length;
    const isLineEnd = /[\r\n]/u.test(this.#line[end] ?? '');
    if (!isLineEnd) return at + 2;
    if (blanks !== '') this.#tell('broken-continuation', at, this.#line.slice(at, end));
    return end + (this.#line.startsWith('\r\n', end) ? 2 : 1);
  }

  /** Reads `>` or `>>` and its file, or a merge of streams; `undefined` if there is no redirection. */
  #redirection(from: number, current: OpenCommand, closing: string | undefined): number | undefined {
    const mark = this.#match(REDIRECTION, from);
    if (mark === '') return undefined;
    const stream = mark.startsWith('>') ? '1' : (mark[0] ?? '');
    if (current.streams.has(stream)) this.#tell('repeated-redirection', from, mark);
    current.streams.add(stream);
    let at = from + mark.length;
    const merge = this.#match(MERGE, at);
    if (merge !== '') return at + merge.length;
    const other = this.#match(OTHER_MERGE, at);
    if (other !== '') {
      this.#tell('missing-file', from, mark + other);
      return at + other.length;
    }
    while (this.#line[at] !== '\n' && isBlank(this.#line[at])) at += 1;
    if (at >= this.#line.length || `\n\`>${SEPARATORS.replace('(', '')}`.includes(this.#line[at] ?? '')) {
      this.#tell('missing-file', from, mark);
      return at;
    }
    const { word, end } = this.#scan(at, closing, current);
    current.command.targets.push({ ...word, parameter: null });
    return end;
  }

  #word(at: number, current: OpenCommand, closing: string | undefined): number {
    const { words } = current.command;
    const { word, end } = this.#scan(at, closing, current);
    if (end === at) return at + 1;
    word.isListed = current.mark?.raw === ',';
    current.mark = null;
    words.push(word);
    if (word.raw === '--') current.isOver = true;
    if (!words.every(({ raw }) => ASSIGNABLE.test(raw))) return end;
    const assignment = this.#match(ASSIGNMENT, end);
    // PowerShell runs only the right-hand side.
    if (assignment !== '') words.length = 0;
    return end + assignment.length;
  }

  #scan(from: number, closing: string | undefined, current: OpenCommand): { word: Word; end: number } {
    const flags = { isQuoted: false, isExpression: false, parameter: null, isListed: false };
    const word: Word = { at: from, raw: '', value: '', ...flags };
    const end = this.#parameter(word, current) ?? this.#argument(word, closing, current.command.words);
    word.raw = this.#line.slice(from, end);
    return { word, end };
  }

  #parameter(word: Word, { command: { words }, mark, isOver }: OpenCommand): number | undefined {
    if (words.length === 0 || isOver || mark?.raw === ',' || words.at(-1)?.parameter?.hasColon === true)
      return undefined;
    const [, dash = '', name = '', colon = ''] = this.#groups(PARAMETER, word.at);
    const end = word.at + dash.length + name.length + colon.length;
    // A quotation mark makes the word plain text.
    if (dash === '' || isQuote(this.#line[end])) return undefined;
    word.parameter = { dash, name, hasColon: colon !== '' };
    word.value = dash + name + colon;
    return end;
  }

  #groups(pattern: RegExp, at: number): readonly string[] {
    pattern.lastIndex = at;
    return pattern.exec(this.#line) ?? [];
  }

  #argument(word: Word, closing: string | undefined, before: readonly Word[]): number {
    const { at } = word;
    const letter = this.#line[at] ?? '';
    const isStart = before.every(({ raw }) => ASSIGNABLE.test(raw));
    if (this.#line.startsWith('--%', at)) return this.#verbatim(word);
    if (isQuote(letter)) return this.#members(this.#readQuoted(at, word), word);
    if (letter === '@' && isQuote(this.#line[at + 1])) return this.#hereString(word);
    if (letter in CLOSING) return this.#members(this.#bracket(at, word), word);
    if ('$@'.includes(letter) && (this.#line[at + 1] ?? '') in CLOSING && !this.#line.startsWith('${', at)) {
      word.value += letter;
      return this.#members(this.#bracket(at + 1, word), word);
    }
    if (letter === '[' && isStart) return this.#members(this.#type(at, word), word);
    const variable = this.#match(VARIABLE, at);
    if (variable === '') return this.#generic(at, word, closing);
    word.isExpression = true;
    word.value += variable;
    const end = this.#members(at + variable.length, word);
    return end > at + variable.length ? end : this.#generic(end, word, closing);
  }

  /** Reads the text after `--%`, which PowerShell passes on unchanged, up to a pipe or the end of the line. */
  #verbatim(word: Word): number {
    const length = this.#line.slice(word.at).search(/[|\n]/u);
    const end = length < 0 ? this.#line.length : word.at + length;
    word.value = this.#line.slice(word.at, end);
    return end;
  }

  #hereString(word: Word): number {
    const quote = this.#line[word.at + 1] ?? '';
    const end = this.#line.indexOf(`\n${quote}@`, word.at);
    if (end < 0) this.#tell('unbalanced-quote', word.at + 1, quote);
    word.isQuoted = true;
    word.isExpression = DOUBLE_QUOTES.includes(quote);
    word.value = this.#line.slice(word.at + 2, end < 0 ? undefined : end);
    return end < 0 ? this.#line.length : end + 3;
  }

  #bracket(open: number, word: Word): number {
    // Deeper brackets would exhaust the stack.
    if (this.#closings.length > DEEPEST) return open + 1;
    const end = this.read(open + 1, CLOSING[this.#line[open] ?? '']);
    word.isExpression = true;
    word.value += this.#line.slice(open, end);
    return end;
  }

  #type(open: number, word: Word): number {
    let depth = 0;
    let at = open;
    do {
      depth += this.#line[at] === '[' ? 1 : this.#line[at] === ']' ? -1 : 0;
      at += 1;
    } while (depth > 0 && at < this.#line.length);
    word.isExpression = true;
    word.value += this.#line.slice(open, at);
    return at;
  }

  #members(from: number, word: Word): number {
    const member = this.#match(MEMBER, from);
    const end = from + member.length;
    if (member === '' && this.#line[from] !== '[') return from;
    word.isExpression = true;
    word.value += member;
    if (member === '') return this.#members(this.#type(from, word), word);
    return this.#members(this.#line[end] === '(' ? this.#bracket(end, word) : end, word);
  }

  #generic(from: number, word: Word, closing: string | undefined): number {
    let at = from;
    while (at < this.#line.length) {
      const letter = this.#line[at] ?? '';
      if (isBlank(letter) || SEPARATORS.includes(letter) || letter === closing) break;
      if (letter === '<') {
        const placeholder = this.#placeholder(at, PLACEHOLDER);
        word.value += placeholder;
        at += placeholder.length;
      } else if (letter === '`') {
        if ('\r\n'.includes(this.#line[at + 1] ?? ' ')) break;
        if (at + 1 >= this.#line.length && at === word.at) this.#tell('missing-side', at, letter);
        word.value += this.#line[at + 1] ?? '';
        at += 2;
      } else if (isQuote(letter)) at = this.#readQuoted(at, word);
      else if (this.#line.startsWith('$(', at)) {
        word.value += letter;
        at = this.#bracket(at + 1, word);
      } else {
        const part = this.#match(VARIABLE, at) || letter;
        if (letter === '@' && at === word.at && !/[\p{L}_]/u.test(this.#line[at + 1] ?? ''))
          this.#tell('unexpected', at, letter);
        if (letter === '$') word.isExpression = true;
        word.value += part;
        at += part.length;
      }
    }
    return Math.min(at, this.#line.length);
  }

  #placeholder(at: number, pattern: RegExp): string {
    const raw = this.#match(pattern, at) || '<';
    if (raw !== '<') this.#tell('placeholder', at, raw);
    else if (pattern === PLACEHOLDER) this.#tell('input-redirection', at, raw);
    return raw;
  }

  #readQuoted(from: number, word: Word): number {
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
      if (letter === '$' && quotes === DOUBLE_QUOTES) {
        word.isExpression = true;
        if (this.#line[at + 1] === '(') {
          word.value += letter;
          at = this.#bracket(at + 1, word) - 1;
          continue;
        }
      }
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
    if (at >= this.#line.length) this.#tell('unbalanced-quote', from, opening);
    for (const place of typographic) this.#tell('typographic-quote', place, this.#line[place] ?? '');
    return Math.min(at + 1, this.#line.length);
  }
}

/** Returns whether a word is an expression or a number, and therefore not a command name. */
function isValue({ raw, isExpression }: Word): boolean {
  return isExpression || /^[-+]?\.?\d/u.test(raw);
}

function isQuote(letter: string | undefined): boolean {
  return letter !== undefined && (SINGLE_QUOTES.includes(letter) || DOUBLE_QUOTES.includes(letter));
}

function isBlank(letter: string | undefined): boolean {
  return letter !== undefined && /[\s\u00a0\u3000]/u.test(letter);
}
