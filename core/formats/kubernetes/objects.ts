import type { Finding, Place } from '../../shared/finding.ts';
import { Fields } from '../yaml/fields.ts';
import { readYamlDocuments, type YamlMap, type YamlNode, type YamlReading } from '../yaml/yaml.ts';

export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  name?: string;
  namespace?: string;
  map: YamlMap;
  /** `''` for a single object, otherwise `items[<namespace>/<name>]`. */
  entry: string;
}

export interface KubernetesObjects {
  objects: KubernetesObject[];
  /** One finding per unreadable document. */
  findings: Finding[];
}

export function objectPlace({ map, entry }: Pick<KubernetesObject, 'map' | 'entry'>): Place {
  return { entry: entry || undefined, line: map.line, column: map.column };
}

const LIST_KIND = /^(?<kind>.*)List$/u;

/**
 * Lists the objects in YAML or JSON (one object, several documents or a list) in order. Skips documents without a kind,
 * which are not objects. Never throws.
 */
export function readKubernetesObjects(text: string): KubernetesObjects {
  return kubernetesObjectsIn(readYamlDocuments(text));
}

export function kubernetesObjectsIn(readings: readonly YamlReading[]): KubernetesObjects {
  const result: KubernetesObjects = { objects: [], findings: [] };
  for (const reading of readings) {
    if (!reading.ok) result.findings.push(...reading.findings);
    else if (reading.root !== undefined) addNode(result.objects, reading.root, {});
  }
  if (result.objects.length > 1) nameEntries(result.objects);
  return result;
}

/**
 * Adds an object, or the items of a list. Items of an API list have no kind and version of their own; `around` provides
 * those of the list.
 */
function addNode(
  objects: KubernetesObject[],
  node: YamlNode,
  around: Partial<Pick<KubernetesObject, 'apiVersion' | 'kind'>>,
): void {
  if (node.kind !== 'map') return;
  const kind = plainText(node, 'kind') ?? around.kind ?? '';
  const apiVersion = plainText(node, 'apiVersion') ?? around.apiVersion ?? '';
  const items = node.entries.get('items');
  const listed = LIST_KIND.exec(kind)?.groups?.['kind'];
  if (listed !== undefined && items?.kind === 'list') {
    const inside = listed === '' ? {} : { apiVersion, kind: listed };
    for (const item of items.items) addNode(objects, item, inside);
    return;
  }
  if (kind === '') return;
  const metadata = node.entries.get('metadata');
  const named = metadata?.kind === 'map' ? new Fields(metadata, 'metadata', []) : undefined;
  const name = named?.name('name');
  const namespace = named?.name('namespace');
  objects.push({ apiVersion, kind, name, namespace, map: node, entry: '' });
}

function plainText(map: YamlMap, field: string): string | undefined {
  const node = map.entries.get(field);
  return node?.kind === 'text' && node.text !== '' ? node.text : undefined;
}

/** Identifies entries by name, since their positions may change between versions of the file. */
function nameEntries(objects: readonly KubernetesObject[]): void {
  const seen = new Set<string>();
  objects.forEach((object, index) => {
    const { name = '', namespace } = object;
    const label = namespace === undefined ? name : `${namespace}/${name}`;
    const mark = `${object.kind}\0${label}`;
    const isClear = name !== '' && !seen.has(mark);
    seen.add(mark);
    object.entry = isClear ? `items[${label}]` : `items[${label}][${index}]`;
  });
}
