import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkFleets } from './advice/check.ts';

test('statements about 25 generated fleets are true, and plans repair their clusters and nothing else', async () => {
  const { counterexamples, plans } = await checkFleets({ fleets: 25, seed: fc.readConfigureGlobal().seed ?? 1 });
  expect(counterexamples).toEqual([]);
  expect(plans).toBeGreaterThan(50);
});
