import {
  Composer,
  LineCounter,
  Lexer,
  Parser,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Alias,
  type CST,
  type Document,
  type ParsedNode,
  type YAMLMap,
} from 'yaml';
import type { Finding } from '../../shared/finding.ts';

/** 1-based. */
interface Position {
  line: number;
  column: number;
}

/** YAML or JSON as written: every scalar is text, never a number, a date or a boolean. */
export type YamlNode = YamlText | YamlMap | YamlList;

/** Offsets in the text, without a trailing comment. */
type YamlRange = readonly [start: number, end: number];

interface Written extends Position {
  /** For an alias, the range of the aliased node. */
  range: YamlRange;
}

export interface YamlText extends Written {
  kind: 'text';
  text: string;
  /** Whether the text is neither quoted nor a block scalar; typed readers may give such text another type. */
  plain: boolean;
}

export interface YamlMap extends Written {
  kind: 'map';
  entries: ReadonlyMap<string, YamlNode>;
  keys: ReadonlyMap<string, YamlRange>;
  /** Written in braces. */
  flow: boolean;
}

export interface YamlList extends Written {
  kind: 'list';
  items: YamlNode[];
  /** Written in brackets. */
  flow: boolean;
}

/** A construct that typed readers such as kubectl interpret differently. */
interface ReadOtherwise extends Position {
  /** `<<` merges the fields of another mapping; a tag determines the type of a scalar. */
  what: 'merge' | 'tag';
}

export type YamlReading =
  { ok: true; root: YamlNode | undefined; otherwise?: readonly ReadOtherwise[] } | { ok: false; findings: Finding[] };

/**
 * Parsing text of this length takes about half a second. A kubeconfig of a hundred clusters is less than half as long.
 */
export const MAX_YAML_LENGTH = 1024 * 1024;
/** Deeper nesting would exhaust the parser's stack and end the process. A kubeconfig has five levels. */
const MAX_DEPTH = 64;
/** Limit on lexemes in the text. A kubeconfig of a hundred clusters has 10,000; texts with errors cost the most. */
const MAX_LEXEMES = 150_000;
/** Limit on nodes, including the nodes that aliases repeat. */
const MAX_NODES = 100_000;
const MAX_ERRORS = 10;

/**
 * Reads one YAML or JSON document. Refuses, with findings, text that is too long or too deeply nested, several
 * documents, duplicate keys, exploding aliases, and anything that is not YAML. Never throws.
 */
export function readYaml(text: string): YamlReading {
  const composed = composeYaml(text);
  if ('refusal' in composed) return composed.refusal;
  const { documents, lines } = composed;
  const [document, second] = documents;
  if (document === undefined) return { ok: true, root: undefined };
  if (second !== undefined) return fail('yaml.several-documents', {}, positionAt(lines, second.range[0]));
  return new TreeBuilder(lines, { nodes: MAX_NODES }).build(document);
}

/**
 * Reads every document separately, so that a malformed document does not hide the others. Limits apply to the whole
 * text; beyond a limit, the only reading is a refusal. Lines count from the start of the text.
 */
export function readYamlDocuments(text: string): YamlReading[] {
  const composed = composeYaml(text);
  if ('refusal' in composed) return [composed.refusal];
  const budget = { nodes: MAX_NODES };
  return composed.documents.map((document) => new TreeBuilder(composed.lines, budget).build(document));
}

type Composed = { refusal: YamlReading } | { documents: Document.Parsed[]; lines: LineCounter };

function composeYaml(text: string): Composed {
  if (text.length > MAX_YAML_LENGTH) {
    return { refusal: fail('yaml.too-large', { limitKiB: MAX_YAML_LENGTH / 1024 }) };
  }
  const lines = new LineCounter();
  const parser = new Parser(lines.addNewLine);
  const { stack } = parser as unknown as { stack: readonly CST.Token[] };
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    lexemes += 1;
    // A stack overflow inside a regular expression ends the process without an exception.
    if (stack.length > 2 * MAX_DEPTH)
      return { refusal: fail('yaml.too-deep', { limit: MAX_DEPTH }, positionAt(lines, parser.offset)) };
    if (lexemes > MAX_LEXEMES)
      return { refusal: fail('yaml.too-complex', { limit: MAX_LEXEMES }, positionAt(lines, parser.offset)) };
  }
  for (const token of parser.end()) tokens.push(token);
  // TreeBuilder finds duplicate keys, because the library would compare each key with every other.
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, customTags: [] });
  return { documents: [...composer.compose(tokens, false, text.length)], lines };
}

interface Budget {
  nodes: number;
}

function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function fail(rule: string, params: Record<string, string | number>, place: Partial<Position> = {}): YamlReading {
  return { ok: false, findings: [{ rule, severity: 'error', place, params }] };
}

const ERROR = { severity: 'error' } as const;

/** An empty value, which the library does not represent by a node. */
const NOTHING: YamlText = { kind: 'text', text: '', plain: true, line: 1, column: 1, range: [0, 0] };

class TooManyNodes extends Error {}

/** Source: YAML 1.1, “Merge Key Language-Independent Type”. */
export const MERGE_KEY = '<<';
/** Tags that only confirm the type that every reader assumes. */
const PLAIN_TAGS: ReadonlySet<string | undefined> = new Set([
  undefined,
  '!',
  'tag:yaml.org,2002:str',
  'tag:yaml.org,2002:map',
  'tag:yaml.org,2002:seq',
]);

class TreeBuilder {
  readonly #lines: LineCounter;
  readonly #anchors = new Map<string, ParsedNode>();
  readonly #open = new Set<ParsedNode>();
  readonly #errors: Finding[] = [];
  readonly #otherwise: ReadOtherwise[] = [];
  readonly #budget: Budget;

  constructor(lines: LineCounter, budget: Budget) {
    this.#lines = lines;
    this.#budget = budget;
  }

  build(document: Document.Parsed): YamlReading {
    // Further errors follow from the first, especially in text that was never YAML. The parser's messages are dropped,
    // since they quote the text, which may be secret.
    const [error] = document.errors;
    if (error !== undefined) return fail('yaml.invalid', { code: error.code }, positionAt(this.#lines, error.pos[0]));
    const { contents } = document;
    if (contents === null) return { ok: true, root: undefined };
    try {
      const root = this.#node(contents, 0);
      const findings = this.#errors.slice(0, MAX_ERRORS);
      if (findings.length > 0) return { ok: false, findings };
      return { ok: true, root, otherwise: this.#otherwise.slice(0, MAX_ERRORS) };
    } catch (error) {
      if (!(error instanceof TooManyNodes)) throw error;
      return fail('yaml.alias-bomb', { limit: MAX_NODES });
    }
  }

  #node(node: ParsedNode | null, depth: number): YamlNode {
    this.#budget.nodes -= 1;
    if (this.#budget.nodes < 0 || depth > 4 * MAX_DEPTH) throw new TooManyNodes();
    if (node === null) return NOTHING;
    if (isAlias(node)) return this.#alias(node, depth);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    const [start, end] = node.range;
    const written: Written = { ...positionAt(this.#lines, start), range: [start, end] };
    if (!PLAIN_TAGS.has(node.tag)) this.#tellOtherwise('tag', written);
    if (isMap(node)) return { kind: 'map', flow: node.flow === true, ...this.#entries(node, depth), ...written };
    if (isSeq(node)) {
      const items = node.items.map((item) => this.#node(item as ParsedNode | null, depth + 1));
      return { kind: 'list', flow: node.flow === true, items, ...written };
    }
    if (!isScalar(node)) return { kind: 'text', text: '', plain: true, ...written };
    const plain = node.type === 'PLAIN' || node.type === undefined;
    // `source` is the text as written; an explicit tag such as !!binary may have turned `value` into bytes.
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    return { kind: 'text', text, plain, ...written };
  }

  #tellOtherwise(what: ReadOtherwise['what'], { line, column }: Position): void {
    this.#otherwise.push({ what, line, column });
  }

  #alias({ source, range }: Alias.Parsed, depth: number): YamlNode {
    const target = this.#anchors.get(source);
    if (target === undefined) {
      const place = positionAt(this.#lines, range[0]);
      this.#errors.push({ ...ERROR, rule: 'yaml.invalid', place, params: { code: 'BAD_ALIAS' } });
      return this.#node(null, depth);
    }
    if (this.#open.has(target)) throw new TooManyNodes();
    this.#open.add(target);
    const node = this.#node(target, depth + 1);
    this.#open.delete(target);
    return node;
  }

  #entries(map: YAMLMap, depth: number): Pick<YamlMap, 'entries' | 'keys'> {
    const entries = new Map<string, YamlNode>();
    const keys = new Map<string, YamlRange>();
    for (const pair of map.items) {
      const key = pair.key as ParsedNode | null;
      const name = this.#node(key, depth + 1);
      if (name.kind !== 'text') continue;
      if (name.text === MERGE_KEY && name.plain) this.#tellOtherwise('merge', name);
      if (entries.has(name.text)) {
        this.#errors.push({ ...ERROR, rule: 'yaml.duplicate-key', place: { line: name.line, column: name.column } });
      }
      entries.set(name.text, this.#node((pair.value ?? null) as ParsedNode | null, depth + 1));
      keys.set(name.text, name.range);
    }
    return { entries, keys };
  }
}

export const NULLS = ['', '~', 'null'];

export function isNull(node: YamlNode): boolean {
  return node.kind === 'text' && node.plain && NULLS.includes(node.text);
}

/** Matches text that typed readers of YAML 1.1 or 1.2 take for a number, a boolean or null. */
const NOT_TEXT =
  /^(?:~|null|true|false|yes|no|on|off|[-+]?(?:0x[0-9a-f_]+|0[ob]?[0-7_]+|[0-9][0-9_]*)|[-+]?[0-9_]*\.?[0-9_]+(?:e[-+]?[0-9]+)?|[-+]?[0-9]+\.|[-+]?\.(?:inf|nan)|\d{4}-\d{2}-\d{2})$/iu;

/** Whether other readers give the text another type: they read `name: 012` as 10 or 12, this reader as "012". */
export function readsAsOtherType({ plain, text }: Pick<YamlText, 'plain' | 'text'>): boolean {
  return plain && NOT_TEXT.test(text);
}
