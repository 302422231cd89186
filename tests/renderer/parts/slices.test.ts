import { expect, test, vi } from 'vitest';
import type { Stepwise } from '../../../core/shared/stepwise/steps.ts';
import { FEW_ROWS, runInSlices, runWithin, SlicedAnswer } from '../../../renderer/parts/slices.svelte.ts';

function* counted<T>(answer: T, done: { steps: number }): Stepwise<T> {
  for (; done.steps < 5; done.steps += 1) yield;
  return answer;
}

test('work in slices ends as soon as nobody wants it', async () => {
  const done = { steps: 0 };
  expect(await runInSlices(counted('a', done), () => false)).toBeUndefined();
  expect(done.steps).toBe(0);
  expect(await runInSlices(counted('a', done))).toBe('a');
});

test('what cannot be done at once is begun, and done later', async () => {
  const done = { steps: 0 };
  const steps = counted('a', done);
  expect(runWithin(0, steps)).toBeUndefined();
  expect(done.steps).toBe(0);
  expect(await runInSlices(steps)).toBe('a');
  expect(runWithin(60_000, counted('b', { steps: 0 }))).toBe('b');
});

test('an answer about many rows comes later, and the former one stays until then', async () => {
  const answers = new SlicedAnswer<string>();
  const ask = (question: string, rows: number) => answers.of([question], rows, () => counted(question, { steps: 0 }));
  expect(ask('first', FEW_ROWS + 1)).toBeUndefined();
  await vi.waitUntil(() => ask('first', FEW_ROWS + 1) === 'first');
  expect(ask('second', FEW_ROWS + 1)).toBe('first');
  expect(ask('third', FEW_ROWS + 1)).toBe('first');
  await vi.waitUntil(() => ask('third', FEW_ROWS + 1) === 'third');
});

test('an answer about few rows is there at once', () => {
  const answers = new SlicedAnswer<string>();
  expect(answers.of(['first'], FEW_ROWS, () => counted('first', { steps: 0 }))).toBe('first');
});
