import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, instant, instantFromMs, epochMs } from '../../../../core/shared/instant.ts';
import type { Work } from '../../../../core/maintenance/model/lanes.ts';
import { planWindows } from '../../../../core/maintenance/model/planner.ts';
import { listSlots, type MaintenanceRules, type MaintenanceNight } from '../../../../core/maintenance/model/rules.ts';

const NOW = epochMs(instant('2026-11-24T12:00:00Z'));

const RULES: MaintenanceRules = {
  timeZone: 'UTC',
  weekdays: ['sat'],
  from: '22:00',
  to: '02:00',
  blackouts: [],
  leadDays: 0,
  horizonDays: 90,
  mostWindows: 400,
};

function work(id: string, dueInDays: number, more: Partial<Work> = {}): Work {
  return { id, lane: 'host', deadlineMs: NOW + dueInDays * DAY_MS, durationMs: HOUR_MS, ...more };
}

/** Returns the start of each window with the ids of its work, such as `2026-11-28T22:00:00Z host east`. */
function describeWindows(works: readonly Work[], rules: Partial<MaintenanceRules> = {}): string[] {
  return planWindows(works, { ...RULES, ...rules }, NOW).windows.map(({ startMs, runs }) =>
    [instantFromMs(startMs), ...runs.map(({ id }) => id)].join(' '),
  );
}

/** Finds the minimum number of slots by trying all schedules; `undefined` if no schedule works. */
function fewestByTrying(
  works: readonly Work[],
  slots: readonly MaintenanceNight[],
  leadMs: number,
  horizonMs: number,
): number | undefined {
  const isPlanned = works.map(({ deadlineMs }) => deadlineMs - leadMs < horizonMs);
  const places = new Map(works.map(({ id }, place) => [id, place]));
  let best: number | undefined;
  const visit = (at: number, used: number, dues: readonly number[], begun: readonly boolean[]): void => {
    if (best !== undefined && used >= best) return;
    if (dues.every((due) => due === Infinity)) {
      best = used;
      return;
    }
    const slot = slots[at];
    if (slot === undefined) return;
    for (let choice = 0; choice < 1 << works.length; choice += 1) {
      const nextDues = [...dues];
      const nextBegun = [...begun];
      const endOfLane = new Map<string, number>();
      const isGood = works.every((each, place) => {
        if ((choice & (1 << place)) === 0) return true;
        const endMs = (endOfLane.get(each.lane) ?? slot.startMs) + each.durationMs;
        endOfLane.set(each.lane, endMs);
        const due = dues[place]!;
        nextDues[place] =
          each.repeatsWithinMs === undefined ? Infinity : Math.max(due, slot.startMs + each.repeatsWithinMs - leadMs);
        if (nextDues[place] >= horizonMs) nextDues[place] = Infinity;
        const isInOrder = (each.after ?? []).every((id) => !isPlanned[places.get(id)!] || nextBegun[places.get(id)!]);
        nextBegun[place] = true;
        return due !== Infinity && isInOrder && endMs <= due && endMs <= slot.endMs;
      });
      if (isGood) visit(at + 1, used + (choice === 0 ? 0 : 1), nextDues, nextBegun);
    }
  };
  const start = works.map(({ deadlineMs }, place) => (isPlanned[place] === true ? deadlineMs - leadMs : Infinity));
  visit(
    0,
    0,
    start,
    works.map(() => false),
  );
  return best;
}

const smallWork = fc.record({
  dueHours: fc.oneof(
    { weight: 1, arbitrary: fc.integer({ min: -5, max: 10 * 24 }) },
    { weight: 9, arbitrary: fc.integer({ min: 10 * 24, max: 50 * 24 }) },
  ),
  repeatDays: fc.option(fc.integer({ min: 8, max: 40 }), { nil: undefined, freq: 3 }),
  // Work of four hours fits into only two of the three kinds of windows.
  hours: fc.constantFrom(1, 1, 1, 1, 2, 2, 3, 4),
  after: fc.integer({ min: 0, max: 3 }),
  lane: fc.constantFrom('one', 'one', 'two'),
});

const smallInput = fc.record({
  works: fc.array(smallWork, { minLength: 1, maxLength: 3 }),
  weekdays: fc.constantFrom<MaintenanceRules['weekdays'][]>(['sat'], ['sat', 'wed'], ['mon']),
  to: fc.constantFrom('02:00', '00:00', '03:30'),
  leadDays: fc.integer({ min: 0, max: 4 }),
  blackout: fc.option(fc.constantFrom('2026-12-05', '2026-12-12'), { nil: undefined }),
});

type Drawn = typeof smallWork extends fc.Arbitrary<infer Value> ? Value : never;
type Input = typeof smallInput extends fc.Arbitrary<infer Value> ? Value : never;

describe('the plan of windows, compared with every possible choice,', () => {
  /** Turns generated values into the work of one or two hosts. `isPlain`: each task is done once and takes an hour. */
  function makeWorks(drawn: readonly Drawn[], isPlain: boolean): Work[] {
    const works = drawn.map(({ dueHours, repeatDays, hours, after, lane }, place): Work => ({
      id: `task-${place}`,
      // Dependent work shares a host, so that it is done in sequence.
      lane: after < place ? 'one' : lane,
      deadlineMs: NOW + dueHours * HOUR_MS,
      durationMs: (isPlain ? 1 : hours) * HOUR_MS,
      ...(repeatDays === undefined || isPlain ? {} : { repeatsWithinMs: repeatDays * DAY_MS }),
      ...(after < place ? { after: [`task-${after}`] } : {}),
    }));
    const tied = new Set(works.flatMap(({ after }) => after ?? []));
    return works.map((each) => (tied.has(each.id) ? { ...each, lane: 'one' } : each));
  }

  /**
   * Counts the windows and missed deadlines of the plan. `fewest`: the smallest possible number of windows; `undefined`
   * if no schedule works.
   */
  function comparePlan(
    input: Input,
    isPlain: boolean,
  ): { windows: number; missed: number; fewest: number | undefined } {
    const { works: drawn, weekdays, to, leadDays, blackout } = input;
    const works = makeWorks(drawn, isPlain);
    const rules: MaintenanceRules = {
      ...RULES,
      weekdays,
      to,
      leadDays,
      horizonDays: 45,
      mostWindows: 7,
      blackouts: blackout === undefined ? [] : [{ from: blackout, to: blackout }],
    };
    const untilMs = NOW + 45 * DAY_MS;
    const fewest = fewestByTrying(works, listSlots(rules, NOW, untilMs), leadDays * DAY_MS, untilMs);
    const { windows, missed } = planWindows(works, rules, NOW);
    return { windows: windows.length, missed: missed.length, fewest };
  }

  test('meets every possible deadline with at most one extra window if tasks are done once and take equally long', () => {
    let met = 0;
    fc.assert(
      fc.property(smallInput, (input) => {
        const { windows, missed, fewest } = comparePlan(input, true);
        expect(missed === 0).toBe(fewest !== undefined);
        if (fewest === undefined) return;
        met += 1;
        expect(windows).toBeGreaterThanOrEqual(fewest);
        expect(windows).toBeLessThanOrEqual(fewest + 1);
      }),
      { numRuns: 120 },
    );
    // The comparison is only meaningful if both outcomes are frequent.
    expect(met).toBeGreaterThan(20);
    expect(met).toBeLessThan(118);
  });

  test('never claims to meet an impossible deadline if some tasks take longer or repeat', () => {
    fc.assert(
      fc.property(smallInput, (input) => {
        const { windows, missed, fewest } = comparePlan(input, false);
        if (fewest === undefined) expect(missed).toBeGreaterThan(0);
        else if (missed === 0) expect(windows).toBeGreaterThanOrEqual(fewest);
      }),
      { numRuns: 120 },
    );
  });

  test('meets every deadline that it does not report as missed, for inputs of any size', () => {
    fc.assert(
      fc.property(
        fc.array(smallWork, { minLength: 5, maxLength: 40 }),
        fc.integer({ min: 0, max: 9 }),
        (drawn, leadDays) => {
          const works = drawn.map(({ dueHours, repeatDays, hours, lane }, place): Work => ({
            id: `task-${place}`,
            lane,
            deadlineMs: NOW + dueHours * HOUR_MS,
            durationMs: hours * HOUR_MS,
            ...(repeatDays === undefined ? {} : { repeatsWithinMs: repeatDays * DAY_MS }),
          }));
          const rules: MaintenanceRules = { ...RULES, weekdays: ['wed', 'sat'], leadDays };
          const plan = planWindows(works, rules, NOW);
          const missed = new Set(plan.missed.map(({ id }) => id));
          const dues = new Map(works.map(({ id, deadlineMs }) => [id, deadlineMs - leadDays * DAY_MS]));
          for (const { startMs, endMs, runs } of plan.windows) {
            expect(runs.length).toBeGreaterThan(0);
            for (const lane of ['one', 'two']) {
              let freeMs = startMs;
              for (const run of runs) {
                const own = works.find(({ id }) => id === run.id);
                if (own?.lane !== lane) continue;
                expect(run.startMs).toBe(freeMs);
                freeMs = run.endMs;
                expect(run.endMs).toBeLessThanOrEqual(endMs);
                if (!missed.has(run.id)) expect(run.endMs).toBeLessThanOrEqual(dues.get(run.id)!);
                dues.set(run.id, startMs + (own.repeatsWithinMs ?? Infinity) - leadDays * DAY_MS);
              }
            }
          }
          const untilMs = NOW + RULES.horizonDays * DAY_MS;
          for (const [id, due] of dues) if (!missed.has(id)) expect(due).toBeGreaterThanOrEqual(untilMs);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('the plan of windows', () => {
  test('puts everything into the last window before the first deadline', () => {
    expect(describeWindows([work('host', 12), work('east', 30)])).toEqual(['2026-12-05T22:00:00Z host east']);
  });

  test('puts a dependent task after the task on which it depends, in the same window', () => {
    expect(describeWindows([work('east', 8, { after: ['host'] }), work('host', 30)])).toEqual([
      '2026-11-28T22:00:00Z host east',
    ]);
  });

  test('repeats a task until the horizon', () => {
    expect(describeWindows([work('tokens', 30, { repeatsWithinMs: 30 * DAY_MS })])).toEqual([
      '2026-12-19T22:00:00Z tokens',
      '2027-01-16T22:00:00Z tokens',
      '2027-02-13T22:00:00Z tokens',
    ]);
  });

  test('contains work due a second before the horizon, but not work due at the horizon', () => {
    const untilMs = NOW + RULES.horizonDays * DAY_MS;
    expect(describeWindows([work('host', 0, { deadlineMs: untilMs })])).toEqual([]);
    expect(describeWindows([work('host', 0, { deadlineMs: untilMs - 1_000 })])).toHaveLength(1);
  });

  test('completes work by its deadline, to the second', () => {
    const deadlineMs = epochMs(instant('2026-11-28T23:00:00Z'));
    const countMissed = (ms: number): number =>
      planWindows([work('host', 0, { deadlineMs: ms })], RULES, NOW).missed.length;
    expect([deadlineMs - 1_000, deadlineMs, deadlineMs + 1_000].map(countMissed)).toEqual([1, 0, 0]);
  });

  test('schedules late work as soon as possible and states how late it is', () => {
    const plan = planWindows([work('host', -1)], RULES, NOW);
    expect(plan.missed).toEqual([
      {
        id: 'host',
        reason: 'no-window',
        dueMs: NOW - DAY_MS,
        endMs: epochMs(instant('2026-11-28T23:00:00Z')),
        times: 1,
      },
    ]);
    expect(plan.windows).toHaveLength(1);
  });

  test('schedules the other work on time if the first window cannot hold all the late work', () => {
    const late = ['a', 'b', 'c', 'd', 'e'].map((id) => work(id, -1, { repeatsWithinMs: 40 * DAY_MS }));
    const plan = planWindows([...late, work('host', 60)], RULES, NOW);
    expect(plan.missed.map(({ id, reason }) => `${id} ${reason}`)).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map((id) => `${id} no-window`),
    );
    expect(plan.windows.map(({ runs }) => runs.map(({ id }) => id).join(' '))).toEqual([
      'a b c d',
      'e',
      'a b c d',
      'e host',
      'a b c d',
      'e',
    ]);
    // The due time follows from the rules, even if it has passed.
    expect(plan.windows[0]?.runs[0]?.dueMs).toBe(NOW - DAY_MS);
  });

  test('reports work that is longer than any window, and still schedules the other work', () => {
    const plan = planWindows([work('big', 20, { durationMs: 5 * HOUR_MS }), work('host', 20)], RULES, NOW);
    expect(plan.missed.map(({ id, reason }) => [id, reason])).toEqual([['big', 'too-long']]);
    expect(plan.windows.flatMap(({ runs }) => runs.map(({ id }) => id))).toEqual(['host']);
  });

  test('uses more windows if one is too short for everything, and shares them with work on other hosts', () => {
    const crowd = ['a', 'b', 'c', 'd', 'e'].map((id) => work(id, 26));
    expect(describeWindows(crowd).map((line) => line.split(' ').length - 1)).toEqual([4, 1]);
    expect(describeWindows([...crowd, work('other', 26, { lane: 'other' })])).toHaveLength(2);
  });

  test('schedules a task even if the task on which it depends fits into no window', () => {
    expect(
      describeWindows([work('never', 20, { durationMs: 9 * HOUR_MS }), work('east', 20, { after: ['never'] })]),
    ).toEqual(['2026-12-12T22:00:00Z east']);
  });

  test('is always the same for the same input', () => {
    const works = [work('a', 9), work('b', 40, { repeatsWithinMs: 20 * DAY_MS })];
    expect(planWindows(works, RULES, NOW)).toEqual(planWindows(works, RULES, NOW));
  });

  test('has no windows if there is nothing to do', () => {
    expect(planWindows([], RULES, NOW)).toEqual({ windows: [], missed: [], considered: 13 });
  });
});
