import type { Finding, Place, Severity } from '../../shared/finding.ts';
import {
  API_VERSION,
  ENTRY_FIELDS,
  FIELD_OF_KIND,
  OBJECT_KIND,
  VALUE_FIELDS,
  type DraftEntry,
  type EntryField,
  type RevocationDraft,
} from '../../shared/renew-revocation/draft.ts';
import { kindNamed } from '../../shared/renew-revocation/structure.ts';
import { Fields } from '../yaml/fields.ts';
import type { RevocationRule } from './rules.ts';
import { isNull, MERGE_KEY, readYamlDocuments, type YamlList, type YamlMap, type YamlNode } from '../yaml/yaml.ts';

export interface WrittenRevocation {
  draft: RevocationDraft;
  /** The object itself, and its `spec` and list of entries if they have the right form. */
  map: YamlMap;
  spec?: YamlMap;
  list?: YamlList;
  entries: readonly YamlMap[];
  /** Place of a field of the object (`metadata.name` for `name`), or of the mapping that lacks the field. */
  placeOfField(field: 'name' | 'namespace' | 'description' | 'apiVersion' | 'kind'): Place;
  /** Place of a field of the entry, or of the entry if the field is missing. */
  placeOfEntry(index: number, field?: EntryField): Place;
}

export interface WrittenRevocations {
  objects: WrittenRevocation[];
  /** Faults in the text and in the structure of its objects. Places have line, column and path. */
  findings: Finding[];
}

const [GROUP = ''] = API_VERSION.split('/');

/**
 * YAML 1.1, and therefore kubectl, starts a new line after each of these characters; YAML 1.2 does not. Source: YAML
 * 1.1 section 4.2.
 */
const OTHER_LINE_END = /\r(?!\n)|[\u0085\u2028\u2029]/u;

/**
 * Reads RenewRevocation objects in YAML or JSON as written: one object, several documents or a `List`. Skips other
 * kinds. Unreadable parts never hide others. Anything that kubectl would read differently is an error, so that the
 * checked text is the applied text. Never throws.
 */
export function readRevocationDrafts(text: string): WrittenRevocations {
  const written: WrittenRevocations = { objects: [], findings: [] };
  const lineEnd = OTHER_LINE_END.exec(text);
  if (lineEnd !== null) written.findings.push(readOtherwise({ what: 'line-end', ...placeAt(text, lineEnd.index) }));
  for (const reading of readYamlDocuments(text)) {
    if (!reading.ok) {
      written.findings.push(...reading.findings);
      continue;
    }
    written.findings.push(...(reading.otherwise ?? []).map(readOtherwise));
    if (reading.root !== undefined) readNode(reading.root, '', written);
  }
  return written;
}

function readOtherwise({ what, ...place }: Place & { what: string }): Finding {
  return finding('revocation.read-otherwise', 'error', place, { what });
}

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Reads a document or an item of a list. A document may itself be a list, as when a JSON tool extracts `items`. */
function readNode(node: YamlNode, entry: string, written: WrittenRevocations): void {
  if (node.kind === 'list') return readItems(node.items, entry, written);
  if (node.kind !== 'map') return;
  const merged = applyMergeKey(node);
  const kind = plainText(merged, 'kind') ?? '';
  if (isRevocation(merged, kind)) written.objects.push(readWrittenRevocation(merged, entry, written.findings));
  // kubectl treats an object with items as a list, whatever its kind.
  for (const [field, items] of merged.entries)
    if (field.toLowerCase() === 'items' && items.kind === 'list')
      readItems(items.items, entry === '' ? field : `${entry}.${field}`, written);
}

function readItems(items: readonly YamlNode[], entry: string, written: WrittenRevocations): void {
  for (const [index, item] of items.entries()) readNode(item, `${entry}[${index}]`, written);
}

/**
 * Adds fields from a merge key unless the mapping has them itself. The key is an error, but its fields must not be
 * reported as missing.
 */
function applyMergeKey(map: YamlMap): YamlMap {
  const merge = map.entries.get(MERGE_KEY);
  if (merge === undefined) return map;
  const entries = new Map(map.entries);
  const keys = new Map(map.keys);
  for (const source of merge.kind === 'list' ? merge.items : [merge]) {
    if (source.kind !== 'map') continue;
    const { entries: more, keys: moreKeys } = applyMergeKey(source);
    for (const [field, node] of more) if (!entries.has(field)) entries.set(field, node);
    for (const [field, range] of moreKeys) if (!keys.has(field)) keys.set(field, range);
  }
  return { ...map, entries, keys };
}

/** Checks the group, since other groups may have a kind of the same name. Without a group, the kind alone decides. */
function isRevocation(map: YamlMap, kind: string): boolean {
  const group = plainText(map, 'apiVersion')?.split('/')[0] ?? '';
  return (group === '' || group === GROUP) && kind.toLowerCase() === OBJECT_KIND.toLowerCase();
}

function plainText(map: YamlMap, field: string): string | undefined {
  const node = map.entries.get(field);
  return node?.kind === 'text' ? node.text : undefined;
}

export function readWrittenRevocation(map: YamlMap, entry: string, findings: Finding[]): WrittenRevocation {
  const fields = new Fields(map, entry, findings);
  const apiVersion = fields.name('apiVersion');
  const kind = fields.name('kind');
  checkSpelling(fields, { apiVersion, kind }, findings);
  const metadata = innerFields(fields, 'metadata', findings);
  const name = metadata?.name('name');
  const namespace = metadata?.name('namespace');
  if (name === undefined) {
    findings.push(finding('revocation.no-name', 'error', metadata?.findPlace('name') ?? fields.findPlace('metadata')));
  }
  const spec = innerFields(fields, 'spec', findings);
  const description = spec?.text('description')?.text;
  const listed = spec === undefined ? undefined : readEntries(spec, name ?? '', findings);
  return {
    draft: { apiVersion, kind, name, namespace, description, entries: listed?.entries.map(({ draft }) => draft) ?? [] },
    map,
    spec: spec?.map,
    list: listed?.list,
    entries: listed?.entries.map(({ fields: { map: own } }) => own) ?? [],
    placeOfField: (field) => {
      if (field === 'apiVersion' || field === 'kind') return fields.findPlace(field);
      if (field === 'description') return spec?.findPlace(field) ?? fields.findPlace('spec');
      return metadata?.findPlace(field) ?? fields.findPlace('metadata');
    },
    placeOfEntry: (index, field) => {
      const own = listed?.entries[index];
      if (own === undefined) return spec?.findPlace('revocations') ?? fields.findPlace('spec');
      return field === undefined ? own.place : own.fields.findPlace(field);
    },
  };
}

/** Warns of unpublished spellings, which a cluster may nevertheless accept. */
function checkSpelling(
  fields: Fields,
  { apiVersion = '', kind = '' }: Pick<RevocationDraft, 'apiVersion' | 'kind'>,
  findings: Finding[],
): void {
  for (const [field, rule, found, published] of [
    ['apiVersion', 'revocation.api-version', apiVersion, API_VERSION],
    ['kind', 'revocation.object-kind', kind, OBJECT_KIND],
  ] as const) {
    if (found !== published) findings.push(finding(rule, 'warning', fields.findPlace(field), { found, published }));
  }
}

function innerFields(fields: Fields, field: string, findings: Finding[]): Fields | undefined {
  const node = fields.map.entries.get(field);
  if (node?.kind === 'map') return new Fields(applyMergeKey(node), fields.findPlace(field).entry, findings);
  findings.push(finding('revocation.malformed', 'error', fields.findPlace(field), { field }));
  return undefined;
}

interface ReadEntry {
  draft: DraftEntry;
  fields: Fields;
  place: Place;
}

function readEntries(spec: Fields, name: string, findings: Finding[]): { list?: YamlList; entries: ReadEntry[] } {
  const list = spec.map.entries.get('revocations');
  if (list !== undefined && list.kind !== 'list' && !isNull(list)) {
    findings.push(finding('revocation.malformed', 'error', spec.findPlace('revocations'), { field: 'revocations' }));
    return { entries: [] };
  }
  if (list?.kind !== 'list' || list.items.length === 0) {
    findings.push(finding('revocation.no-entries', 'error', spec.findPlace('revocations'), { name }));
    return { list: list?.kind === 'list' ? list : undefined, entries: [] };
  }
  const entries = list.items.flatMap((item, index): ReadEntry[] => {
    const entry = `${spec.findPlace('revocations').entry}[${index}]`;
    const place = { entry, line: item.line, column: item.column };
    if (item.kind === 'map') {
      const fields = new Fields(applyMergeKey(item), entry, findings);
      return [{ draft: getDraft(fields), fields, place }];
    }
    findings.push(finding('revocation.entry-malformed', 'error', place));
    return [];
  });
  return { list, entries };
}

function getDraft(fields: Fields): DraftEntry {
  const draft: { [F in EntryField]?: string } = {};
  const kind = fields.name('kind');
  const known = kindNamed(kind ?? '');
  const own = known && FIELD_OF_KIND[known];
  for (const field of ENTRY_FIELDS) {
    const node = fields.map.entries.get(field);
    if (node === undefined || isNull(node)) continue;
    const isOther = field !== own && (VALUE_FIELDS as readonly string[]).includes(field);
    if (isOther && !fields.has(field)) continue;
    if (field === 'kind') {
      if (kind !== undefined) draft.kind = kind;
    } else if (isOther || field === 'notBefore') draft[field] = node.kind === 'text' ? node.text : '';
    else draft[field] = fields.text(field)?.text ?? '';
  }
  return draft;
}

function finding(
  rule: RevocationRule,
  severity: Severity,
  place: Place,
  params?: Record<string, string | number>,
): Finding {
  return { rule, severity, place, params };
}
