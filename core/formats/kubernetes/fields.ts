import type { Finding } from '../../shared/finding.ts';
import { parseInstant, type Instant } from '../../shared/instant.ts';
import { decodeBase64 } from '../der/base64.ts';
import { Fields } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/yaml.ts';

/** An absent field is `undefined` or empty. So is an unreadable field, which also becomes a finding. */
export class KubernetesFields extends Fields {
  readonly #findings: Finding[];

  constructor(...[map, entry, findings]: ConstructorParameters<typeof Fields>) {
    super(map, entry, findings);
    this.#findings = findings;
  }

  part(name: string): KubernetesFields | undefined {
    const node = this.#present(name);
    if (node === undefined) return undefined;
    if (node.kind === 'map') return new KubernetesFields(node, this.entryPath(name), this.#findings);
    this.#reportMalformed(name);
    return undefined;
  }

  parts(name: string): KubernetesFields[] {
    return this.#items(name).flatMap((item, index) => {
      const entry = `${this.entryPath(name)}[${index}]`;
      if (item.kind === 'map') return [new KubernetesFields(item, entry, this.#findings)];
      this.#reportMalformed(name);
      return [];
    });
  }

  texts(name: string): string[] {
    return this.#items(name).flatMap((item) => {
      if (item.kind === 'text') return [item.text];
      this.#reportMalformed(name);
      return [];
    });
  }

  bytes(name: string): Uint8Array | undefined {
    return this.#parse(name, decodeBase64, 'base64.damaged', { name: this.spellName(name) });
  }

  moment(name: string): Instant | undefined {
    return this.#parse(name, parseInstant, 'kubernetes.bad-time', { field: name });
  }

  /** Reads an integer of at most nine digits, which must be unquoted like every number in the API. */
  wholeNumber(name: string): number | undefined {
    const node = this.#present(name);
    if (node === undefined) return undefined;
    if (node.kind === 'text' && node.plain && /^-?\d{1,9}$/u.test(node.text)) return Number(node.text);
    this.#add('kubernetes.bad-number', name, { field: name });
    return undefined;
  }

  #parse<T>(
    name: string,
    parse: (text: string) => T | undefined,
    rule: string,
    params: Record<string, string>,
  ): T | undefined {
    const field = this.text(name);
    const value = field && parse(field.text);
    if (field !== undefined && value === undefined) this.#add(rule, name, params);
    return value;
  }

  #items(name: string): readonly YamlNode[] {
    const node = this.#present(name);
    if (node === undefined) return [];
    if (node.kind === 'list') return node.items;
    this.#reportMalformed(name);
    return [];
  }

  #present(name: string): YamlNode | undefined {
    return this.has(name) ? this.map.entries.get(name) : undefined;
  }

  #reportMalformed(name: string): void {
    this.#add('kubernetes.malformed', name, { field: name });
  }

  #add(rule: string, name: string, params: Record<string, string>): void {
    this.#findings.push({ rule, severity: 'error', place: this.findPlace(name), params });
  }
}
