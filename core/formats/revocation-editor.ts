import { ENTRY_FIELDS } from '../domain/revocation-draft.ts';
import type { DraftEntry, RevocationDraft } from '../domain/revocation-draft.ts';
import { fixedDraft } from '../domain/revocation-fix.ts';
import type { DraftFix } from '../domain/revocation-rule.ts';
import { readRevocationDrafts } from './revocation-draft-reader.ts';
import type { WrittenRevocation } from './revocation-draft-reader.ts';
import { entryLines, fieldText } from './revocation-writer.ts';
import type { YamlMap, YamlNode } from './yaml.ts';
import { yamlQuoted, yamlText } from './yaml-writer.ts';

/**
 * A text with one change of one of its objects, everything else kept byte for byte: comments, fields that nobody here knows,
 * other objects, line ends. `undefined` where the text is laid out so that it cannot be changed in place, as when an entry
 * is shared by an alias; what comes out is read again and compared before it is given back.
 */
export function editRevocation(text: string, object: number, fix: DraftFix): string | undefined {
  const before = readRevocationDrafts(text);
  const written = before.objects[object];
  if (written === undefined) return undefined;
  const edited = changed({ text, written }, fix);
  if (edited === undefined) return undefined;
  const after = readRevocationDrafts(edited);
  const expected = before.objects.map(({ draft }, at) =>
    at === object ? fixedDraft(draft, fix) : draft,
  );
  const isRight = sameDrafts(
    after.objects.map(({ draft }) => draft),
    expected,
  );
  const hasNewFault = after.findings.some(({ rule }) => rule === 'yaml.invalid');
  return isRight && !hasNewFault ? edited : undefined;
}

function sameDrafts(some: readonly RevocationDraft[], others: readonly RevocationDraft[]): boolean {
  const plain = (drafts: readonly RevocationDraft[]): string =>
    JSON.stringify(
      drafts.map(({ apiVersion, kind, name, namespace, description, entries }) => [
        ...[apiVersion, kind, name, namespace, description].map((value) => value ?? null),
        entries.map((entry) => ENTRY_FIELDS.map((field) => entry[field] ?? null)),
      ]),
    );
  return plain(some) === plain(others);
}

interface Editing {
  text: string;
  written: WrittenRevocation;
}

function changed(editing: Editing, fix: DraftFix): string | undefined {
  const { text, written } = editing;
  if (fix.kind === 'set-object') {
    const { field, value } = fix;
    const inner = field === 'description' ? written.spec : mapOf(written.map, 'metadata');
    const map = field === 'apiVersion' || field === 'kind' ? written.map : inner;
    return (
      map && withField(text, map, { field, value: yamlText(value), quoted: yamlQuoted(value) })
    );
  }
  const map = written.entries[fix.entryIndex];
  if (map === undefined) return undefined;
  switch (fix.kind) {
    case 'set': {
      const { field, value } = fix;
      const spelled = { field, value: fieldText(field, value), quoted: yamlQuoted(value) };
      return withField(text, map, spelled);
    }
    case 'unset':
      return withoutField(text, map, fix.field);
    case 'insert':
      return withEntries(editing, map, fix.entries);
    case 'remove':
      return withoutEntry(editing, map);
    case 'replace': {
      const longer = withEntries(editing, map, fix.entries);
      // What comes behind the entry has moved, the entry itself has not.
      return longer === undefined ? undefined : withoutEntry({ text: longer, written }, map);
    }
  }
}

function mapOf(map: YamlMap, field: string): YamlMap | undefined {
  const node = map.entries.get(field);
  return node?.kind === 'map' ? node : undefined;
}

// ---- Fields ------------------------------------------------------------------------------------------------------------

interface Spelled {
  field: string;
  /** As YAML in a block. */
  value: string;
  /** As JSON, and as YAML in braces. */
  quoted: string;
}

interface Pair {
  name: string;
  start: number;
  end: number;
  node: YamlNode;
}

/** In the order of the text. */
function pairsOf(text: string, map: YamlMap): Pair[] {
  return [...map.entries].map(([name, node]) => {
    const [start, keyEnd] = map.keys.get(name) ?? [0, 0];
    const colon = text.indexOf(':', keyEnd) + 1;
    return { name, start, end: Math.max(colon, node.range[1]), node };
  });
}

function withField(text: string, map: YamlMap, spelled: Spelled): string | undefined {
  const known = map.entries.get(spelled.field);
  if (known !== undefined) return withValue(text, map, known, spelled);
  const pairs = pairsOf(text, map);
  const before = pairs.filter(({ name }) => name < spelled.field).at(-1) ?? pairs[0];
  if (before === undefined) return undefined;
  if (map.flow) {
    const isJson = text[before.start] === '"';
    const key = isJson ? yamlQuoted(spelled.field) : spelled.field;
    return spliced(text, before.end, before.end, `, ${key}: ${spelled.quoted}`);
  }
  const line = `${' '.repeat(map.column - 1)}${spelled.field}: ${spelled.value}`;
  return withLines(text, before, [line]);
}

function withValue(
  text: string,
  map: YamlMap,
  node: YamlNode,
  { field, value, quoted }: Spelled,
): string | undefined {
  if (node.kind !== 'text') return undefined;
  const [start, end] = node.range;
  const isBlock = !node.plain && (text[start] === '|' || text[start] === '>');
  if (isBlock) return spliced(text, start, end, `${value}${lineEnd(text)}`);
  const written = map.flow ? quoted : value;
  if (start < end) return spliced(text, start, end, written);
  const colon = text.indexOf(':', map.keys.get(field)?.[1] ?? 0) + 1;
  return colon === 0 ? undefined : spliced(text, colon, colon, ` ${written}`);
}

function withoutField(text: string, map: YamlMap, field: string): string | undefined {
  const pairs = pairsOf(text, map);
  const at = pairs.findIndex(({ name }) => name === field);
  const pair = pairs[at];
  if (pair === undefined || pairs.length === 1) return undefined;
  const next = pairs[at + 1];
  if (map.flow) {
    const last = pairs[at - 1];
    if (last !== undefined) return spliced(text, last.end, pair.end, '');
    return next && spliced(text, pair.start, next.start, '');
  }
  const end = endOfLine(text, pair.end);
  const start = startOfLine(text, pair.start);
  if (text.slice(start, pair.start).trim() === '') return spliced(text, start, end, '');
  // The first field stands behind the dash of its entry: what comes on the next line takes its place.
  const blank = /^[ \t]*/u.exec(text.slice(end))?.[0].length ?? 0;
  return next === undefined ? undefined : spliced(text, pair.start, end + blank, '');
}

// ---- Entries -----------------------------------------------------------------------------------------------------------

function withEntries(
  { text, written }: Editing,
  map: YamlMap,
  entries: readonly DraftEntry[],
): string | undefined {
  if (written.list === undefined || entries.length === 0) return undefined;
  if (written.list.flow) {
    const added = entries.map((entry) => `, ${inBraces(entry)}`).join('');
    return spliced(text, map.range[1], map.range[1], added);
  }
  const indent = indentOfDash(text, map);
  const last = lastPair(text, map);
  if (indent === undefined || last === undefined) return undefined;
  return withLines(
    text,
    last,
    entries.flatMap((entry) => entryLines(entry, indent)),
  );
}

function inBraces(entry: DraftEntry): string {
  const fields = ENTRY_FIELDS.flatMap((field) => {
    const value = entry[field];
    return value === undefined ? [] : [`${yamlQuoted(field)}: ${yamlQuoted(value)}`];
  });
  return `{${fields.join(', ')}}`;
}

function withoutEntry({ text, written: { list } }: Editing, map: YamlMap): string | undefined {
  const at = list?.items.indexOf(map) ?? -1;
  if (list === undefined || at < 0) return undefined;
  if (list.flow) {
    const [last, next] = [list.items[at - 1], list.items[at + 1]];
    if (last !== undefined) return spliced(text, last.range[1], map.range[1], '');
    return next && spliced(text, map.range[0], next.range[0], '');
  }
  const last = lastPair(text, map);
  if (indentOfDash(text, map) === undefined || last === undefined) return undefined;
  return spliced(text, startOfLine(text, map.range[0]), endOfLine(text, last.end), '');
}

/** The blanks before the dash of an entry; `undefined` when something else stands there, or the dash on another line. */
function indentOfDash(text: string, { range: [start] }: YamlMap): string | undefined {
  const head = text.slice(startOfLine(text, start), start);
  return /^(?<indent> *)- +$/u.exec(head)?.groups?.indent;
}

/** The field that ends an entry, with all that is in it. */
function lastPair(text: string, map: YamlMap): Pick<Pair, 'end'> | undefined {
  return map.flow ? { end: map.range[1] } : pairsOf(text, map).at(-1);
}

// ---- Lines -------------------------------------------------------------------------------------------------------------

/** The text with lines behind the one in which something ends. */
function withLines(text: string, { end }: Pick<Pair, 'end'>, lines: readonly string[]): string {
  const at = endOfLine(text, end);
  const newLine = lineEnd(text);
  const isOpen = at > 0 && text[at - 1] !== '\n';
  const added = lines.map((line) => `${line}${newLine}`).join('');
  return spliced(text, at, at, isOpen ? `${newLine}${added}` : added);
}

function spliced(text: string, start: number, end: number, added: string): string {
  return text.slice(0, start) + added + text.slice(end);
}

function lineEnd(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Behind the line feed; a block of text ends there already. */
function endOfLine(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}
