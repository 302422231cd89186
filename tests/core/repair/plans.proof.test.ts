import { expect, test } from 'vitest';
import { explore } from './proof/explore.ts';
import { isValid, platforms } from './proof/platform.ts';

test('whatever has ended, the plan repairs it in an order that works, and touches nothing else', () => {
  const found = explore(platforms((platform) => isValid(platform, 'cluster-ca')));
  console.log(`${found.platforms} platforms, ${found.plans} plans`);
  expect(found.counterexamples).toEqual([]);
  expect(found.platforms).toBeGreaterThan(300_000);
});
