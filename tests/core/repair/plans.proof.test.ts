import { expect, test } from 'vitest';
import { explore, formatCounts } from './proof/explore.ts';
import { isValid, platforms } from './proof/platform.ts';

test.each([
  ['stands', true, 165_888],
  ['has ended', false, 331_776],
])(
  'if the control plane %s, the plan repairs everything that has expired, in a possible order, and nothing else',
  (_title, isUp, count) => {
    const found = explore(
      platforms((platform) => isValid(platform, 'cluster-ca') && isValid(platform, 'apiserver') === isUp),
    );
    console.log(formatCounts(found));
    expect(found.counterexamples).toEqual([]);
    expect(found.platforms).toBe(count);
  },
);
