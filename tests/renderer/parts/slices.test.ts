import { expect, test, vi } from 'vitest';
import { FEW_ROWS, mapInSlices, SlicedAnswer } from '../../../renderer/parts/slices.svelte.ts';

const ITEMS = [1, 2, 3];
const double = (item: number): number => 2 * item;

test('maps every item in slices', async () => {
  expect(await mapInSlices(ITEMS, double)).toEqual([2, 4, 6]);
  expect(await mapInSlices([], double)).toEqual([]);
});

test('does not begin work in slices if the result is no longer needed', async () => {
  const each = vi.fn(double);
  expect(await mapInSlices(ITEMS, each, () => false)).toBeUndefined();
  expect(each).not.toHaveBeenCalled();
});

test('lets the page respond between two slow items', async () => {
  const done: number[] = [];
  const work = mapInSlices(ITEMS, (item) => {
    for (const until = performance.now() + 20; performance.now() < until;);
    done.push(item);
  });
  await vi.waitUntil(() => done.length === 1, { interval: 1 });
  expect(done).toEqual([1]);
  await work;
  expect(done).toEqual(ITEMS);
});

const work = (answer: string) => () => ({ items: [...answer], each: (letter: string) => letter, join: joinLetters });
const joinLetters = (letters: string[]): string => letters.join('');

test('keeps the previous answer until a new answer about many rows is ready', async () => {
  const answers = new SlicedAnswer<string>();
  const ask = (question: string, rows: number) => answers.latestAnswer([question], rows, work(question));
  expect(ask('first', FEW_ROWS + 1)).toBeUndefined();
  await vi.waitUntil(() => ask('first', FEW_ROWS + 1) === 'first');
  expect(ask('second', FEW_ROWS + 1)).toBe('first');
  expect(ask('third', FEW_ROWS + 1)).toBe('first');
  await vi.waitUntil(() => ask('third', FEW_ROWS + 1) === 'third');
});

test('returns an answer about few rows immediately', () => {
  const answers = new SlicedAnswer<string>();
  expect(answers.latestAnswer(['first'], FEW_ROWS, work('first'))).toBe('first');
});
