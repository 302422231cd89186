import type { Place } from '../../../shared/finding.ts';
import { readsAsOtherType, type YamlMap, type YamlNode, type YamlText } from '../../../formats/yaml/yaml.ts';

export type SpecPath = readonly PropertyKey[];

type PlainValue = string | number | boolean | null | PlainValue[] | { [field: string]: PlainValue };

/** A mapping or a list begins below its key. */
const LINES_TO_KEY = 8;
/** A file may consist of a single line. */
const LONGEST_LINE = 512;

/** A specification as YAML, and the position of each value in the text. */
export class SpecSource {
  readonly root: YamlMap;
  readonly #path: string;
  readonly #lines: readonly string[];

  constructor(root: YamlMap, text: string, path: string) {
    this.root = root;
    this.#path = path;
    this.#lines = text.split('\n');
  }

  /** A typed reader's view: what it takes for a number is a number here, too. */
  value(): PlainValue {
    return plainValue(this.root);
  }

  nodeAt(path: SpecPath): YamlNode | undefined {
    let node: YamlNode | undefined = this.root;
    for (const step of path) {
      if (node?.kind === 'map') node = node.entries.get(String(step));
      else if (node?.kind === 'list' && typeof step === 'number') node = node.items[step];
      else return undefined;
    }
    return node;
  }

  /** Position of the value, or of the innermost existing part above it. */
  placeOf(path: SpecPath): Place {
    const entry = getEntry(path);
    for (let length = path.length; length >= 0; length -= 1) {
      const node = this.nodeAt(path.slice(0, length));
      if (node === undefined) continue;
      const { line, column } = isEmpty(node) ? this.#keyPosition(path.slice(0, length)) : node;
      return { path: this.#path, ...(entry !== '' && { entry }), line, column };
    }
    throw new Error('the outermost mapping is always there');
  }

  placeOfKey(path: SpecPath): Place {
    return { path: this.#path, entry: getEntry(path), ...this.#keyPosition(path) };
  }

  /** The YAML reader gives the beginning of values, so the key is searched for before its value. */
  #keyPosition(path: SpecPath): { line: number; column: number } {
    const map = this.nodeAt(path.slice(0, -1)) ?? this.root;
    const value = this.nodeAt(path) ?? map;
    const name = String(path.at(-1) ?? '').replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
    const key = new RegExp(`(?:^|[\\s{,"'-])(${name})["']?\\s*:`, 'gu');
    const first = Math.max(map.line, value.line - LINES_TO_KEY);
    for (let line = value.line; line >= first; line -= 1) {
      const text = this.#lines[line - 1] ?? '';
      const end = line === value.line ? value.column - 1 : Math.min(text.length, LONGEST_LINE);
      const start = Math.max(0, end - LONGEST_LINE);
      const before = text.slice(start, end);
      if (/^\s*#/u.test(before)) continue;
      const found = [...before.matchAll(key)].at(-1);
      if (found !== undefined) return { line, column: start + found.index + found[0].indexOf(found[1] ?? '') + 1 };
    }
    return { line: value.line, column: value.column };
  }
}

/** `certificates[2].validity` */
function getEntry(path: SpecPath): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./u, '');
}

function plainValue(node: YamlNode): PlainValue {
  switch (node.kind) {
    case 'map':
      return Object.fromEntries([...node.entries].map(([field, value]) => [field, plainValue(value)]));
    case 'list':
      return node.items.map(plainValue);
    case 'text':
      return scalar(node);
  }
}

function scalar(node: YamlText): PlainValue {
  if (isEmpty(node)) return null;
  if (!node.plain) return node.text;
  if (/^(?:true|false)$/iu.test(node.text)) return node.text.toLowerCase() === 'true';
  // Which number does not matter: no field accepts one.
  return readsAsOtherType(node) ? Number.MAX_SAFE_INTEGER : node.text;
}

/** A typed reader sees nothing there. */
export function isEmpty(node: YamlNode): boolean {
  return node.kind === 'text' && node.plain && ['', '~', 'null'].includes(node.text);
}
