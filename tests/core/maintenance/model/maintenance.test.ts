import { describe, expect, test } from 'vitest';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import { DAY_MS, HOUR_MS, instant, epochMs } from '../../../../core/shared/instant.ts';
import { maintenancePlan, type MaintenancePlan } from '../../../../core/maintenance/model/maintenance.ts';
import { planWindows } from '../../../../core/maintenance/model/planner.ts';
import { DEFAULT_PLANNING, type PlanningRules } from '../../../../core/maintenance/model/rules.ts';
import type { MaintenanceTask } from '../../../../core/maintenance/model/tasks.ts';

const NOW = epochMs(instant('2026-11-24T12:00:00Z'));
const RULES: PlanningRules = { ...DEFAULT_PLANNING, timeZone: 'UTC', horizonDays: 90 };

function task(id: string, dueInDays: number, more: Partial<MaintenanceTask> = {}): MaintenanceTask {
  return {
    id,
    lane: 'host' as ClusterId,
    deployment: 'host',
    deadlineMs: NOW + dueInDays * DAY_MS,
    durationMs: HOUR_MS,
    kind: 'rotate-certificates',
    step: 'cloud',
    target: { clusterId: 'east' as ClusterId, name: 'retail-east', kind: 'workload' },
    commands: [],
    needsPerson: false,
    why: { text: 'maintenance.why.expired', citations: [] },
    how: [],
    because: [],
    assumed: false,
    ...more,
  };
}

function plan(tasks: MaintenanceTask[], change: Partial<PlanningRules> = {}): MaintenancePlan {
  return maintenancePlan({ tasks, notes: [] }, { ...RULES, ...change }, NOW);
}

describe('work whose deadline passes before any window', () => {
  test.each([
    ['has passed', -5],
    ['passes before the first window', 2],
  ])('is in no window if the deadline %s, and is repeated from now on', (_, days) => {
    const { windows, missed } = plan([
      task('overdue', days, { repeatsWithinMs: 60 * DAY_MS }),
      task('next', 40, { after: ['overdue'] }),
    ]);
    expect(missed).toMatchObject([{ task: 'overdue', isPastDeadline: true }]);
    const steps = windows.flatMap((window) => window.steps.map((step) => [step.task, window.start]));
    expect(steps).toEqual([
      // 60 days from now, less the lead, are over on 16 January, so the repetition shares this window.
      ['overdue', '2026-12-26T22:00:00Z'],
      ['next', '2026-12-26T22:00:00Z'],
      ['overdue', '2027-02-13T22:00:00Z'],
    ]);
  });

  test('is listed once if it is not repeated', () => {
    const { windows, missed } = plan([task('overdue', -5)]);
    expect([windows, missed.length]).toEqual([[], 1]);
  });
});

describe('the suggestions for a deadline that cannot be met', () => {
  test('are single changes, each of them sufficient: the smallest of each kind, beginning with a shorter lead', () => {
    // The deadline is Thursday, 3 December. With a lead of seven days, the work is due on 26 November, before the first
    // Saturday.
    const [missed] = plan([task('east', 9)]).missed;
    expect(missed).toMatchObject({
      due: '2026-11-26T12:00:00Z',
      deadline: '2026-12-03T12:00:00Z',
      done: '2026-11-28T23:00:00Z',
      lateMinutes: 59 * 60,
      isPastDeadline: false,
      reason: 'no-window',
      relaxations: [
        { kind: 'lead', leadDays: 4 },
        { kind: 'weekday', weekday: 'tue' },
      ],
    });
  });

  test('include only the blackout that causes the problem', () => {
    const blackouts = [
      { from: '2026-12-24', to: '2027-01-02' },
      { from: '2026-11-28', to: '2026-11-29' },
    ];
    const { missed } = plan([task('east', 12)], { blackouts });
    expect(missed[0]?.relaxations).toContainEqual({ kind: 'blackout', blackout: blackouts[1] });
    expect(missed[0]?.relaxations).not.toContainEqual({ kind: 'blackout', blackout: blackouts[0] });
  });

  test('extend the hours in steps of half an hour if the work does not fit', () => {
    const { missed } = plan([task('east', 30, { durationMs: 7.2 * HOUR_MS })]);
    expect(missed[0]).toMatchObject({
      reason: 'too-long',
      isPastDeadline: true,
      relaxations: [{ kind: 'hours', from: '22:00', to: '05:30', addedMinutes: 90 }],
    });
    expect(missed[0]).not.toHaveProperty('done');
  });

  test('are empty if the deadline has passed', () => {
    expect(plan([task('east', -1)]).missed[0]).toMatchObject({ relaxations: [], isPastDeadline: true });
    expect(plan([task('east', 0)]).missed[0]?.relaxations).toEqual([]);
  });

  test('each produce a plan that meets the deadline', () => {
    const tasks = [task('east', 9), task('west', 12), task('big', 20, { durationMs: 6.5 * HOUR_MS })];
    const met = new Set<string>();
    for (const blackouts of [[], [{ from: '2026-11-28', to: '2026-11-29' }]]) {
      const rules = { ...RULES, blackouts };
      const { missed } = maintenancePlan({ tasks, notes: [] }, rules, NOW);
      expect(missed.length).toBeGreaterThan(1);
      for (const { task: id, relaxations } of missed)
        for (const change of relaxations) {
          met.add(change.kind);
          const relaxed: PlanningRules = {
            ...rules,
            ...(change.kind === 'lead' && { leadDays: change.leadDays }),
            ...(change.kind === 'weekday' && { weekdays: [...rules.weekdays, change.weekday] }),
            ...(change.kind === 'hours' && { from: change.from, to: change.to }),
            ...(change.kind === 'blackout' && { blackouts: [] }),
          };
          expect(planWindows(tasks, relaxed, NOW).missed.map((miss) => miss.id)).not.toContain(id);
          if (change.kind !== 'lead') continue;
          // The suggested lead is the longest that suffices.
          const longer = { ...rules, leadDays: change.leadDays + 1 };
          expect(planWindows(tasks, longer, NOW).missed.map((miss) => miss.id)).toContain(id);
        }
    }
    expect([...met].sort()).toEqual(['blackout', 'hours', 'lead', 'weekday']);
  });
});

describe('the plan of a fleet', () => {
  test('contains instants in UTC, and steps in chronological order', () => {
    const { windows, until } = plan([
      task('host', 20, { repeatsWithinMs: 60 * DAY_MS }),
      task('east', 25, { after: ['host'] }),
    ]);
    expect(until).toBe('2027-02-22T12:00:00Z');
    expect(windows[0]).toEqual({
      start: '2026-12-05T22:00:00Z',
      end: '2026-12-06T04:00:00Z',
      done: '2026-12-06T00:00:00Z',
      steps: [
        { task: 'host', start: '2026-12-05T22:00:00Z', end: '2026-12-05T23:00:00Z', due: '2026-12-07T12:00:00Z' },
        { task: 'east', start: '2026-12-05T23:00:00Z', end: '2026-12-06T00:00:00Z', due: '2026-12-12T12:00:00Z' },
      ],
    });
  });
});
