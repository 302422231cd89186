import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClusterId } from '../../../core/shared/ids.ts';
import type { Forecast, ForecastEvent } from '../../../core/forecast/model/forecast.ts';
import { DAY_MS, HOUR_MS } from '../../../core/shared/instant.ts';
import { CLUSTER_LANE_PX, xOf } from '../../../core/forecast/model/timeline.ts';
import { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { GUTTER_PX, stateOfEvent, type TimelineState } from '../../../renderer/forecast/timeline.svelte.ts';
import { aRow, FakeApi, NOW_MS } from '../fake-api.ts';

const ROWS = [
  aRow('one', 0.2, { cluster: 'tokyo' }),
  aRow('two', 0.4, { cluster: 'tokyo' }),
  aRow('three', 0.3, { cluster: 'osaka' }),
];

function expiry(clusterId: string, days: number): ForecastEvent {
  return {
    kind: 'expiry',
    atMs: NOW_MS + days * DAY_MS,
    clusterId: clusterId as ClusterId,
    role: 'apiserver',
    name: `ends ${days}`,
    needsSomebody: true,
    cause: 'nobody-renews',
    certainty: 'documented',
  };
}

function forecastOf(events: readonly ForecastEvent[]): Forecast {
  const clusters = [...new Set(ROWS.map(({ clusterId }) => clusterId))];
  return {
    nowMs: NOW_MS,
    untilMs: NOW_MS + 365 * DAY_MS,
    scenario: {},
    answer: { ...(events[0] && { first: events[0] }), broken: 0, breaking: events.length },
    clusters: clusters.map((clusterId) => {
      const own = events.filter((event) => event.clusterId === clusterId);
      return {
        clusterId,
        cluster: clusterId,
        kind: 'kubernetes',
        confirmedMs: NOW_MS,
        answer: { ...(own[0] && { first: own[0] }), broken: 0, breaking: own.length },
        already: [],
        events: own,
        renewals: [],
        assumptions: [],
      };
    }),
    lives: { ids: ROWS.map(({ id }) => id), moments: new Float64Array(4 * ROWS.length).fill(NaN) },
  };
}

const EVENTS = [expiry('tokyo', 3), expiry('tokyo', 30), expiry('osaka', 60)];

async function aTimeline(api = new FakeApi(ROWS)): Promise<{ api: FakeApi; timeline: TimelineState }> {
  api.forecast = forecastOf(EVENTS);
  const state = new ConsoleState(api.api, { language: 'en-GB', dark: false, readClock: () => NOW_MS });
  await state.settings.load();
  await state.inventory.load();
  const { timeline } = state;
  await timeline.load(timeline.question);
  return { api, timeline };
}

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

describe('the question', () => {
  test('is asked as the scenario says, and the answer is told in sentences', async () => {
    const { api, timeline } = await aTimeline();
    expect(timeline.answer?.sentence).toMatch(/^If nothing is done, the first to break is API server /u);
    expect(timeline.answer?.more).toMatch(/^2 more break until /u);
    timeline.choose('off');
    timeline.switchOff('tokyo');
    await timeline.load(timeline.question);
    const { fromMs, toMs } = timeline;
    expect(api.argumentsOf('forecast').at(-1)).toEqual({
      horizonDays: 365,
      scenario: { off: { fromMs, toMs, clusterId: 'tokyo' } },
    });
    timeline.switchOff('a cluster that is gone');
    expect(timeline.scenario.off).toEqual({ fromMs, toMs });
  });

  test('that makes no sense is not asked, and says why', async () => {
    const { api, timeline } = await aTimeline();
    const asked = api.argumentsOf('forecast').length;
    timeline.choose('absent');
    timeline.toMs = timeline.fromMs;
    expect(timeline.fault).toBe('timeline.fault.order');
    timeline.fromMs = NOW_MS - 2 * HOUR_MS;
    timeline.toMs = NOW_MS - HOUR_MS;
    expect(timeline.fault).toBe('timeline.fault.past');
    await timeline.load(timeline.question);
    expect(api.argumentsOf('forecast')).toHaveLength(asked);
    timeline.toMs = NOW_MS + HOUR_MS;
    expect(timeline.fault).toBeUndefined();
  });

  test('of which the answer comes late does not hide the answer to a later one', async () => {
    const { api, timeline } = await aTimeline();
    const slow = timeline.load(timeline.question);
    api.forecast = forecastOf([expiry('osaka', 1)]);
    timeline.choose('missed');
    await timeline.load(timeline.question);
    await slow;
    expect(timeline.forecast?.scenario).toEqual({ missesUpdate: true });
    expect(timeline.working).toBe(false);
  });

  test('that cannot be answered leaves what is shown, and tells the problem', async () => {
    const { api, timeline } = await aTimeline();
    const before = timeline.forecast;
    api.failing.add('forecast');
    await timeline.load(timeline.question);
    expect(timeline.forecast).toBe(before);
    expect(timeline.working).toBe(false);
  });
});

describe('by keyboard', () => {
  const press = (timeline: TimelineState, ...keys: string[]): void => {
    for (const key of keys)
      expect(timeline.key(key.replace('Ctrl+', ''), { ctrl: key.startsWith('Ctrl+') })).toBe(true);
  };

  test('lanes are walked through, opened and closed', async () => {
    const { timeline } = await aTimeline();
    expect(timeline.lanes.count).toBe(2);
    press(timeline, 'Enter');
    expect(timeline.lanes.count).toBe(4);
    press(timeline, 'ArrowDown');
    expect(timeline.line?.title).toMatch(/one|two/u);
    press(timeline, 'ArrowUp', ' ');
    expect(timeline.lanes.count).toBe(2);
    press(timeline, 'ArrowDown', 'ArrowDown', 'ArrowDown');
    expect(timeline.line?.title).toBe('osaka');
  });

  test('events of a lane are walked through from now on, and brought into view', async () => {
    const { timeline } = await aTimeline();
    press(timeline, 'Ctrl+ArrowRight');
    expect(timeline.line?.text).toContain('ends 3 ');
    press(timeline, '+', '+', '+', '+', '+', '+', '+', '+');
    press(timeline, 'Ctrl+ArrowRight', 'Ctrl+ArrowRight');
    expect(timeline.line?.text).toContain('ends 30 ');
    const x = xOf(timeline.view, NOW_MS + 30 * DAY_MS);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(timeline.width - GUTTER_PX);
    press(timeline, 'Ctrl+ArrowLeft');
    expect(timeline.line?.text).toContain('ends 3 ');
  });

  test('time is moved, zoomed, shown as a whole and led back to now', async () => {
    const { timeline } = await aTimeline();
    const { view } = timeline;
    press(timeline, 'ArrowRight');
    expect(timeline.view.fromMs).toBeGreaterThan(view.fromMs);
    press(timeline, '+');
    expect(timeline.view.msPerPx).toBeLessThan(view.msPerPx);
    press(timeline, 'Home');
    const width = timeline.width - GUTTER_PX;
    expect(xOf(timeline.view, NOW_MS)).toBeCloseTo(width / 10);
    press(timeline, '0');
    expect(xOf(timeline.view, NOW_MS + 365 * DAY_MS)).toBeLessThan(width);
    expect(xOf(timeline.view, NOW_MS)).toBeGreaterThan(0);
  });

  test('other keys are left to the page', async () => {
    const { timeline } = await aTimeline();
    for (const key of ['Tab', 'a', 'Escape', 'F6']) expect(timeline.key(key, { ctrl: false })).toBe(false);
  });
});

test('the pointer is at the mark it is near to, else at the lane', async () => {
  const { timeline } = await aTimeline();
  const x = GUTTER_PX + xOf(timeline.view, NOW_MS + 3 * DAY_MS);
  expect(timeline.at(x + 7, 5)).toEqual({ lane: 0, mark: 0 });
  expect(timeline.at(x + 9, 5)).toEqual({ lane: 0 });
  expect(timeline.at(x, CLUSTER_LANE_PX)).toEqual({ lane: 1 });
  expect(timeline.at(x, 2 * CLUSTER_LANE_PX)).toBeUndefined();
});

test('the table has every event of the picture, in the order of time', async () => {
  const { timeline } = await aTimeline();
  expect(timeline.entries).toEqual([]);
  timeline.asTable = true;
  expect(timeline.entries.map(({ event }) => event)).toEqual(EVENTS);
  expect(timeline.entryCount).toBe(3);
  expect(timeline.summaries.map(({ answer }) => answer)).toEqual([
    expect.stringMatching(/^Breaks first: API server ends 3, /u),
    expect.stringMatching(/^Breaks first: API server ends 60, /u),
  ]);
});

test.each<[Partial<ForecastEvent>, string]>([
  [{}, 'expired'],
  [{ needsSomebody: false }, 'renewal-due'],
  [{ kind: 'not-started' }, 'urgent'],
  [{ kind: 'update-failed' }, 'urgent'],
  [{ kind: 'update-due' }, 'renewal-overdue'],
  [{ kind: 'renewal', needsSomebody: false }, 'fine'],
])('an event with %j is drawn as %s', (change, state) => {
  expect(stateOfEvent({ ...expiry('tokyo', 1), ...change })).toBe(state);
});
