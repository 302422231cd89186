import { describe, expect, test } from 'vitest';
import type { Plan, PlanStep } from '../../../core/plan/model/plan.ts';
import { instantFromMs, MINUTE_MS } from '../../../core/shared/instant.ts';
import { translator } from '../../../core/shared/text/text.ts';
import { planView, type PlanStepView } from '../../../renderer/plan/plan-view.ts';
import { NOW_MS } from '../../support/console.ts';

const SAID = { text: 'remedy.cloud-repair', citations: [] };
const IF_DOWN = { text: 'remedy.if.api-down', citations: [] };

function step(id: string, more: Partial<PlanStep> = {}): PlanStep {
  const because = { failures: [], credentials: [] };
  const target = { kind: 'host' } as const;
  return { id, title: SAID, why: SAID, target, risk: 'low', needsApiServer: false, because, ...more };
}

function viewSteps(...steps: PlanStep[]): PlanStepView[] {
  const plan: Plan = { kind: 'repair', madeAt: instantFromMs(NOW_MS), clusters: [], warnings: [], steps, after: [] };
  return planView(plan, { language: 'en', translate: translator('en'), zone: 'utc' }).steps;
}

describe('the outline of a plan', () => {
  test('has one group for the hosts and for each cluster, with its number of steps and its length', () => {
    const steps = viewSteps(
      step('a', { estimateMs: 60 * MINUTE_MS }),
      step('b', { takes: { usualMs: 30 * MINUTE_MS, longestMs: 60 * MINUTE_MS, citations: [] } }),
      step('c', { cluster: 'east' }),
      step('d', { cluster: 'east' }),
      step('e', { cluster: 'west', isSample: true }),
    );
    expect(steps.map(({ group }) => group)).toEqual([
      { name: 'Hosts and cloud agent', count: 2, takes: '1 hour 30 minutes' },
      undefined,
      { name: 'east', count: 2 },
      undefined,
      { name: 'west (demo)', count: 1 },
    ]);
  });

  test('has groups in the order of the steps; a step on a workstation belongs to the group before it', () => {
    const steps = viewSteps(
      step('a', { cluster: 'east' }),
      step('b', { target: { kind: 'every-host' } }),
      step('c', { target: { kind: 'workstation' } }),
      step('d', { cluster: 'east' }),
    );
    expect(steps.map(({ group }) => group?.name)).toEqual(['east', 'Hosts and cloud agent', undefined, 'east']);
  });

  test('has no groups if all steps are for one cluster', () => {
    const steps = viewSteps(step('a', { cluster: 'east' }), step('b', { cluster: 'east' }));
    expect(steps.map(({ group }) => group)).toEqual([undefined, undefined]);
  });

  test('states a condition once for the steps that share it, and again for another cluster', () => {
    const only = [IF_DOWN];
    const steps = viewSteps(
      step('a', { cluster: 'east' }),
      step('b', { cluster: 'east', only }),
      step('c', { cluster: 'east', only }),
      step('d', { cluster: 'west', only }),
    );
    expect(steps.map(({ isSameCase }) => isSameCase)).toEqual([false, false, true, false]);
    const [, conditional] = steps;
    expect(conditional?.title).toContain(conditional?.line);
    expect(conditional?.title).toContain(conditional?.only[0]?.text);
    expect(conditional?.line).not.toContain(conditional?.only[0]?.text);
  });
});
