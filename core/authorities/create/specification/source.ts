import type { Place } from '../../../shared/finding.ts';
import { readsAsOtherType, type YamlMap, type YamlNode, type YamlText } from '../../../formats/yaml/yaml.ts';

export type SpecPath = readonly PropertyKey[];

type PlainValue = string | number | boolean | null | PlainValue[] | { [field: string]: PlainValue };

export class SpecSource {
  readonly root: YamlMap;
  readonly #path: string;
  readonly #text: string;
  /** Offsets of the line starts. */
  readonly #lines: readonly number[];

  constructor(root: YamlMap, text: string, path: string) {
    this.root = root;
    this.#path = path;
    this.#text = text;
    this.#lines = [0, ...Array.from(text.matchAll(/\n/gu), ({ index }) => index + 1)];
  }

  /** Returns the values with the types that YAML assigns to them, including numbers. */
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

  /** Returns the position of a value, or of the innermost part above it that exists. */
  findPlace(path: SpecPath): Place {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = this.nodeAt(path.slice(0, length));
      if (node === undefined) continue;
      const { line, column } = isEmpty(node) ? this.#keyPosition(path.slice(0, length)) : node;
      return { path: this.#path, entry: getEntry(path) || undefined, line, column };
    }
    throw new Error('the outermost mapping is always there');
  }

  placeOfKey(path: SpecPath): Place {
    return { path: this.#path, entry: getEntry(path), ...this.#keyPosition(path) };
  }

  #keyPosition(path: SpecPath): { line: number; column: number } {
    const map = this.nodeAt(path.slice(0, -1));
    const [start] = (map?.kind === 'map' && map.keys.get(String(path.at(-1)))) || [];
    if (start === undefined) {
      const { line, column } = this.nodeAt(path) ?? this.root;
      return { line, column };
    }
    const offset = start + (/["']/u.test(this.#text.charAt(start)) ? 1 : 0);
    const index = this.#lines.findLastIndex((line) => line <= offset);
    return { line: index + 1, column: offset - (this.#lines[index] ?? 0) + 1 };
  }
}

/** Formats a path as `certificates[2].validity`. */
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
  // Any number will do, since no field accepts numbers.
  return readsAsOtherType(node) ? Number.MAX_SAFE_INTEGER : node.text;
}

/** Returns whether YAML reads the node as null. */
export function isEmpty(node: YamlNode): boolean {
  return node.kind === 'text' && node.plain && ['', '~', 'null'].includes(node.text);
}
