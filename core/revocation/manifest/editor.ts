import { ENTRY_FIELDS, type DraftEntry, type RevocationDraft } from '../../shared/renew-revocation/draft.ts';
import { draftWithDefaults, changeDraft } from '../model/fix.ts';
import type { DraftChange } from '../model/view.ts';
import { cutName } from '../../formats/yaml/fields.ts';
import {
  readRevocationDrafts,
  type WrittenRevocation,
  type WrittenRevocations,
} from '../../formats/renew-revocation/draft-reader.ts';
import { entryLines, fieldText, writeDraft } from './writer.ts';
import { isNull, readYamlDocuments, type YamlMap, type YamlNode } from '../../formats/yaml/yaml.ts';
import { yamlQuoted, yamlText } from '../../formats/yaml/yaml-writer.ts';

/**
 * Changes or adds an object and keeps every other byte, such as comments, unknown fields, other objects and line
 * breaks. Returns `undefined` if the layout makes that impossible, for instance if an alias shares an entry. The result
 * is verified by parsing it again.
 */
export function editRevocation(text: string, object: number, change: DraftChange): string | undefined {
  const before = readRevocationDrafts(text);
  const drafts = before.objects.map(({ draft }) => draft);
  if (change.kind === 'begin') {
    const expected = [...drafts, draftWithDefaults(change.draft)];
    return appendObject(text, change.draft).find((edited) => isAsAsked(edited, expected, before));
  }
  const written = before.objects[object];
  const edited = written && changeObject({ text, written }, change);
  const expected = drafts.map((draft, at) => (at === object ? changeDraft(draft, change) : draft));
  return edited !== undefined && isAsAsked(edited, expected, before) ? edited : undefined;
}

function isAsAsked(edited: string, expected: readonly RevocationDraft[], before: WrittenRevocations): boolean {
  const after = readRevocationDrafts(edited);
  const drafts = after.objects.map(({ draft }) => draft);
  return sameDrafts(drafts, expected) && countBroken(after) <= countBroken(before);
}

function countBroken({ findings }: WrittenRevocations): number {
  return findings.filter(({ rule }) => rule === 'yaml.invalid').length;
}

function sameDrafts(some: readonly RevocationDraft[], others: readonly RevocationDraft[]): boolean {
  const plain = (drafts: readonly RevocationDraft[]): string =>
    JSON.stringify(
      drafts.map(({ apiVersion, kind, name, namespace, description, entries }) => [
        ...[apiVersion, kind, name, namespace].map(normalizeName),
        description || null,
        entries.map((entry) =>
          ENTRY_FIELDS.map((field) => (field === 'kind' ? normalizeName(entry.kind) : entry[field] || null)),
        ),
      ]),
    );
  return plain(some) === plain(others);
}

/** Normalizes a name like the parser: `null` if empty, shortened if too long. */
function normalizeName(name: string | undefined): string | null {
  return name === undefined || name === '' ? null : cutName(name);
}

interface Editing {
  text: string;
  written: WrittenRevocation;
}

function changeObject(editing: Editing, change: Exclude<DraftChange, { kind: 'begin' }>): string | undefined {
  const { text, written } = editing;
  if (change.kind === 'set-object') return setObjectField(editing, change);
  if (change.kind === 'append') return appendEntries(editing, change.entries);
  const map = written.entries[change.entryIndex];
  if (map === undefined) return undefined;
  switch (change.kind) {
    case 'set': {
      const { field, value } = change;
      const spelled = { field, value: fieldText(field, value), lines: [], quoted: yamlQuoted(value) };
      return setField(text, map, spelled);
    }
    case 'unset':
      return removeField(text, map, change.field);
    case 'insert':
      return insertEntries(editing, map, change.entries);
    case 'remove':
      return removeEntry(editing, map);
    case 'replace': {
      const longer = insertEntries(editing, map, change.entries);
      // The new entries follow the replaced one, whose position has not changed.
      return longer === undefined ? undefined : removeEntry({ text: longer, written }, map);
    }
  }
}

const JSON_TEXT = /^[\s\ufeff]*[[{]/u;
const OPEN_END = /(?:^|\n)---[ \t]*\r?\n\s*$/u;

/** Returns the text with the object appended, in each possible form, best first. */
function appendObject(text: string, draft: RevocationDraft): string[] {
  const newLine = lineEnd(text);
  const object = writeDraft(draft).replaceAll('\n', newLine);
  if (text.trim() === '') return [object];
  // Programs that read concatenated JSON would fail at a YAML document.
  if (JSON_TEXT.test(text)) return [];
  const whole = /[\r\n]$/u.test(text) ? text : `${text}${newLine}`;
  const separate = `${whole}---${newLine}${object}`;
  return OPEN_END.test(text) || isBare(text) ? [`${whole}${object}`, separate] : [separate];
}

function isBare(text: string): boolean {
  return readYamlDocuments(text).every(
    (reading) => reading.ok && (reading.root === undefined || (reading.root.kind === 'text' && isNull(reading.root))),
  );
}

/** Returns whether an empty flow mapping must be rewritten as a block, like the mapping around it. */
function isToBeMade(inner: YamlMap, outer: YamlMap): boolean {
  return inner.flow && inner.entries.size === 0 && !outer.flow;
}

function setObjectField(
  { text, written: { map } }: Editing,
  { field, value }: Extract<DraftChange, { kind: 'set-object' }>,
): string | undefined {
  const spelled = { field, value: yamlText(value), lines: [], quoted: yamlQuoted(value) };
  if (field === 'apiVersion' || field === 'kind') return setField(text, map, spelled);
  const outer = field === 'description' ? 'spec' : 'metadata';
  const inner = readMapField(map, outer);
  if (inner === undefined || isToBeMade(inner, map))
    return setField(text, map, {
      field: outer,
      value: '',
      lines: [`  ${field}: ${yamlText(value)}`],
      quoted: `{${yamlQuoted(field)}: ${yamlQuoted(value)}}`,
    });
  // An empty description is removed. An empty name stays, for the admin to fill in.
  const emptied = field === 'description' && value === '' && removeField(text, inner, field);
  return emptied === false || emptied === undefined ? setField(text, inner, spelled) : emptied;
}

function readMapField(map: YamlMap, field: string): YamlMap | undefined {
  const node = map.entries.get(field);
  return node?.kind === 'map' ? node : undefined;
}

interface Spelled {
  field: string;
  /** Block YAML on the line of the field; empty if the value is in `lines`. */
  value: string;
  /** Lines below the field, indented relative to it. */
  lines: readonly string[];
  /** The value as JSON, which is also flow YAML. */
  quoted: string;
}

interface Pair {
  name: string;
  start: number;
  end: number;
  node: YamlNode;
}

function listPairs(text: string, map: YamlMap): Pair[] {
  return [...map.entries].map(([name, node]) => {
    const [start, keyEnd] = map.keys.get(name) ?? [0, 0];
    const colon = text.indexOf(':', keyEnd) + 1;
    return { name, start, end: Math.max(colon, node.range[1]), node };
  });
}

function setField(text: string, map: YamlMap, spelled: Spelled): string | undefined {
  const known = map.entries.get(spelled.field);
  if (known !== undefined) return replaceValue(text, map, known, spelled);
  const pairs = listPairs(text, map);
  const before = pairs.filter(({ name }) => name < spelled.field).at(-1) ?? pairs[0];
  if (map.flow) {
    const inside = map.range[0] + 1;
    if (before === undefined) return splice(text, inside, inside, `${yamlQuoted(spelled.field)}: ${spelled.quoted}`);
    const isJson = text[before.start] === '"';
    const key = isJson ? yamlQuoted(spelled.field) : spelled.field;
    return splice(text, before.end, before.end, `, ${key}: ${spelled.quoted}`);
  }
  if (before === undefined) return undefined;
  const value = spelled.value === '' ? '' : ` ${spelled.value}`;
  return insertLines(text, before, indentLines(map, [`${spelled.field}:${value}`, ...spelled.lines]));
}

function replaceValue(text: string, map: YamlMap, node: YamlNode, spelled: Spelled): string | undefined {
  const { field, value, lines, quoted } = spelled;
  const [start, end] = node.range;
  const colon = text.indexOf(':', map.keys.get(field)?.[1] ?? 0) + 1;
  if (lines.length > 0) {
    if (!isNothing(text, node)) return undefined;
    const from = start < end ? start : colon;
    if (map.flow) return splice(text, from, Math.max(from, end), start < end ? quoted : ` ${quoted}`);
    const emptied = start < end ? splice(text, colon, end, '') : text;
    return insertLines(emptied, { end: colon }, indentLines(map, lines));
  }
  if (node.kind !== 'text') return undefined;
  const isBlock = !node.plain && (text[start] === '|' || text[start] === '>');
  if (isBlock) return splice(text, start, end, `${value}${lineEnd(text)}`);
  const written = map.flow ? quoted : value;
  if (start < end) return splice(text, start, end, written);
  return colon === 0 ? undefined : splice(text, colon, colon, ` ${written}`);
}

function isNothing(text: string, node: YamlNode): boolean {
  if (node.kind === 'text') return isNull(node);
  return node.flow && /^(?:\[\s*\]|\{\s*\})$/u.test(text.slice(...node.range));
}

function removeField(text: string, map: YamlMap, field: string): string | undefined {
  const pairs = listPairs(text, map);
  const at = pairs.findIndex(({ name }) => name === field);
  const pair = pairs[at];
  if (pair === undefined) return undefined;
  // A mapping in block style needs at least one field.
  if (pairs.length === 1) return splice(text, pair.start, pair.end, map.flow ? '' : '{}');
  const next = pairs[at + 1];
  if (map.flow) {
    const last = pairs[at - 1];
    if (last !== undefined) return splice(text, last.end, pair.end, '');
    return next && splice(text, pair.start, next.start, '');
  }
  const end = endOfLine(text, pair.end);
  const start = startOfLine(text, pair.start);
  if (text.slice(start, pair.start).trim() === '') return splice(text, start, end, '');
  // The first field follows the dash of its entry, so the next field takes its place.
  const blank = /^[ \t]*/u.exec(text.slice(end))?.[0].length ?? 0;
  return next === undefined ? undefined : splice(text, pair.start, end + blank, '');
}

/** Inserts entries after another one, indented like an entry of `beside`. */
function insertEntries(
  { text, written: { list } }: Editing,
  node: YamlNode,
  entries: readonly DraftEntry[],
  beside: readonly YamlNode[] = [node],
): string | undefined {
  if (list === undefined || entries.length === 0) return undefined;
  const [, end] = node.range;
  if (list.flow) return splice(text, end, end, entries.map((entry) => `, ${writeFlowEntry(entry)}`).join(''));
  const last = node.kind === 'map' ? lastPair(text, node) : { end };
  const indent = beside.map((item) => measureDashIndent(text, item)).find((each) => each !== undefined);
  if (indent === undefined || last === undefined) return undefined;
  const lines = entries.flatMap((entry) => entryLines(entry, indent));
  return insertLines(text, last, lines);
}

function appendEntries(editing: Editing, entries: readonly DraftEntry[]): string | undefined {
  const { text, written } = editing;
  const { map, spec, list } = written;
  if (entries.length === 0) return text;
  const last = list?.items.at(-1);
  if (last !== undefined) return insertEntries(editing, last, entries, list?.items);
  const lines = entries.flatMap((entry) => entryLines(entry, ''));
  const quoted = `[${entries.map(writeFlowEntry).join(', ')}]`;
  const revocations: Spelled = { field: 'revocations', value: '', lines, quoted };
  if (spec !== undefined && !isToBeMade(spec, map)) return setField(text, spec, revocations);
  return setField(text, map, {
    field: 'spec',
    value: '',
    lines: ['revocations:', ...lines].map((line) => `  ${line}`),
    quoted: `{"revocations": ${quoted}}`,
  });
}

function writeFlowEntry(entry: DraftEntry): string {
  const fields = ENTRY_FIELDS.flatMap((field) => {
    const value = entry[field];
    return value === undefined ? [] : [`${yamlQuoted(field)}: ${yamlQuoted(value)}`];
  });
  return `{${fields.join(', ')}}`;
}

function removeEntry({ text, written: { list } }: Editing, map: YamlMap): string | undefined {
  const at = list?.items.indexOf(map) ?? -1;
  if (list === undefined || at < 0) return undefined;
  if (list.flow) {
    const [last, next] = [list.items[at - 1], list.items[at + 1]];
    const [start, end] = map.range;
    if (last !== undefined) return splice(text, last.range[1], end, '');
    return splice(text, start, next === undefined ? end : next.range[0], '');
  }
  const last = lastPair(text, map);
  if (measureDashIndent(text, map) === undefined || last === undefined) return undefined;
  return splice(text, startOfLine(text, map.range[0]), endOfLine(text, last.end), '');
}

/**
 * Returns the indentation of an entry's dash; `undefined` if the dash is on another line or is not the first character
 * of its line.
 */
function measureDashIndent(text: string, { range: [start] }: YamlNode): string | undefined {
  const head = text.slice(startOfLine(text, start), start);
  return /^(?<indent> *)- +$/u.exec(head)?.groups?.indent;
}

function lastPair(text: string, map: YamlMap): Pick<Pair, 'end'> | undefined {
  return map.flow ? { end: map.range[1] } : listPairs(text, map).at(-1);
}

function indentLines({ column }: YamlMap, lines: readonly string[]): string[] {
  return lines.map((line) => ' '.repeat(column - 1) + line);
}

function insertLines(text: string, { end }: Pick<Pair, 'end'>, lines: readonly string[]): string {
  const at = endOfLine(text, end);
  const newLine = lineEnd(text);
  const isOpen = at > 0 && text[at - 1] !== '\n';
  const added = lines.map((line) => `${line}${newLine}`).join('');
  return splice(text, at, at, isOpen ? `${newLine}${added}` : added);
}

function splice(text: string, start: number, end: number, added: string): string {
  return text.slice(0, start) + added + text.slice(end);
}

function lineEnd(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Returns the offset after the next line feed; an offset directly after a line feed stays unchanged. */
function endOfLine(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}
