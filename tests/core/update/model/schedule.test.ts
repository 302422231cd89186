import { expect, test } from 'vitest';
import { DEFAULT_PLANNING } from '../../../../core/maintenance/model/rules.ts';
import type { Plan, PlanStep } from '../../../../core/plan/model/plan.ts';
import { epochMs, instant, instantFromMs, MINUTE_MS } from '../../../../core/shared/instant.ts';
import { scheduleUpdate } from '../../../../core/update/model/schedule.ts';

/** A Tuesday. The windows last two hours, on Saturdays from 22:00. */
const NOW = instant('2026-11-24T12:00:00Z');
const RULES = { ...DEFAULT_PLANNING, timeZone: 'UTC', to: '00:00', horizonDays: 30 };
const SAID = { text: 'remedy.cloud-repair', citations: [] };

function step(id: string, cluster?: string, minutes?: number): PlanStep {
  return {
    ...{ id, title: SAID, why: SAID, risk: 'low', needsApiServer: false, target: { kind: 'host' } },
    ...{ because: { failures: [], credentials: [] }, cluster },
    ...(minutes !== undefined && { estimateMs: minutes * MINUTE_MS }),
  };
}

function schedule(...steps: PlanStep[]) {
  const plan: Plan = {
    ...{ kind: 'update', madeAt: NOW, warnings: [], after: [], steps },
    clusters: [
      { name: 'agent', isHost: true },
      { name: 'east', isHost: false },
      { name: 'west', isHost: false },
    ],
  };
  const minutes = steps.reduce((sum, { estimateMs = 0 }) => sum + estimateMs, 0) / MINUTE_MS;
  const { window, split, tooLong } = scheduleUpdate({ plan, minutes }, RULES, epochMs(NOW));
  return {
    isWhole: window !== undefined,
    tooLong: tooLong?.cluster,
    parts: split?.map(({ plan: part, span }) => [
      part.clusters.map(({ name }) => name).join(),
      part.steps.map(({ id }) => id).join(),
      instantFromMs(span.startMs).slice(5, 16),
    ]),
  };
}

test('an update that a window holds is not split', () => {
  expect(schedule(step('host', undefined, 60), step('e1', 'east', 60))).toMatchObject({
    isWhole: true,
    parts: undefined,
  });
});

test('the parts of a split follow the plan; repairs and checks belong to the first, a reading of versions to its cluster', () => {
  const steps = [step('repair', 'west'), step('check'), step('host', undefined, 90), step('read', 'east')];
  const updates = [step('e1', 'east', 30), step('e2', 'east', 30), step('nodes', 'east'), step('w1', 'west', 60)];
  expect(schedule(...steps, ...updates).parts).toEqual([
    ['agent', 'repair,check,host', '11-28T22:00'],
    ['east', 'read,e1,e2,nodes', '12-05T22:00'],
    ['west', 'w1', '12-05T23:00'],
  ]);
});

test('a cluster that must be updated before the hosts has its window before theirs', () => {
  const parts = schedule(step('e1', 'east', 60), step('host', undefined, 90), step('w1', 'west', 60)).parts;
  expect(parts?.map(([name]) => name)).toEqual(['east', 'agent', 'west']);
});

test('a part that no window holds is named', () => {
  expect(schedule(step('host', undefined, 60), step('e1', 'east', 90), step('e2', 'east', 90))).toEqual({
    ...{ isWhole: false, tooLong: 'east', parts: undefined },
  });
});
