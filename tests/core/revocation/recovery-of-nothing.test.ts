import { expect, test } from 'vitest';
import { recoveryPlan } from '../../../core/revocation/recovery.ts';
import { instant } from '../../../core/shared/instant.ts';

const now = instant('2025-04-02T08:00:00Z');
const entries = [{ kind: 'serialnumber' as const, value: '0a1b', description: '', notBefore: now }];
const listSteps = (matchesNothing: boolean) =>
  recoveryPlan({
    entries,
    now,
    file: 'a.yaml',
    undoFile: 'a.undo.yaml',
    cluster: { name: 'depot' },
    matchesNothing,
  }).steps.map(({ id }) => id);

test('an entry without matches needs no repair', () => {
  expect(listSteps(false)).toEqual(expect.arrayContaining(['repair', 'credential']));
  expect(listSteps(true)).toEqual(['find-resource', 'apply', 'check-applied', 'check-nodes']);
});
