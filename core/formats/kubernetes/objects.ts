import type { Finding } from '../../shared/finding.ts';
import { Fields } from '../yaml/fields.ts';
import { readYamlDocuments, type YamlMap, type YamlNode, type YamlReading } from '../yaml/yaml.ts';

/** One object of a manifest: its own mapping, and what tells which it is. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  name?: string;
  namespace?: string;
  map: YamlMap;
  /** Where it is in its file: `''` when it is alone, else `items[<namespace>/<name>]`. */
  entry: string;
}

export interface KubernetesObjects {
  objects: KubernetesObject[];
  /** Documents that cannot be read; the others stand. */
  findings: Finding[];
}

/** What `kubectl get` and the API itself put around several objects: `List`, or the kind with `List` behind it. */
const LIST_KIND = /^(?<kind>.*)List$/u;

/**
 * Every object of YAML or JSON: one, several documents, a list, in the order of the text. What has no kind is no object
 * and left out. Never throws.
 */
export function readKubernetesObjects(text: string): KubernetesObjects {
  return kubernetesObjectsIn(readYamlDocuments(text));
}

/** The same for text that was read before. */
export function kubernetesObjectsIn(readings: readonly YamlReading[]): KubernetesObjects {
  const result: KubernetesObjects = { objects: [], findings: [] };
  for (const reading of readings) {
    if (!reading.ok) result.findings.push(...reading.findings);
    else if (reading.root !== undefined) addNode(result.objects, reading.root, {});
  }
  if (result.objects.length > 1) nameEntries(result.objects);
  return result;
}

/** What the list around an object says of it: objects in a list of the API have no kind of their own. */
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

/** By name and not by number: in a newer file of the same list an object may stand elsewhere. */
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
