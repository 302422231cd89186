import { expect, test } from 'vitest';
import { explore } from './proof/explore.ts';
import { platforms } from './proof/platform.ts';

/** A prime, so that the sample does not follow any pattern in the order of the platforms. */
const EVERY = 9_001;

function* sample(): ReturnType<typeof platforms> {
  let at = 0;
  for (const platform of platforms()) if (at++ % EVERY === 0) yield platform;
}

test('for a sample of all platforms, the plan repairs expired credentials in a possible order', () => {
  expect(explore(sample()).counterexamples).toEqual([]);
});
