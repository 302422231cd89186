import { append } from '../lists.ts';

/*
 * Splits JSON of any size into lines that are quick to read: first everything outside long lists, then the items of
 * each list in batches, each after the names that lead to the list.
 */

/** Reading this many steps of a plan takes two milliseconds. */
const ITEMS_AT_ONCE = 64;

type Path = readonly string[];

/** Writes UTF-8, each line in its own buffer. */
export function writeJson(value: unknown): Uint8Array<ArrayBuffer>[] {
  const lists: { path: Path; items: readonly unknown[] }[] = [];
  const lines = [JSON.stringify(stripLists(value, [], (path, items) => lists.push({ path, items })))];
  for (const { path, items } of lists)
    for (let start = 0; start < items.length; start += ITEMS_AT_ONCE)
      lines.push(JSON.stringify([path, items.slice(start, start + ITEMS_AT_ONCE)]));
  const encoder = new TextEncoder();
  return lines.map((line) => encoder.encode(line));
}

export function readLine(line: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(line));
}

/** Restores a value from its lines, with the same omissions as `JSON.stringify`. */
export function joinLines([value, ...lists]: readonly unknown[]): unknown {
  for (const [path, items] of lists as [Path, unknown[]][]) {
    let list = value;
    for (const name of path) list = (list as Record<string, unknown>)[name];
    append(list as unknown[], items);
  }
  return value;
}

/** Copies a value with its long lists emptied. Lists inside them stay unchanged. */
function stripLists(value: unknown, path: Path, found: (path: Path, items: readonly unknown[]) => void): unknown {
  if (Array.isArray(value)) {
    if (value.length <= ITEMS_AT_ONCE) return value;
    found(path, value);
    return [];
  }
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, stripLists(each, [...path, name], found)]),
  );
}
