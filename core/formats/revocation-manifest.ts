import type { Finding, Place, Severity } from '../domain/finding.ts';
import type { RenewRevocation, RevocationEntry } from '../domain/revocation.ts';
import { Fields } from './fields.ts';
import { readRevocationEntry } from './revocation-entry.ts';
import type { RevocationRule } from './revocation-rules.ts';
import { readYamlDocuments } from './yaml.ts';
import type { YamlMap, YamlNode } from './yaml.ts';

export interface RevocationManifest {
  /** In the order of the text. */
  objects: RenewRevocation[];
  /** Places have line, column and the path of the field from the root of its document. */
  findings: Finding[];
}

/** Group, version and kind as published. Source: the article, "Certificate revocation". */
const GROUP = 'certificates.microsoft.com';
const API_VERSION = `${GROUP}/v1`;
const KIND = 'RenewRevocation';
/** What `kubectl get -o yaml` and the API itself put around several objects. */
const LIST_KINDS: ReadonlySet<string> = new Set(['list', `${KIND.toLowerCase()}list`]);
/** What an empty namespace is equivalent to. Source: Kubernetes, ObjectMeta. */
const DEFAULT_NAMESPACE = 'default';
/** Beyond this many, findings are only counted. */
const MAX_FINDINGS = 100;

/**
 * Reads every RenewRevocation object of YAML or JSON: one object, several documents, a `List`. Objects of other kinds are
 * left alone, without a finding. What is wrong in an entry is a finding and hides neither its neighbours nor, between
 * documents, the other objects; an object without a name is left out. Never throws.
 */
export function readRevocationManifest(text: string): RevocationManifest {
  const manifest: RevocationManifest = { objects: [], findings: [] };
  for (const reading of readYamlDocuments(text)) {
    if (!reading.ok) manifest.findings.push(...reading.findings);
    else if (reading.root !== undefined) readNode(reading.root, '', manifest);
  }
  const tooMany = manifest.findings.length - MAX_FINDINGS;
  if (tooMany > 0) {
    manifest.findings.length = MAX_FINDINGS;
    const params = { count: tooMany };
    manifest.findings.push({ rule: 'file.more-findings', severity: 'notice', place: {}, params });
  }
  return manifest;
}

/** A document, or an item of a list; a list that is a document of its own is what JSON tools make of `items`. */
function readNode(node: YamlNode, entry: string, manifest: RevocationManifest): void {
  if (node.kind === 'list') {
    readItems(node.items, entry, manifest);
    return;
  }
  if (node.kind !== 'map') return;
  const kind = plainText(node, 'kind') ?? '';
  const items = node.entries.get('items');
  if (LIST_KINDS.has(kind.toLowerCase()) && items?.kind === 'list')
    readItems(items.items, pathOf(entry, 'items'), manifest);
  else if (isRevocation(node, kind)) readObject(node, entry, manifest);
}

function readItems(items: readonly YamlNode[], entry: string, manifest: RevocationManifest): void {
  for (const [index, item] of items.entries()) readNode(item, `${entry}[${index}]`, manifest);
}

/** The group tells objects apart whose kinds have the same name; where there is none, the kind alone decides. */
function isRevocation(map: YamlMap, kind: string): boolean {
  const group = plainText(map, 'apiVersion')?.split('/')[0] ?? '';
  return (group === '' || group === GROUP) && kind.toLowerCase() === KIND.toLowerCase();
}

function plainText(map: YamlMap, field: string): string | undefined {
  const node = map.entries.get(field);
  return node?.kind === 'text' ? node.text : undefined;
}

function readObject(map: YamlMap, entry: string, manifest: RevocationManifest): void {
  const { findings } = manifest;
  const fields = new Fields(map, entry, findings);
  checkSpelling(fields, findings);
  const metadata = innerFields(fields, 'metadata', findings);
  const name = metadata?.name('name');
  if (name === undefined) {
    const place = metadata?.placeOf('name') ?? fields.placeOf('metadata');
    findings.push(finding('revocation.no-name', 'error', place));
    return;
  }
  const spec = innerFields(fields, 'spec', findings);
  const namespace = metadata?.name('namespace') ?? DEFAULT_NAMESPACE;
  const description = spec?.text('description')?.text;
  manifest.objects.push({
    name,
    namespace,
    ...(description !== undefined && { description }),
    entries: spec === undefined ? [] : readEntries(spec, name, findings),
  });
}

/** What is spelled otherwise than published is read here; whether the cluster takes it is not known. */
function checkSpelling(fields: Fields, findings: Finding[]): void {
  for (const [field, rule, published] of [
    ['apiVersion', 'revocation.api-version', API_VERSION],
    ['kind', 'revocation.object-kind', KIND],
  ] as const) {
    const found = fields.name(field) ?? '';
    if (found !== published)
      findings.push(finding(rule, 'warning', fields.placeOf(field), { found, published }));
  }
}

function innerFields(fields: Fields, field: string, findings: Finding[]): Fields | undefined {
  const node = fields.map.entries.get(field);
  if (node?.kind === 'map') return new Fields(node, fields.entryOf(field), findings);
  findings.push(finding('revocation.malformed', 'error', fields.placeOf(field), { field }));
  return undefined;
}

function readEntries(spec: Fields, name: string, findings: Finding[]): RevocationEntry[] {
  const list = spec.map.entries.get('revocations');
  if (list !== undefined && list.kind === 'map') {
    const params = { field: 'revocations' };
    findings.push(finding('revocation.malformed', 'error', spec.placeOf('revocations'), params));
    return [];
  }
  if (list?.kind !== 'list' || list.items.length === 0) {
    const place = spec.placeOf('revocations');
    findings.push(finding('revocation.no-entries', 'warning', place, { name }));
    return [];
  }
  return list.items.flatMap((item, index) => {
    const entry = `${spec.entryOf('revocations')}[${index}]`;
    if (item.kind === 'map')
      return readRevocationEntry(new Fields(item, entry, findings), findings);
    const place = { entry, line: item.line, column: item.column };
    findings.push(finding('revocation.entry-malformed', 'error', place));
    return [];
  });
}

function pathOf(entry: string, field: string): string {
  return entry === '' ? field : `${entry}.${field}`;
}

function finding(
  rule: RevocationRule,
  severity: Severity,
  place: Place,
  params?: Record<string, string | number>,
): Finding {
  return { rule, severity, place, ...(params !== undefined && { params }) };
}
