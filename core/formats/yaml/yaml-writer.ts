import { jsonEscape } from '../../shared/terminal-text.ts';
import { readsAsOtherType } from './yaml.ts';

/** Text never becomes another type; `undefined` fields are omitted. */
export type YamlValue =
  string | number | boolean | readonly YamlValue[] | { readonly [field: string]: YamlValue | undefined };

/**
 * Matches text that begins with a letter, so it is neither a number nor a date, and contains nothing special to YAML.
 */
const PLAIN = /^[A-Za-z/][A-Za-z0-9/_.@+=-]*(?::[A-Za-z0-9/_.@+=-]+)*(?: [A-Za-z0-9/_.@+=-]+)*$/u;
/** Matches text that YAML 1.1 reads as a boolean, or that some YAML 1.1 readers take for a number. */
const TREACHEROUS = /^(?:[ynYN]|[eE][-+]?[0-9]+)$/u;
/**
 * Matches characters that some readers take for line ends and others refuse. Source: YAML 1.2 sections 5.1 and 5.4,
 * YAML 1.1 section 4.2.
 */
const NOT_PRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/gu;

/**
 * Writes YAML that every YAML 1.1 or 1.2 reader reads back as exactly `value`, formatted like kubectl's: two spaces per
 * level, lists not indented below their field, no lines wrapped. Text is double-quoted unless quotes are certainly
 * unnecessary. The same value always yields the same text. The outermost value is a mapping or a list. Throws on a
 * number that is not a safe integer (a bug).
 */
export function writeYaml(value: YamlValue): string {
  const inline = inlineForm(value);
  return inline === undefined ? block(value, '') : `${inline}\n`;
}

/** Returns `undefined` if the value needs several lines. */
function inlineForm(value: YamlValue): string | undefined {
  if (typeof value === 'string') return yamlText(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error('only whole numbers can be written');
    return String(value);
  }
  if (Array.isArray(value)) return value.length === 0 ? '[]' : undefined;
  return listFields(value).length === 0 ? '{}' : undefined;
}

function block(value: YamlValue, indent: string): string {
  if (Array.isArray(value)) {
    return (value as readonly YamlValue[]).map((item) => listItem(item, indent)).join('');
  }
  return listFields(value)
    .map(([name, content]) => {
      const inline = inlineForm(content);
      if (inline !== undefined) return `${indent}${yamlText(name)}: ${inline}\n`;
      const deeper = Array.isArray(content) ? indent : `${indent}  `;
      return `${indent}${yamlText(name)}:\n${block(content, deeper)}`;
    })
    .join('');
}

function listItem(item: YamlValue, indent: string): string {
  const inline = inlineForm(item);
  if (inline !== undefined) return `${indent}- ${inline}\n`;
  const deeper = `${indent}  `;
  return `${indent}- ${block(item, deeper).slice(deeper.length)}`;
}

function listFields(value: YamlValue): [string, YamlValue][] {
  return Object.entries(value).filter((field): field is [string, YamlValue] => field[1] !== undefined);
}

export function yamlText(value: string): string {
  const isPlain = PLAIN.test(value) && !TREACHEROUS.test(value) && !readsAsOtherType({ text: value, plain: true });
  return isPlain ? value : yamlQuoted(value);
}

/** Uses only escapes that YAML and JSON share. */
export function yamlQuoted(value: string): string {
  return JSON.stringify(value).replace(NOT_PRINTABLE, jsonEscape);
}
