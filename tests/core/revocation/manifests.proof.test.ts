import { expect, test } from 'vitest';
import { pulse } from '../../rigs/reporter.mjs';
import { ALPHABET, manifests } from './proof/alphabet.ts';
import { describeManifest, expectFallen, findProblems } from './proof/check.ts';
import { worst } from './proof/oracle.ts';

test.each([1, 2, 3])(
  'a manifest of %i entries brings down only clusters that are listed in the confirmation',
  (entries) => {
    let [count, deadly] = [0, 0];
    const found: string[] = [];
    for (const each of manifests(entries)) {
      count += 1;
      pulse();
      if (worst(expectFallen(each)) !== undefined) deadly += 1;
      for (const problem of findProblems(each))
        if (found.length < 20) found.push(`${problem}: ${describeManifest(each)}`);
    }
    console.log(`${count} manifests of ${entries} of ${ALPHABET.length} entries, ${deadly} bring a cluster down`);
    expect(found).toEqual([]);
  },
);
