import type { Finding, Place } from '../../shared/finding.ts';
import { Fields } from '../yaml/fields.ts';
import { readYamlDocuments, type YamlMap, type YamlNode, type YamlReading } from '../yaml/yaml.ts';

/** One object of a manifest: its mapping, and what identifies it. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  name?: string;
  namespace?: string;
  map: YamlMap;
  /** Its place in the file: `''` when it is alone, otherwise `items[<namespace>/<name>]`. */
  entry: string;
}

export interface KubernetesObjects {
  objects: KubernetesObject[];
  /** Documents that could not be read; the others stand. */
  findings: Finding[];
}

/** The start of an object in its file. */
export function objectPlace({ map, entry }: Pick<KubernetesObject, 'map' | 'entry'>): Place {
  return { entry: entry || undefined, line: map.line, column: map.column };
}

/** How `kubectl get` and the API wrap several objects: `List`, or the kind followed by `List`. */
const LIST_KIND = /^(?<kind>.*)List$/u;

/**
 * Lists every object in YAML or JSON: one, several documents, or a list, in their order. A document without a kind is
 * not an object and is skipped. Never throws.
 */
export function readKubernetesObjects(text: string): KubernetesObjects {
  return kubernetesObjectsIn(readYamlDocuments(text));
}

/** Same, for a text that has already been parsed. */
export function kubernetesObjectsIn(readings: readonly YamlReading[]): KubernetesObjects {
  const result: KubernetesObjects = { objects: [], findings: [] };
  for (const reading of readings) {
    if (!reading.ok) result.findings.push(...reading.findings);
    else if (reading.root !== undefined) addNode(result.objects, reading.root, {});
  }
  if (result.objects.length > 1) nameEntries(result.objects);
  return result;
}

/** The surrounding list's word on an object: objects in an API list carry no kind of their own. */
interface Around {
  apiVersion?: string;
  kind?: string;
}

function addNode(objects: KubernetesObject[], node: YamlNode, around: Around): void {
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

/** By name rather than position: in a newer file of the same list an object may have moved. */
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
