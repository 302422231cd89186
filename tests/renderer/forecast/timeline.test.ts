import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClusterId } from '../../../core/shared/ids.ts';
import type { ForecastEvent } from '../../../core/forecast/model/forecast.ts';
import { DAY_MS, HOUR_MS } from '../../../core/shared/instant.ts';
import { CLUSTER_LANE_PX, toPixel } from '../../../core/forecast/model/timeline.ts';
import { GUTTER_PX, findEventState, type TimelineState } from '../../../renderer/forecast/timeline.svelte.ts';
import { NOW_MS, openConsole, type TestConsole } from '../../support/console.ts';
import { kubeconfigFile } from '../../support/fleet.ts';

/** Kubeconfigs without automatic renewal, ending on three days. */
const YEAR_MS = 365 * DAY_MS;
const FILES = Object.fromEntries([
  await kubeconfigFile({ cluster: 'tokyo', name: 'ends 3', leftMs: 3 * DAY_MS, lifeMs: YEAR_MS }),
  await kubeconfigFile({ cluster: 'tokyo', name: 'ends 30', leftMs: 30 * DAY_MS, lifeMs: YEAR_MS }),
  await kubeconfigFile({ cluster: 'osaka', name: 'ends 60', leftMs: 60 * DAY_MS, lifeMs: YEAR_MS }),
]);

async function aTimeline(): Promise<{ console: TestConsole; timeline: TimelineState }> {
  const console = await openConsole();
  await console.import(FILES);
  const { timeline } = await console.open({ language: 'en-GB' });
  await timeline.load(timeline.question);
  return { console, timeline };
}

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

describe('the forecast request', () => {
  test('follows the scenario, and is answered in sentences', async () => {
    const { console, timeline } = await aTimeline();
    expect(timeline.answer?.sentence).toMatch(/^If nothing is done, the first to break is Admin kubeconfig ends 3 /u);
    expect(timeline.answer?.more).toMatch(/^2 more break until /u);
    timeline.choose('off');
    timeline.switchOff(console.clusterId('tokyo'));
    await timeline.load(timeline.question);
    const { fromMs, toMs } = timeline;
    expect(console.calls('forecast', 'compute').at(-1)).toEqual({
      horizonDays: 365,
      scenario: { off: { fromMs, toMs, clusterId: console.clusterId('tokyo') } },
    });
    timeline.switchOff('a cluster that is gone');
    expect(timeline.scenario.off).toEqual({ fromMs, toMs });
  });

  test('is not sent when it makes no sense, and says why', async () => {
    const { console, timeline } = await aTimeline();
    const asked = console.calls('forecast', 'compute').length;
    timeline.choose('absent');
    timeline.toMs = timeline.fromMs;
    expect(timeline.fault).toBe('timeline.fault.order');
    timeline.fromMs = NOW_MS - 2 * HOUR_MS;
    timeline.toMs = NOW_MS - HOUR_MS;
    expect(timeline.fault).toBe('timeline.fault.past');
    await timeline.load(timeline.question);
    expect(console.calls('forecast', 'compute')).toHaveLength(asked);
    timeline.toMs = NOW_MS + HOUR_MS;
    expect(timeline.fault).toBeUndefined();
  });

  test('does not replace a newer answer with its own late one', async () => {
    const { console, timeline } = await aTimeline();
    const answer = console.hold('forecast', 'compute');
    const slow = timeline.load(timeline.question);
    timeline.choose('missed');
    const quick = timeline.load(timeline.question);
    await vi.advanceTimersByTimeAsync(0);
    answer(1);
    await quick;
    answer(0);
    await slow;
    expect(timeline.forecast?.scenario).toEqual({ missesUpdate: true });
    expect(timeline.working).toBe(false);
  });

  test('leaves what is shown when it fails, and reports the problem', async () => {
    const { console, timeline } = await aTimeline();
    const before = timeline.forecast;
    console.fail('forecast', 'compute');
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

  test('lanes are navigated, expanded and collapsed', async () => {
    const { timeline } = await aTimeline();
    expect(timeline.lanes.count).toBe(2);
    press(timeline, 'Enter');
    expect(timeline.lanes.count).toBe(5);
    press(timeline, 'ArrowDown');
    expect(timeline.line?.title).toMatch(/ends 3|ends 30|kubernetes/u);
    press(timeline, 'ArrowUp', ' ');
    expect(timeline.lanes.count).toBe(2);
    press(timeline, 'ArrowDown', 'ArrowDown', 'ArrowDown');
    expect(timeline.line?.title).toBe('osaka');
  });

  test('events of a lane are navigated from now on, and scrolled into view', async () => {
    const { timeline } = await aTimeline();
    press(timeline, 'Ctrl+ArrowRight');
    expect(timeline.line?.text).toContain('ends 3 ');
    press(timeline, '+', '+', '+', '+', '+', '+', '+', '+');
    press(timeline, 'Ctrl+ArrowRight', 'Ctrl+ArrowRight');
    expect(timeline.line?.text).toContain('ends 30 ');
    const x = toPixel(timeline.view, NOW_MS + 30 * DAY_MS);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(timeline.width - GUTTER_PX);
    press(timeline, 'Ctrl+ArrowLeft');
    expect(timeline.line?.text).toContain('ends 3 ');
  });

  test('the time range is moved, zoomed, shown in full and returned to now', async () => {
    const { timeline } = await aTimeline();
    const { view } = timeline;
    press(timeline, 'ArrowRight');
    expect(timeline.view.fromMs).toBeGreaterThan(view.fromMs);
    press(timeline, '+');
    expect(timeline.view.msPerPx).toBeLessThan(view.msPerPx);
    press(timeline, 'Home');
    const width = timeline.width - GUTTER_PX;
    expect(toPixel(timeline.view, NOW_MS)).toBeCloseTo(width / 10);
    press(timeline, '0');
    expect(toPixel(timeline.view, NOW_MS + 365 * DAY_MS)).toBeLessThan(width);
    expect(toPixel(timeline.view, NOW_MS)).toBeGreaterThan(0);
  });

  test('other keys are left to the page', async () => {
    const { timeline } = await aTimeline();
    for (const key of ['Tab', 'a', 'Escape', 'F6']) expect(timeline.key(key, { ctrl: false })).toBe(false);
  });
});

test('the pointer selects the mark close to it, or else the lane', async () => {
  const { timeline } = await aTimeline();
  const x = GUTTER_PX + toPixel(timeline.view, NOW_MS + 3 * DAY_MS);
  expect(timeline.at(x + 7, 5)).toEqual({ lane: 0, mark: 0 });
  expect(timeline.at(x + 9, 5)).toEqual({ lane: 0 });
  expect(timeline.at(x, CLUSTER_LANE_PX)).toEqual({ lane: 1 });
  expect(timeline.at(x, 2 * CLUSTER_LANE_PX)).toBeUndefined();
});

test('the table has every event of the picture, in chronological order', async () => {
  const { timeline } = await aTimeline();
  expect(timeline.entries).toEqual([]);
  timeline.asTable = true;
  const days = timeline.entries.map(({ event }) => [event.name, (event.atMs - NOW_MS) / DAY_MS]);
  expect(days).toEqual([
    ['ends 3', 3],
    ['ends 30', 30],
    ['ends 60', 60],
  ]);
  expect(timeline.entryCount).toBe(3);
  expect(timeline.summaries.map(({ answer }) => answer)).toEqual([
    expect.stringMatching(/^Breaks first: Admin kubeconfig ends 3, /u),
    expect.stringMatching(/^Breaks first: Admin kubeconfig ends 60, /u),
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
  const clusterId = 'tokyo' as ClusterId;
  const expiry = {
    kind: 'expiry',
    atMs: NOW_MS + DAY_MS,
    clusterId,
    needsSomebody: true,
    certainty: 'documented',
  } as const;
  expect(findEventState({ ...expiry, ...change })).toBe(state);
});
