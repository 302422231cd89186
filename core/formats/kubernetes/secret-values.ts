import type { Finding, Place } from '../../shared/finding.ts';
import { KubernetesFields } from './fields.ts';
import type { KubernetesObject } from './objects.ts';

export interface SecretValue {
  bytes: Uint8Array;
  /** The entry is `data.<key>` or `stringData.<key>`, prefixed by `items[<name>]` if there are several objects. */
  place: Place & { entry: string; line: number };
}

/**
 * Returns values by key: of `data`, which is Base64, and of `stringData`, which is text and takes precedence. Skips
 * empty values. Source: Kubernetes API reference, Secret v1.
 */
export function secretValues({ map, entry }: KubernetesObject, findings: Finding[]): Map<string, SecretValue> {
  const fields = new KubernetesFields(map, entry, findings);
  const values = new Map<string, SecretValue>();
  const add = (part: KubernetesFields, key: string, bytes: Uint8Array | undefined): void => {
    if (bytes === undefined) return;
    const { line } = part.map.entries.get(key) ?? part.map;
    const place = { ...part.findPlace(key), entry: part.entryPath(key), line };
    values.set(key, { bytes, place });
  };
  const data = fields.part('data');
  for (const key of data?.map.entries.keys() ?? []) if (data) add(data, key, data.bytes(key));
  const plain = fields.part('stringData');
  for (const key of plain?.map.entries.keys() ?? []) {
    const text = plain?.text(key)?.text;
    if (plain && text !== undefined) add(plain, key, new TextEncoder().encode(text));
  }
  return values;
}
