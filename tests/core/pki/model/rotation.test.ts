import { expect, test } from 'vitest';
import {
  findRotationStage,
  isRotating,
  nextRotationStage,
  ROTATION_STAGE_IDS,
  ROTATION_STAGES,
  currentSigner,
  trustAnchors,
  type RotationStageId,
} from '../../../../core/pki/model/rotation.ts';

test('in every stage, clients can connect until their certificate is reissued', () => {
  expect(Object.keys(ROTATION_STAGES)).toEqual([...ROTATION_STAGE_IDS]);
  for (const [at, id] of ROTATION_STAGE_IDS.entries()) {
    const stage = ROTATION_STAGES[id];
    expect(stage.id).toBe(id);
    // A certificate from the signing CA is accepted, and clients of the stage trust that CA.
    expect(stage.trusts, id).toContain(stage.signs);
    // Certificates from the previous stage are still accepted, and clients of that stage already trusted the new CA.
    const before = ROTATION_STAGE_IDS[at - 1];
    if (before !== undefined && before !== 'single') expect(stage.trusts, id).toContain('new');
    if (before === 'both-trusted') expect(stage.trusts, id).toContain('old');
  }
});

test.each<[RotationStageId, RotationStageId, boolean]>([
  ['single', 'both-trusted', false],
  ['both-trusted', 'reissuing', true],
  ['reissuing', 'withdrawn', true],
  ['withdrawn', 'both-trusted', false],
])('after %s comes %s; a rotation is in progress: %s', (stage, next, is) => {
  expect(nextRotationStage(stage)).toBe(next);
  expect(isRotating(stage)).toBe(is);
});

test.each<[string, boolean, boolean, boolean, RotationStageId]>([
  ['one CA', false, false, false, 'single'],
  ['one CA that has signed', false, false, true, 'single'],
  ['a new CA that has signed nothing', true, false, false, 'both-trusted'],
  ['a new CA that has signed', true, false, true, 'reissuing'],
  ['an old CA that is withdrawn', true, true, true, 'withdrawn'],
  ['an old CA that was withdrawn before anything was reissued', true, true, false, 'withdrawn'],
])('the certificates determine the stage: %s', (_title, hasOld, isOldWithdrawn, hasReissued, stage) => {
  expect(findRotationStage({ hasOld, isOldWithdrawn, hasReissued })).toBe(stage);
});

test.each<[RotationStageId, string, string[]]>([
  ['single', 'b', ['b']],
  ['both-trusted', 'a', ['b', 'a']],
  ['reissuing', 'b', ['b', 'a']],
  ['withdrawn', 'b', ['b']],
])('in the stage %s of a rotation from a to b, %s signs, and %j are trusted', (id, signer, trusted) => {
  const cas = { stage: ROTATION_STAGES[id], newest: 'b', oldest: id === 'single' ? undefined : 'a' };
  expect(currentSigner(cas)).toBe(signer);
  expect(trustAnchors(cas)).toEqual(trusted);
});
