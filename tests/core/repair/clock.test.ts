import { expect, test } from 'vitest';
import { checkCommand } from '../../../core/knowledge/model/cmdlets/command-check.ts';
import { credential, DEPOT, healthy, NOW_MS, makePlan, stepCommand, mergeRows } from './fleet-by-hand.ts';
import { DAY_MS } from '../../../core/shared/instant.ts';

const CLOCK = ['clock-look', 'clock-source', 'clock-correct'];
const early = credential(DEPOT, 'apiserver', 6, { notBeforeMs: NOW_MS + 2 * DAY_MS });

test('a plan for a clock that is two days slow begins with setting the clock', () => {
  const { steps } = makePlan({ rows: mergeRows(healthy(DEPOT), early) });
  expect(steps.map(({ id }) => id)).toEqual(CLOCK);
  expect(steps.map(stepCommand)).toContain('w32tm /query /status');
});

test('the clock is set before expired credentials are repaired', () => {
  const { steps } = makePlan({ rows: mergeRows(healthy(DEPOT), early, credential(DEPOT, 'csi-token', -3)) });
  expect(steps.slice(0, 3).map(({ id }) => id)).toEqual(CLOCK);
  expect(steps.length).toBeGreaterThan(3);
});

test('a plan does not mention the clock if nothing shows that it is wrong', () => {
  const { steps } = makePlan({ rows: mergeRows(healthy(DEPOT), credential(DEPOT, 'apiserver', -3)) });
  expect(steps.filter(({ id }) => CLOCK.includes(id))).toEqual([]);
  expect(checkCommand('w32tm /query /status').problems.filter(({ severity }) => severity === 'error')).toEqual([]);
});
