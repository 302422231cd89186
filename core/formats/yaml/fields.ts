import type { Finding, Place, Severity } from '../../shared/finding.ts';
import { NULLS, readsAsOtherType, type YamlMap, type YamlNode } from './yaml.ts';

export interface FieldPlace extends Place {
  entry: string;
  line: number;
}

interface FieldText {
  text: string;
  line: number;
  column: number;
}

/** A DNS name has at most 253 characters. */
const MAX_NAME_LENGTH = 253;

/**
 * The fields of one mapping as text. A value that is not text becomes a finding. Text that other readers take for a
 * number also becomes a finding and is kept as written.
 */
export class Fields {
  readonly map: YamlMap;
  readonly #entry: string;
  protected readonly findings: Finding[];

  /** `entry` is the path of the mapping in its file, `''` for the whole file. */
  constructor(map: YamlMap, entry: string, findings: Finding[]) {
    this.map = map;
    this.#entry = entry;
    this.findings = findings;
  }

  text(name: string): FieldText | undefined {
    const node = this.map.entries.get(name);
    if (node === undefined) return undefined;
    const { line, column } = node;
    if (node.kind !== 'text') {
      this.report('yaml.not-text', 'error', name);
      return undefined;
    }
    if (node.text === '' || (node.plain && NULLS.includes(node.text))) return undefined;
    if (readsAsOtherType(node)) this.report('yaml.number-as-text', 'warning', name);
    return { text: node.text, line, column };
  }

  /** Returns the text, cut to a displayable length. */
  name(name: string): string | undefined {
    const text = this.text(name)?.text;
    return text === undefined ? undefined : cutName(text);
  }

  has(name: string): boolean {
    const node = this.map.entries.get(name);
    return node !== undefined && (node.kind !== 'text' || !NULLS.includes(node.text));
  }

  /** Restores the spelling of the program that wrote the file. */
  spellName(name: string): string {
    return name;
  }

  findPlace(name: string): FieldPlace {
    const node: YamlNode = this.map.entries.get(name) ?? this.map;
    const written = this.spellName(name);
    const entry = this.#entry === '' ? written : `${this.#entry}.${written}`;
    return { entry, line: node.line, column: node.column };
  }

  protected report(
    rule: string,
    severity: Severity,
    name: string,
    params: Finding['params'] = { field: this.spellName(name) },
  ): void {
    this.findings.push({ rule, severity, place: this.findPlace(name), params });
  }
}

export function cutName(text: string): string {
  return text.length <= MAX_NAME_LENGTH ? text : `${text.slice(0, MAX_NAME_LENGTH)}…`;
}

/** Returns the mapping with lower-case keys. If several differ only in case, the first counts. */
export function lowerCaseKeys(map: YamlMap): YamlMap {
  const entries = new Map<string, YamlNode>();
  for (const [key, node] of map.entries) {
    const lower = key.toLowerCase();
    if (!entries.has(lower)) entries.set(lower, node);
  }
  return { ...map, entries };
}
