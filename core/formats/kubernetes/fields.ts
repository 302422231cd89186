import type { Finding } from '../../shared/finding.ts';
import { parseInstant, type Instant } from '../../shared/instant.ts';
import { decodeBase64 } from '../der/base64.ts';
import { Fields } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/yaml.ts';

/** Reads absent and unreadable fields as `undefined` or empty; an unreadable field also becomes a finding. */
export class KubernetesFields extends Fields {
  part(name: string): KubernetesFields | undefined {
    const node = this.#present(name);
    if (node === undefined || !this.#hasKind('map', node, name)) return undefined;
    return new KubernetesFields(node, this.findPlace(name).entry, this.findings);
  }

  parts(name: string): KubernetesFields[] {
    return this.#items(name).flatMap((item, index) =>
      this.#hasKind('map', item, name)
        ? [new KubernetesFields(item, `${this.findPlace(name).entry}[${index}]`, this.findings)]
        : [],
    );
  }

  texts(name: string): string[] {
    return this.#items(name).flatMap((item) => (this.#hasKind('text', item, name) ? [item.text] : []));
  }

  bytes(name: string): Uint8Array | undefined {
    return this.#parse(name, decodeBase64, 'base64.damaged', { name });
  }

  moment(name: string): Instant | undefined {
    return this.#parse(name, parseInstant, 'kubernetes.bad-time');
  }

  /** Reads an integer of at most nine digits, which must be unquoted like every number in the API. */
  wholeNumber(name: string): number | undefined {
    const node = this.#present(name);
    if (node === undefined) return undefined;
    if (node.kind === 'text' && node.plain && /^-?\d{1,9}$/u.test(node.text)) return Number(node.text);
    return void this.report('kubernetes.bad-number', 'error', name);
  }

  #parse<T>(
    name: string,
    parse: (text: string) => T | undefined,
    rule: string,
    params?: Finding['params'],
  ): T | undefined {
    const field = this.text(name);
    const value = field && parse(field.text);
    if (field !== undefined && value === undefined) this.report(rule, 'error', name, params);
    return value;
  }

  #items(name: string): readonly YamlNode[] {
    const node = this.#present(name);
    return node !== undefined && this.#hasKind('list', node, name) ? node.items : [];
  }

  #present(name: string): YamlNode | undefined {
    return this.has(name) ? this.map.entries.get(name) : undefined;
  }

  #hasKind<K extends YamlNode['kind']>(kind: K, node: YamlNode, name: string): node is Extract<YamlNode, { kind: K }> {
    if (node.kind === kind) return true;
    this.report('kubernetes.malformed', 'error', name);
    return false;
  }
}
