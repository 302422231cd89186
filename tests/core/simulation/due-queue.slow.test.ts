import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DueQueue } from '../../../core/simulation/due-queue.ts';

const ENTRY = fc.tuple(fc.nat(40), fc.nat(3_000));
const BASE = 1_772_000_000;

function drain(queue: DueQueue): [number, number][] {
  const entries: [number, number][] = [];
  for (; !queue.isEmpty; queue.pop()) entries.push([queue.second - BASE, queue.place]);
  return entries;
}

const compareEntries = (one: [number, number], other: [number, number]): number =>
  one[0] - other[0] || one[1] - other[1];

describe('the queue of due events', () => {
  test('returns entries by time and, within a second, by slot, in the order of a sorted list', () => {
    fc.assert(
      fc.property(fc.array(ENTRY, { maxLength: 3_000 }), (entries) => {
        const queue = new DueQueue(BASE);
        for (const [second, place] of entries) queue.push(BASE + second, place);
        expect(drain(queue)).toEqual([...entries].sort(compareEntries));
      }),
      { numRuns: 30 },
    );
  });

  test('replaces the first entry with the same result as removing it and adding the new entry', () => {
    fc.assert(
      fc.property(fc.array(ENTRY, { minLength: 1, maxLength: 100 }), ENTRY, (entries, next) => {
        const queue = new DueQueue(BASE);
        for (const [second, place] of entries) queue.push(BASE + second, place);
        queue.replaceFirst(BASE + next[0], next[1]);
        const rest = [...entries].sort(compareEntries).slice(1);
        expect(drain(queue)).toEqual([...rest, next].sort(compareEntries));
      }),
      { numRuns: 50 },
    );
  });

  test('keeps an instant exact to the second after a century', () => {
    const queue = new DueQueue(BASE);
    const late = BASE + 100 * 366 * 86_400 + 1;
    queue.push(late, 2 ** 21 - 1);
    expect([queue.second, queue.place]).toEqual([late, 2 ** 21 - 1]);
  });

  test('rejects entries that cannot be represented exactly', () => {
    expect(() => new DueQueue(BASE).push(BASE, 2 ** 21)).toThrow('outside the queue');
    expect(() => new DueQueue(BASE).push(BASE - 1, 0)).toThrow('outside the queue');
  });
});
