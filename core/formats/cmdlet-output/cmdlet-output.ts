import type { Finding } from '../../shared/finding.ts';
import { promptLine, type TypedCommand } from './command.ts';
import { isFieldLine, fieldsOfList, makeRecords, type ListBlock } from './list.ts';
import { columnCount, isBelowLater, isRule, tableText } from './table.ts';
import { isList, readPrintedValue, formatValue, readJsonValue, type OutputValue } from './value.ts';
import { jsonEnd } from '../text/json-end.ts';
import { parseJson } from '../text/json-object.ts';

/**
 * Reads cmdlet output as an admin pastes it: one cmdlet, or a session with prompts, printed as tables, lists, JSON or
 * plain lines at any console width. An unreadable part never hides the others.
 */

export interface OutputField {
  /** Property names are case-insensitive. */
  name: string;
  value: OutputValue;
  /** Whether the name or the value was truncated for lack of room. */
  cut: boolean;
}

export interface OutputRecord {
  /** 1-based. */
  line: number;
  fields: readonly OutputField[];
}

export type CmdletOutput = {
  line: number;
  /** Absent if no prompt precedes the output. */
  command?: TypedCommand;
} & (
  | { shape: 'table' | 'list' | 'json'; records: readonly OutputRecord[] }
  /** Text without property names; empty if the command printed nothing. */
  | { shape: 'lines'; lines: readonly { line: number; text: string }[] }
  /** The command failed. Its message may contain anything, so it is dropped. */
  | { shape: 'error' }
);

export const CMDLET_OUTPUT_RULES = [
  'cmdlet-output.bad-json',
  'cmdlet-output.no-header',
  'cmdlet-output.broken-table',
  'cmdlet-output.columns-overlap',
  'cmdlet-output.too-many-columns',
] as const;
type Rule = (typeof CMDLET_OUTPUT_RULES)[number];

interface ReadOutputs {
  outputs: CmdletOutput[];
  findings: Finding[];
}

/** More than three times the columns of any documented output. */
const MOST_COLUMNS = 60;
/** Each header line shows at least one letter of a name, and no name has more letters than this. */
const MOST_HEAD_LINES = 40;
/** Limit in lines. A transcript's header lies between two lines of asterisks. */
const LONGEST_TRANSCRIPT_HEAD = 40;

/** Takes time linear in the length of the text. */
export function readCmdletOutput(text: string): ReadOutputs {
  return new OutputReader(text).read();
}

/** Finds a field regardless of case. A truncated field name matches only if no other truncated name would. */
export function findField({ fields }: OutputRecord, name: string): OutputField | undefined {
  const wanted = name.toLowerCase();
  const named = fields.find((field) => field.name.toLowerCase() === wanted);
  if (named !== undefined) return named;
  const begun = fields.filter((field) => {
    const [start = ''] = field.name.toLowerCase().split(/\.\.\.$|…$/u);
    return start !== field.name.toLowerCase() && start !== '' && wanted.startsWith(start);
  });
  return begun.length === 1 ? begun[0] : undefined;
}

/** Joins list items with commas; `undefined` if the field is missing, truncated or empty. */
export function formatFieldText(record: OutputRecord, name: string): string | undefined {
  const field = findField(record, name);
  if (field === undefined || isCutValue(field)) return undefined;
  const text = formatValue(field.value);
  return text === '' ? undefined : text;
}

function isCutValue({ value, cut }: OutputField): boolean {
  return cut && typeof value === 'string' && /(?:\.\.\.|…)\}?$/u.test(value);
}

class OutputReader {
  readonly #lines: string[];
  /** Lines with their trailing blanks, which show where the console broke a value. */
  readonly #wholeLines: readonly string[];
  readonly #outputs: CmdletOutput[] = [];
  readonly #findings: Finding[] = [];
  /** Last lines of errors, keyed by first line. */
  readonly #errors: ReadonlyMap<number, number>;
  #at = 0;
  #command: TypedCommand | undefined;
  /** Length of `#outputs` when the current command began. */
  #before = 0;
  /** Number of lines that may still be searched for the ends of unterminated documents. */
  #patience: number;

  constructor(text: string) {
    this.#wholeLines = listLines(text);
    this.#lines = this.#wholeLines.map((line) => line.trimEnd());
    this.#errors = listErrors(this.#lines);
    this.#patience = 4 * this.#lines.length;
  }

  read(): ReadOutputs {
    while (this.#at < this.#lines.length) this.#step();
    return { outputs: this.#outputs, findings: this.#findings };
  }

  #step(): void {
    const line = this.#line(this.#at);
    const errorEnd = this.#errors.get(this.#at);
    const head = transcriptHead(this.#lines, this.#at);
    const prompt = promptLine(line, this.#at + 1);
    if (line.trim() === '' || isDecoration(line)) this.#at += 1;
    else if (errorEnd !== undefined) {
      this.#push({ line: this.#at + 1, shape: 'error' });
      this.#at = errorEnd + 1;
    } else if (head !== undefined) this.#at = head + 1;
    else if (prompt !== undefined) {
      if (prompt.kind === 'prompt') this.#beginCommand(prompt.command);
      this.#at += 1;
    } else if (/^\s*[[{]/u.test(line)) this.#json();
    else if (isRule(line)) {
      this.#find('cmdlet-output.no-header', this.#at);
      this.#at = this.#blockEnd();
    } else if (this.#headLines() > 0 || this.#countRules() > 1) this.#table();
    else if (isFieldLine(line)) this.#list();
    else this.#plain();
  }

  #line(at: number): string {
    return this.#lines[at] ?? '';
  }

  /** Begins a command. A previous command without output is recorded as having printed nothing. */
  #beginCommand(command: TypedCommand | undefined): void {
    if (this.#command !== undefined && this.#outputs.length === this.#before)
      this.#push({ line: this.#command.line, shape: 'lines', lines: [] });
    this.#command = command;
    this.#before = this.#outputs.length;
  }

  #push(output: CmdletOutput): void {
    const command = this.#command;
    this.#outputs.push(command === undefined ? output : { ...output, command });
  }

  #find(rule: Rule, at: number): void {
    this.#findings.push({ rule, severity: 'warning', place: { line: at + 1 } });
  }

  #blockEnd(): number {
    let end = this.#at + 1;
    while (end < this.#lines.length && !this.#endsBlock(end)) end += 1;
    return end;
  }

  #endsBlock(at: number): boolean {
    const line = this.#line(at);
    return (
      line.trim() === '' ||
      isDecoration(line) ||
      isStars(line) ||
      this.#errors.has(at) ||
      promptLine(line, at) !== undefined
    );
  }

  #json(): void {
    const from = this.#at;
    const end = jsonEnd(this.#lines, from, this.#patience);
    if (end === undefined) this.#patience -= Math.min(this.#patience, this.#lines.length - from);
    const document = end && parseJson(this.#lines.slice(from, end.line + 1).join('\n'));
    // Skips only lines that certainly belong to the document: the rest may be readable.
    this.#at = end === undefined ? this.#blockEnd() : end.line + 1;
    if (end === undefined || document === undefined) return this.#find('cmdlet-output.bad-json', from);
    const values = listValues(document);
    const records = values.flatMap((value, index) =>
      typeof value === 'object' && value !== null ? [jsonRecord(value, from + 1 + (end.entries[index] ?? 0))] : [],
    );
    const lines = values.flatMap((value) =>
      typeof value === 'string' ? [{ line: from + 1, text: value.trim() }] : [],
    );
    if (records.length > 0 || values.length === 0) this.#push({ line: from + 1, shape: 'json', records });
    if (lines.length > 0) this.#push({ line: from + 1, shape: 'lines', lines });
  }

  /** Counts the lines of names above one line of hyphens; 0 if no table begins so at the current line. */
  #headLines(): number {
    let end = this.#at + 1;
    while (end < this.#at + MOST_HEAD_LINES && /^\s{8}/u.test(this.#line(end)) && !isRule(this.#line(end))) end += 1;
    const rule = this.#line(end);
    if (!isRule(rule)) return 0;
    const more = this.#lines.slice(this.#at + 1, end);
    return more.every((line) => isBelowLater(line, rule)) ? end - this.#at : 0;
  }

  /** Counts the lines of hyphens below the header at the current line; 0 if there is no header. */
  #countRules(): number {
    const isHead = (line: string): boolean => line.trim() !== '' && !isRule(line);
    const count = [2, 3, 4].find((rules) => {
      const lines = this.#lines.slice(this.#at, this.#at + 2 * rules);
      return lines.length === 2 * rules && lines.every((line, index) => (index < rules ? isHead(line) : isRule(line)));
    });
    return count ?? 0;
  }

  #table(): void {
    const from = this.#at;
    const broken = this.#countRules();
    const [rules, names] = broken > 1 ? [broken, 1] : [1, this.#headLines()];
    this.#at = this.#blockEnd();
    if (columnCount(this.#line(from + Math.max(rules, names))) > MOST_COLUMNS) {
      return this.#find('cmdlet-output.too-many-columns', from);
    }
    const table = tableText({ from: from + 1, texts: this.#lines.slice(from, this.#at) }, { rules, names });
    if (table === undefined) return this.#find('cmdlet-output.broken-table', from);
    if (table.overlaps) this.#find('cmdlet-output.columns-overlap', from);
    this.#push({
      line: from + 1,
      shape: 'table',
      records: table.rows.map(({ line, cells }) => ({
        line,
        fields: table.names.map((name, index) => fieldFor(name, cells[index] ?? '')),
      })),
    });
  }

  #list(): void {
    const from = this.#at;
    const blocks: ListBlock[] = [];
    for (;;) {
      const end = this.#blockEnd();
      blocks.push({ line: this.#at + 1, fields: fieldsOfList(this.#wholeLines.slice(this.#at, end)) });
      this.#at = end;
      let next = end;
      while (next < this.#lines.length && this.#line(next).trim() === '') next += 1;
      const goesOn = next > end && next < this.#lines.length && !this.#endsBlock(next) && this.#startsList(next);
      if (!goesOn) break;
      this.#at = next;
    }
    this.#push({ line: from + 1, shape: 'list', records: makeRecords(blocks, fieldFor) });
  }

  #startsList(at: number): boolean {
    return isFieldLine(this.#line(at)) && !isRule(this.#line(at + 1));
  }

  #plain(): void {
    const from = this.#at;
    const lines: { line: number; text: string }[] = [];
    do {
      lines.push({ line: this.#at + 1, text: this.#line(this.#at).trim() });
      this.#at += 1;
    } while (
      this.#at < this.#lines.length &&
      !this.#endsBlock(this.#at) &&
      !isRule(this.#line(this.#at + 1)) &&
      !isFieldLine(this.#line(this.#at))
    );
    this.#push({ line: from + 1, shape: 'lines', lines });
  }
}

/** Splits text at any line ending and removes tabs, colours, byte order marks and unusual spaces. */
function listLines(text: string): string[] {
  return text
    .replaceAll(/\u001B\[[0-9;]{0,20}m|[\uFEFF\u0000]/gu, '')
    .replaceAll('\u00A0', ' ')
    .split(/\r\r?\n|\n|\r/u)
    .map(expandTabs);
}

const TAB = 8;

function expandTabs(line: string): string {
  if (!line.includes('\t')) return line;
  let whole = '';
  for (const [index, part] of line.split('\t').entries()) {
    if (index > 0) whole += ' '.repeat(TAB - (whole.length % TAB));
    whole += part;
  }
  return whole;
}

/** Whether a line is markup around code on a web page, or one of the lines that PowerShell prints around output. */
function isDecoration(line: string): boolean {
  return /^\s*(?:```|~~~)|^(?:WARNING|VERBOSE|DEBUG|警告|詳細|デバッグ)\s?[:：]/u.test(line);
}

function transcriptHead(lines: readonly string[], at: number): number | undefined {
  if (!isStars(lines[at])) return undefined;
  for (let end = at + 1; end <= at + LONGEST_TRANSCRIPT_HEAD && end < lines.length; end += 1)
    if (isStars(lines[end])) return end;
  return at;
}

function isStars(line: string | undefined): boolean {
  return line !== undefined && /^\*{10,}$/u.test(line.trim());
}

const ERROR_START = /^\s*(?:Error:|error:|Error from server|Unable to connect to the server)/u;
const CATEGORY = /^\s*\+ CategoryInfo\s*:/u;
/** First line of an error: the cmdlet and the message, or the message alone. */
const ERROR_HEAD = /^\S+ : /u;
/** More lines than any message has; limits the search for the start of an error. */
const LONGEST_ERROR = 60;

function listErrors(lines: readonly string[]): Map<number, number> {
  const errors = new Map<number, number>();
  let free = 0;
  lines.forEach((line, at) => {
    if (at < free) return;
    if (CATEGORY.test(line)) {
      let from = at;
      while (from > free && at - from < LONGEST_ERROR && isErrorText(lines, from - 1)) {
        from -= 1;
        if (ERROR_HEAD.test(lines[from] ?? '')) break;
      }
      let to = at;
      while (to + 1 < lines.length && /^\s*\+|^\s{4,}\S/u.test(lines[to + 1] ?? '')) to += 1;
      errors.set(from, to);
      free = to + 1;
    } else if (ERROR_START.test(line)) errors.set(at, at);
  });
  return errors;
}

function isErrorText(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  return line.trim() !== '' && promptLine(line, at) === undefined;
}

function fieldFor(name: string, text: string): OutputField {
  const { value, cut } = readPrintedValue(text);
  return { name, value, cut: cut || /(?:\.\.\.|…)$/u.test(name) };
}

/** Lists array elements. Windows PowerShell 5.1 writes a piped array as `{"value": [...], "Count": 2}`. */
function listValues(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null && 'value' in value && 'Count' in value)
    return Array.isArray(value.value) ? value.value : [value];
  return [value];
}

function jsonRecord(value: object, line: number): OutputRecord {
  const whole = readJsonValue(value);
  const fields = typeof whole === 'object' && !isList(whole) ? Object.entries(whole) : [];
  return { line, fields: fields.map(([name, each]) => ({ name, value: each, cut: false })) };
}
