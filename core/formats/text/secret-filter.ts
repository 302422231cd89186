import { PrintedSecrets } from './printed-secrets.ts';
import { SecretSettings } from './secret-settings.ts';
import { KEY_LABEL, secretLineIn, stripEscapes } from './secrets-in-text.ts';

/** Not translated, because it becomes part of program output. */
export const SECRET_REMOVED = '[secret removed]';
const LINE_CUT = ' [line cut]';

const LONGEST_LINE = 64 * 1024;
/**
 * Limit on Base64 lines held back until the filter can classify them. An RSA 16384 key has 190 lines, less than half.
 */
const MOST_HELD_LINES = 512;

const KEY_END = /-{4,5} ?END [A-Z0-9 ]{0,40}PRIVATE KEY/iu;
/**
 * Matches a piece of a long word broken over lines: Base64 of either alphabet, hexadecimal digits and the dots of
 * tokens.
 */
const PART_LINE = /^[A-Za-z0-9+/_=.-]{1,4096}$/u;
const SHORTEST_PART = 16;
/** Matches the data of a Secret, which may precede the line with its kind. */
const DATA_FIELD = /^(\s{0,400})["']?(?:data|stringData|binaryData)["']?\s{0,8}:/u;
const INDENT = /^\s{0,400}/u;

/**
 * Matches a prompt for a secret, kept because it shows why a program waited. The text after it may be a typed secret.
 */
const PROMPT = /^[ \t]{0,16}(?:[A-Za-z]{1,12} ){0,3}(?:password|passphrase): /iu;

type Inside =
  | { kind: 'nothing' }
  | { kind: 'key' }
  /** The rest of a secret, which a narrow window may have wrapped. */
  | { kind: 'word' }
  | { kind: 'data'; indent: number }
  /** Inside a secret setting, which has already been replaced. */
  | { kind: 'setting' };

/**
 * Removes secrets line by line from text that arrives in chunks: private keys, tokens, passwords in their fields, and
 * everything below `data`. Holds back incomplete lines, and Base64 lines until they can be classified, so memory use
 * does not depend on the length of the text.
 */
export class SecretFilter {
  #line = '';
  #isCut = false;
  #held: string[] = [];
  #inside: Inside;
  readonly #settings = new SecretSettings();
  readonly #printed = new PrintedSecrets();
  #removed = 0;

  /** `in-the-middle`: earlier lines, which determine the meaning of the first ones, may be missing. */
  constructor(begins: 'at-once' | 'in-the-middle' = 'at-once') {
    this.#inside = begins === 'at-once' ? { kind: 'nothing' } : { kind: 'data', indent: 0 };
  }

  get removalCount(): number {
    return this.#removed;
  }

  take(text: string): string {
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    let out = '';
    for (const line of lines) {
      this.#grow(line);
      out += this.#endLine('\n');
    }
    this.#grow(last);
    return out;
  }

  end(): string {
    const last = this.#line === '' ? '' : this.#endLine('');
    return last + this.#letGo();
  }

  #grow(part: string): void {
    const room = LONGEST_LINE - this.#line.length;
    this.#line += part.slice(0, room);
    if (part.length > room) this.#isCut = true;
  }

  #endLine(end: string): string {
    const line = this.#isCut ? this.#line + LINE_CUT : this.#line;
    const isCut = this.#isCut;
    this.#line = '';
    this.#isCut = false;
    return this.#judge(line, end, isCut);
  }

  #judge(line: string, end: string, isCut: boolean): string {
    const text = line.trim();
    const before = this.#inside;
    // `#settings` and `#printed` keep state between lines, so each needs every line.
    const plain = stripEscapes(line);
    const isSetting = this.#settings.isSecret(plain);
    const isPrinted = this.#printed.isSecret(plain);
    if (before.kind === 'key') {
      if (KEY_END.test(text)) this.#inside = { kind: 'nothing' };
      return '';
    }
    const isPart = PART_LINE.test(text);
    if (before.kind === 'data') {
      const indent = (INDENT.exec(line)?.[0] ?? '').length;
      if (text === '' || indent > before.indent || (isPart && text.length >= SHORTEST_PART)) return '';
      if (KEY_END.test(text)) return '';
    }
    const prompt = PROMPT.exec(line)?.[0] ?? '';
    // Also covers the lines after an object's data, and text whose beginning is missing.
    if (isPrinted && !isSetting && secretLineIn(line) === undefined) {
      this.#inside = { kind: 'word' };
      return this.#letGo() + prompt + this.#mark(end);
    }
    if ((before.kind === 'word' || before.kind === 'setting') && isPart) return '';
    if (isSetting) {
      this.#inside = { kind: 'setting' };
      return before.kind === 'setting' ? '' : this.#letGo() + this.#mark(end);
    }
    this.#inside = { kind: 'nothing' };
    if (isPart && (this.#held.length > 0 || text.length >= SHORTEST_PART)) {
      this.#held.push(line + end);
      return this.#held.length > MOST_HELD_LINES ? this.#letGo() : '';
    }
    const held = this.#letGo();
    const data = DATA_FIELD.exec(line);
    if (data !== null && !/:\s*["'[]?\w/u.test(line.slice(data[0].length - 1)))
      this.#inside = { kind: 'data', indent: data[1]?.length ?? 0 };
    if (secretLineIn(line) === undefined) {
      if (this.#inside.kind !== 'data') return held + line + end;
      return `${held}${line}${end}${' '.repeat(this.#inside.indent + 2)}${this.#mark(end)}`;
    }
    const isKey = KEY_LABEL.test(line) && !KEY_END.test(line);
    this.#inside = isKey ? { kind: 'key' } : isCut ? { kind: 'nothing' } : { kind: 'word' };
    return held + prompt + this.#mark(end);
  }

  #mark(end: string): string {
    this.#removed += 1;
    return SECRET_REMOVED + end;
  }

  /** Releases the held Base64 lines, or replaces them with a mark if together they form a secret. */
  #letGo(): string {
    const lines = this.#held;
    this.#held = [];
    if (lines.length === 0) return '';
    const isMany = lines.length > MOST_HELD_LINES;
    if (!(isMany && isLongBase64(lines)) && secretLineIn(lines.join('')) === undefined) {
      // A key may begin in the last lines.
      if (isMany) this.#held = lines.splice(MOST_HELD_LINES / 2);
      return lines.join('');
    }
    // The text is a secret or longer than any key, so the next lines belong to it.
    this.#inside = { kind: 'word' };
    return this.#mark('\n');
  }
}

/** Whether the lines form one Base64 text: all kinds of characters occur, and most lines have the same width. */
function isLongBase64(lines: readonly string[]): boolean {
  const text = lines.join('');
  const isMixed = [/[A-Z]/u, /[a-z]/u, /\d/u].every((kind) => kind.test(text));
  const width = lines[lines.length >> 1]?.length;
  return isMixed && lines.filter(({ length }) => length === width).length > lines.length / 2;
}
