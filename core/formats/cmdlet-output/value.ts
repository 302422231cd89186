/** Numbers and switches are text. */
export type OutputValue = string | readonly OutputValue[] | { readonly [name: string]: OutputValue };

/** Deeper levels stay text; documented output has one level. */
const MOST_LEVELS = 6;
const ELLIPSES = ['...', '…'];

/** `cut`: the console had no room for the rest of the value. */
interface PrintedValue {
  value: OutputValue;
  cut: boolean;
}

/**
 * Reads a printed value: an object `@{mariner=April 2021; windows=April 2021}`, a hashtable `{[mariner, April 2021],
 * [windows, April 2021]}`, a list `{v1.19.9, v1.20.5}`, or text.
 */
export function readPrintedValue(text: string): PrintedValue {
  const plain = text.trim();
  const cut = ELLIPSES.some((end) => plain.endsWith(end) || plain.endsWith(`${end}}`));
  return { value: getValue(plain, 0), cut };
}

const FIELD = /^([^=]+)=?(.*)$/su;
/** An entry of a hashtable. An ellipsis after the last printed entry stands for further ones. */
const ENTRY = /^\[([^,[\]]+), ?(.*)\](?:…|\.\.\.)?$/su;

function getValue(text: string, level: number): OutputValue {
  if (level >= MOST_LEVELS || !text.endsWith('}')) return text;
  const pairs = listPairs(text);
  if (pairs !== undefined)
    return Object.fromEntries(
      pairs.map(([, name = '', value = '']) => [name.trim(), getValue(value.trim(), level + 1)]),
    );
  if (!text.startsWith('{')) return text;
  return listParts(text.slice(1, -1), ',')
    .map(trimEllipsis)
    .filter((part) => part !== '')
    .map((part) => getValue(part, level + 1));
}

function listPairs(text: string): RegExpExecArray[] | undefined {
  const isObject = text.startsWith('@{');
  if (!isObject && !/^\{\[[^,[\]]+, /u.test(text)) return undefined;
  const parts = isObject ? listParts(text.slice(2, -1), ';') : listParts(text.slice(1, -1), ',');
  const pairs = parts.map((part) => (isObject ? FIELD : ENTRY).exec(part));
  return pairs.every((pair) => pair !== null) ? pairs : undefined;
}

function listParts(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === separator && depth === 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  const last = text.slice(from).trim();
  return last === '' ? parts : [...parts, last];
}

/** Removes the ellipsis that PowerShell writes after the first four elements of a longer list. */
function trimEllipsis(part: string): string {
  const end = ELLIPSES.find((each) => part.endsWith(each));
  return end === undefined ? part : part.slice(0, -end.length).trim();
}

/**
 * Converts a JSON value to an `OutputValue`. Parses objects that were printed rather than serialised; drops the content
 * of those nested too deeply.
 */
export function readJsonValue(value: unknown, level = 0): OutputValue {
  if (typeof value === 'string') return level < MOST_LEVELS ? getValue(value, level) : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || value === null || level >= MOST_LEVELS) return '';
  if (Array.isArray(value)) return value.map((each) => readJsonValue(each, level + 1));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, readJsonValue(each, level + 1)]));
}

/** Formats a value as text; `undefined` if it contains names. */
export function formatValue(value: OutputValue): string | undefined {
  if (typeof value === 'string') return value;
  if (!isList(value)) return undefined;
  const texts = value.map(formatValue);
  return texts.every((each) => each !== undefined) ? texts.join(', ') : undefined;
}

/** `Array.isArray` does not narrow readonly arrays. */
export function isList(value: OutputValue): value is readonly OutputValue[] {
  return Array.isArray(value);
}
