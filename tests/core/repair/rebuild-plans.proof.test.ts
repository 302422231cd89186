import { expect, test } from 'vitest';
import { explore, formatCounts } from './proof/explore.ts';
import { isValid, platforms } from './proof/platform.ts';

test('if a cluster must be rebuilt, the plan repairs everything outside the cluster and nothing in it', () => {
  const found = explore(platforms((platform) => !isValid(platform, 'cluster-ca')));
  console.log(formatCounts(found));
  expect(found.counterexamples).toEqual([]);
  expect(found.platforms).toBe(497_664);
});
