import type { Finding } from '../../shared/finding.ts';
import type { FieldPlace } from '../yaml/fields.ts';
import { KubernetesFields } from './fields.ts';
import type { KubernetesObject } from './objects.ts';

export interface SecretValue {
  bytes: Uint8Array;
  /** The entry is `data.<key>` or `stringData.<key>`, prefixed by `items[<name>]` if there are several objects. */
  place: FieldPlace;
}

/**
 * Returns values by key: of `data`, which is Base64, and of `stringData`, which is text and takes precedence. Skips
 * empty values. Source: Kubernetes API reference, Secret v1.
 */
export function secretValues({ map, entry }: KubernetesObject, findings: Finding[]): Map<string, SecretValue> {
  const fields = new KubernetesFields(map, entry, findings);
  const values = new Map<string, SecretValue>();
  const add = (name: string, read: (part: KubernetesFields, key: string) => Uint8Array | undefined): void => {
    const part = fields.part(name);
    if (part === undefined) return;
    for (const key of part.map.entries.keys()) {
      const bytes = read(part, key);
      if (bytes !== undefined) values.set(key, { bytes, place: part.findPlace(key) });
    }
  };
  add('data', (part, key) => part.bytes(key));
  add('stringData', (part, key) => {
    const field = part.text(key);
    return field && new TextEncoder().encode(field.text);
  });
  return values;
}
