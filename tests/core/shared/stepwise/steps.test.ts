import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runSteps, sortSteps } from '../../../../core/shared/stepwise/steps.ts';

const entry = fc.record({ key: fc.integer({ min: 0, max: 50 }), at: fc.nat() });

test('sorting in steps gives what sorting at once does, equal ones in their order included', () => {
  const compare = (left: { key: number }, right: { key: number }): number => left.key - right.key;
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 5_000, size: 'max' }), (entries) => {
      expect(runSteps(sortSteps(entries, compare))).toEqual([...entries].sort(compare));
    }),
    { numRuns: 20 },
  );
});

test('a hundred thousand are sorted in many steps', () => {
  const numbers = Array.from({ length: 100_000 }, (_, at) => (at * 7_919) % 100_003);
  const steps = sortSteps(numbers, (left, right) => left - right);
  let count = 0;
  for (let step = steps.next(); step.done !== true; step = steps.next()) count += 1;
  expect(count).toBeGreaterThan(400);
});
