import { append } from '../lists.ts';
import type { Stepwise } from './steps.ts';

/*
 * JSON of any size in pieces, none of which takes long to be written or read: all that is not in a long list, and then the
 * items of each such list, some at a time, behind the names that lead to it.
 */

/** So many steps of a plan are written in two milliseconds. */
const ITEMS_AT_ONCE = 64;

type Path = readonly string[];

/** One piece in each step. */
export function* writeJsonSteps(value: unknown): Stepwise<string[]> {
  const lists: { path: Path; items: readonly unknown[] }[] = [];
  const pieces = [JSON.stringify(withoutLists(value, [], (path, items) => lists.push({ path, items })))];
  for (const { path, items } of lists)
    for (let start = 0; start < items.length; start += ITEMS_AT_ONCE) {
      yield;
      pieces.push(JSON.stringify([path, items.slice(start, start + ITEMS_AT_ONCE)]));
    }
  return pieces;
}

/** The value that was written, with the same gaps as after `JSON.stringify`. */
export function* readJsonSteps([first = 'null', ...pieces]: readonly string[]): Stepwise<unknown> {
  const value: unknown = JSON.parse(first);
  for (const piece of pieces) {
    yield;
    const [path, items] = JSON.parse(piece) as [Path, unknown[]];
    let list = value;
    for (const name of path) list = (list as Record<string, unknown>)[name];
    append(list as unknown[], items);
  }
  return value;
}

/** A copy in which long lists are empty. Lists in lists stay what they are. */
function withoutLists(value: unknown, path: Path, found: (path: Path, items: readonly unknown[]) => void): unknown {
  if (Array.isArray(value)) {
    if (value.length <= ITEMS_AT_ONCE) return value;
    found(path, value);
    return [];
  }
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, withoutLists(each, [...path, name], found)]),
  );
}
