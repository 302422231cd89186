import { expect, test } from 'vitest';
import { explore, inNumbers } from './proof/explore.ts';
import { isValid, platforms } from './proof/platform.ts';

test('whatever has ended, the plan repairs it in an order that works, and touches nothing else', () => {
  const found = explore(platforms((platform) => isValid(platform, 'cluster-ca')));
  console.log(inNumbers(found));
  expect(found.counterexamples).toEqual([]);
  expect(found.platforms).toBe(497_664);
});
