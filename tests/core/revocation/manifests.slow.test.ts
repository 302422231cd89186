import { expect, test } from 'vitest';
import { translator } from '../../../core/shared/text/text.ts';
import { impactAnswer } from '../../../core/revocation/text/impact-text.ts';
import { manifests } from './proof/alphabet.ts';
import {
  describeManifest,
  expectFallen,
  computeGuard,
  isWrittenUnasked,
  judgeEntries,
  findProblems,
} from './proof/check.ts';
import { worst } from './proof/oracle.ts';

/** Primes, so that the samples follow no pattern in the order of the manifests. */
const [MANY, FEW] = [
  { pairs: 13, triples: 1_999 },
  { pairs: 97, triples: 19_991 },
];

function* sample(every: typeof MANY): Generator<readonly number[]> {
  yield* manifests(1);
  let at = 0;
  for (const pair of manifests(2)) if (at++ % every.pairs === 0) yield pair;
  for (const triple of manifests(3)) if (at++ % every.triples === 0) yield triple;
}

test('the confirmation of a manifest lists exactly the clusters that the manifest brings down', () => {
  const found = [...sample(MANY)].flatMap((each) =>
    findProblems(each).map((problem) => `${problem}: ${describeManifest(each)}`),
  );
  expect(found).toEqual([]);
});

test('a text is judged like its entries, and is written only after its worst consequence was shown and confirmed', () => {
  const translate = translator('en');
  const spoken = { servers: 'all its API servers', etcd: 'the majority of its etcd', kubelets: 'all its kubelets' };
  let brought = 0;
  for (const each of sample(FEW)) {
    const judged = judgeEntries(each);
    const guard = computeGuard(each);
    expect(judged.judgement.isSound, describeManifest(each)).toBe(guard !== undefined);
    if (guard === undefined) continue;
    expect(judged.judgement.guard, describeManifest(each)).toEqual(guard);
    const first = worst(expectFallen(each));
    if (first === undefined) continue;
    brought += 1;
    expect(isWrittenUnasked(judged), describeManifest(each)).toBe(false);
    const { sentence, gravity } = impactAnswer(judged.judgement, translate);
    expect(sentence, describeManifest(each)).toMatch(
      new RegExp(`${first.cluster}”? would lose ${spoken[first.what]}`, 'u'),
    );
    expect(gravity).toBe('danger');
  }
  expect(brought).toBeGreaterThan(250);
});
