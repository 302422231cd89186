import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClusterId } from '../../../core/shared/ids.ts';
import type { ForecastEvent } from '../../../core/forecast/model/forecast.ts';
import type { ForecastPart } from '../../../core/forecast/model/forecast-part.ts';
import { DAY_MS, HOUR_MS } from '../../../core/shared/instant.ts';
import { CLUSTER_LANE_PX, pixelAt } from '../../../core/forecast/model/timeline.ts';
import { GUTTER_PX, findEventState, type TimelineState } from '../../../renderer/forecast/timeline.svelte.ts';
import type { InventoryState } from '../../../renderer/inventory/inventory.svelte.ts';
import type { NoticesState } from '../../../renderer/parts/window/notices.svelte.ts';
import type { SettingsState } from '../../../renderer/parts/window/settings.svelte.ts';
import { NOW_MS, openConsole, type TestConsole } from '../../support/console.ts';
import { kubeconfigFile } from '../../support/fleet.ts';

const YEAR_MS = 365 * DAY_MS;
/** Kubeconfigs without automatic renewal, which expire on three different days. */
const FILES = Object.fromEntries([
  await kubeconfigFile({ cluster: 'tokyo', name: 'ends 3', leftMs: 3 * DAY_MS, lifeMs: YEAR_MS }),
  await kubeconfigFile({ cluster: 'tokyo', name: 'ends 30', leftMs: 30 * DAY_MS, lifeMs: YEAR_MS }),
  await kubeconfigFile({ cluster: 'osaka', name: 'ends 60', leftMs: 60 * DAY_MS, lifeMs: YEAR_MS }),
]);

async function aTimeline(): Promise<{
  console: TestConsole;
  inventory: InventoryState;
  timeline: TimelineState;
  notices: NoticesState;
  settings: SettingsState;
}> {
  const console = await openConsole();
  await console.import(FILES);
  const { inventory, timeline, notices, settings } = await console.open({ language: 'en-GB' });
  await timeline.load(timeline.question);
  return { console, inventory, timeline, notices, settings };
}

/** The original function, because tests replace the timers. */
const setImmediateNow = globalThis.setImmediate;

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

describe('the forecast request', () => {
  test('requests a forecast for the scenario, and states the answer in sentences', async () => {
    const { console, timeline } = await aTimeline();
    expect(timeline.answer?.sentence).toMatch(/^If nothing changes, Admin kubeconfig ends 3 .* breaks first, on /u);
    expect(timeline.answer?.more).toMatch(/^2 more break until /u);
    timeline.scenarioId = 'off';
    timeline.switchOff(console.clusterId('tokyo'));
    await timeline.load(timeline.question);
    const { fromMs, toMs } = timeline;
    expect(console.calls('forecast', 'begin').at(-1)).toEqual({
      horizonDays: 365,
      scenario: { off: { fromMs, toMs, clusterId: console.clusterId('tokyo') } },
    });
    timeline.switchOff('a cluster that is gone');
    expect(timeline.scenario.off).toEqual({ fromMs, toMs });
  });

  test('lists the first of many clusters whose name contains the typed text, and always the chosen cluster', async () => {
    const { console, inventory, timeline } = await aTimeline();
    const names = (): string[] => timeline.offChoice.shown.map(({ name }) => name);
    expect(timeline.hasManyToSwitchOff).toBe(false);
    expect(timeline.offChoice).toMatchObject({ found: names().length, hint: undefined });
    const [one] = inventory.clusters.filter(({ kind }) => kind === 'kubernetes');
    inventory.clusters = [
      ...inventory.clusters,
      ...Array.from({ length: 250 }, (_, at) => ({ ...one!, id: `store-${at}` as ClusterId, name: `Store ${at}` })),
    ];
    expect(timeline.hasManyToSwitchOff).toBe(true);
    expect(names()).toHaveLength(100);
    expect(timeline.offChoice.hint).toMatch(/^The first 100 of 25\d clusters/u);
    timeline.switchOff(console.clusterId('tokyo'));
    timeline.offQuery = ' STORE 24 ';
    expect(timeline.offChoice.hint).toBe(undefined);
    expect(names()).toEqual(['tokyo', 'Store 24', ...Array.from({ length: 10 }, (_, at) => `Store 24${at}`)]);
    timeline.offQuery = 'nowhere';
    expect([names(), timeline.offChoice.found]).toEqual([['tokyo'], 0]);
  });

  test('requests no forecast for an impossible time range, and shows the fault', async () => {
    const { console, timeline } = await aTimeline();
    const asked = console.calls('forecast', 'begin').length;
    timeline.scenarioId = 'absent';
    timeline.toMs = timeline.fromMs;
    expect(timeline.fault).toBe('timeline.fault.order');
    timeline.fromMs = NOW_MS - 2 * HOUR_MS;
    timeline.toMs = NOW_MS - HOUR_MS;
    expect(timeline.fault).toBe('timeline.fault.past');
    await timeline.load(timeline.question);
    expect(console.calls('forecast', 'begin')).toHaveLength(asked);
    timeline.toMs = NOW_MS + HOUR_MS;
    expect(timeline.fault).toBeUndefined();
  });

  test('drops a late answer if a newer one has arrived', async () => {
    const { console, timeline } = await aTimeline();
    const answer = console.hold('forecast', 'begin');
    const slow = timeline.load(timeline.question);
    timeline.scenarioId = 'missed';
    const quick = timeline.load(timeline.question);
    await vi.advanceTimersByTimeAsync(0);
    answer(1);
    await quick;
    answer(0);
    await slow;
    expect(timeline.forecast?.scenario).toEqual({ missesUpdate: true });
    expect(timeline.working).toBe(false);
  });

  test('a forecast that a newer one has replaced compares no scenarios, which would end the newer one', async () => {
    const { console, timeline, notices } = await aTimeline();
    const told = notices.list.length;
    const answer = console.hold('forecast', 'begin');
    const slow = timeline.show({ ...timeline.question });
    await vi.advanceTimersByTimeAsync(0);
    timeline.scenarioId = 'missed';
    const quick = timeline.show(timeline.question);
    await vi.advanceTimersByTimeAsync(0);
    answer(0);
    await slow;
    expect(console.calls('forecast', 'begin').slice(1)).toHaveLength(2);
    console.override('forecast', 'begin');
    answer(1);
    await quick;
    expect(notices.list).toHaveLength(told);
    expect(timeline.forecast?.scenario).toEqual({ missesUpdate: true });
  });

  test('compares the scenarios again after the thresholds have changed', async () => {
    const { console, timeline, settings } = await aTimeline();
    await timeline.show(timeline.question);
    const countBegun = (): number => console.calls('forecast', 'begin').length;
    const before = countBegun();
    await timeline.show(timeline.question);
    expect(countBegun()).toBe(before);
    settings.change({ thresholds: { 'kubeconfig-client': { urgent: { share: 0.5 } } } });
    await timeline.show(timeline.question);
    expect(countBegun()).toBeGreaterThan(before + 4);
  });

  test('keeps the picture and reports the problem if the request fails', async () => {
    const { console, timeline, notices } = await aTimeline();
    const before = timeline.forecast;
    let told = notices.list.length;
    for (const method of ['begin', 'part'] as const) {
      console.fail('forecast', method);
      await timeline.load(timeline.question);
      expect(timeline.forecast).toBe(before);
      expect(timeline.working).toBe(false);
      expect(notices.list).toHaveLength((told += 1));
      console.override('forecast', method);
    }
  });
});

describe('the forecast for many clusters', () => {
  /** Enough clusters for an answer in three parts. */
  const CLUSTERS = 70;
  const kubeconfigs = Promise.all(
    Array.from({ length: CLUSTERS }, (_, at) =>
      kubeconfigFile({
        cluster: `c${String(at).padStart(2, '0')}`,
        name: `ends ${CLUSTERS - at}`,
        leftMs: (CLUSTERS - at) * DAY_MS,
        lifeMs: YEAR_MS,
      }),
    ),
  );

  interface Foretelling {
    timeline: TimelineState;
    console: TestConsole;
    /** Delivers the next part and runs all timers due by then. */
    next: () => Promise<void>;
    loading: Promise<void>;
  }

  async function openForetelling(): Promise<Foretelling> {
    // Importing so many files needs real timers.
    vi.useRealTimers();
    const console = await openConsole();
    await console.import(Object.fromEntries(await kubeconfigs));
    const { timeline } = await console.open({ language: 'en-GB' });
    vi.useFakeTimers();
    const release = console.hold('forecast', 'part');
    let part = 0;
    /** Waits for everything except the next part, which is held back. */
    const rest = async (): Promise<void> => {
      for (let turn = 0; turn < 100; turn += 1) await new Promise((done) => setImmediateNow(done));
    };
    const next = async (): Promise<void> => {
      await rest();
      vi.advanceTimersByTime(1_000);
      release(part++);
      await rest();
    };
    return { console, timeline, next, loading: timeline.ask(timeline.question) };
  }

  test('shows the first clusters before the forecast is complete, without sums for all clusters', async () => {
    const { timeline, next, loading } = await openForetelling();
    expect(timeline.answer).toBeUndefined();
    await next();
    expect(timeline.progress).toMatchObject({ done: 32, clusters: 70, text: 'Calculated: 32 of 70 clusters' });
    expect(timeline.answer?.sentence).toMatch(/^So far: If nothing changes, .* ends 1 .* breaks first, on /u);
    expect(timeline.answer?.more).toBe('');
    expect(timeline.working).toBe(true);
    // The first cluster to fail is at the top.
    expect(timeline.model?.clusters.map(({ name }) => name).slice(0, 2)).toEqual(['c69', 'c68']);
    await next();
    expect(timeline.progress?.done).toBe(64);
    await next();
    await loading;
    expect(timeline.progress).toBeUndefined();
    expect(timeline.answer?.sentence).toMatch(/^If nothing changes, .* ends 1 .* breaks first, on /u);
    expect(timeline.answer?.more).toMatch(/^69 more break until /u);
    expect(timeline.lanes.count).toBe(70);
    expect(timeline.working).toBe(false);
  });

  test('stops the forecast when the screen is closed and continues it when the screen is opened again', async () => {
    const { console, timeline, next, loading } = await openForetelling();
    await next();
    timeline.leave();
    const asked = console.calls('forecast', 'part').length;
    await next();
    await loading;
    expect(console.calls('forecast', 'part')).toHaveLength(asked);
    expect(timeline.working).toBe(false);
    expect(timeline.progress?.done).toBe(32);
    console.override('forecast', 'part');
    await timeline.ask(timeline.question);
    expect(timeline.progress).toBeUndefined();
    expect(timeline.lanes.count).toBe(70);
  });

  test('does not request a complete forecast again, unless the answer may differ', async () => {
    const { console, timeline, loading } = await openForetelling();
    console.override('forecast', 'part');
    timeline.leave();
    await timeline.ask(timeline.question);
    const countBegun = (): number => console.calls('forecast', 'begin').length;
    const before = countBegun();
    timeline.leave();
    await timeline.ask(timeline.question);
    expect(countBegun()).toBe(before);
    timeline.scenarioId = 'missed';
    await timeline.ask(timeline.question);
    expect(countBegun()).toBe(before + 1);
    void loading;
  });

  test('shows the forecast of another scenario in parts, and of the same scenario only as a whole', async () => {
    const { console, timeline, next, loading } = await openForetelling();
    for (let part = 0; part < 3; part += 1) await next();
    await loading;
    const again = timeline.load(timeline.question);
    await next();
    expect(timeline.lanes.count).toBe(70);
    expect(timeline.progress).toBeUndefined();
    for (let part = 0; part < 2; part += 1) await next();
    await again;
    timeline.scenarioId = 'missed';
    const other = timeline.load(timeline.question);
    await next();
    expect(timeline.progress?.done).toBe(32);
    expect(timeline.answer?.sentence).toMatch(/^So far: If you skip the next monthly update,/u);
    console.fail('forecast', 'part');
    await next();
    await next();
    await other;
    // The answer stays partial.
    expect(timeline.answer?.sentence).toMatch(/^So far: /u);
    expect(timeline.working).toBe(false);
  });

  test('keeps the lane in focus and the first visible lane in place when other lanes are inserted above', async () => {
    const { console, timeline, next, loading } = await openForetelling();
    for (let part = 0; part < 3; part += 1) await next();
    await loading;
    console.override('forecast', 'part');
    timeline.scenarioId = 'missed';
    const begun = await console.api.forecast.begin(timeline.question.question);
    if (!begun.ok) throw new Error();
    const parts: ForecastPart[] = [];
    for (let part = 0; part < 3; part += 1) {
      const answer = await console.api.forecast.part({ number: begun.value.number });
      if (answer.ok) parts.push(answer.value);
    }
    // Delivers the last clusters first.
    let done = 0;
    const waiting: (() => void)[] = [];
    console.override('forecast', 'part', async () => {
      const value = parts.pop()!;
      done += value.clusters.length;
      const answer = { ok: true, value: { ...value, done } } as const;
      await new Promise<void>((go) => waiting.push(go));
      return answer;
    });
    const turned = timeline.load(timeline.question);
    const go = async (): Promise<void> => {
      for (let turn = 0; turn < 20; turn += 1) await new Promise((then) => setImmediateNow(then));
      vi.advanceTimersByTime(1_000);
      waiting.shift()!();
      for (let turn = 0; turn < 20; turn += 1) await new Promise((then) => setImmediateNow(then));
    };
    await go();
    expect(timeline.lanes.count).toBe(CLUSTERS - 64);
    timeline.height = 3 * CLUSTER_LANE_PX;
    for (let lane = 0; lane < 5; lane += 1) timeline.key('ArrowDown', { ctrl: false });
    const { title } = timeline.line!;
    const inView = timeline.lanes.findLane(timeline.top)!;
    const before = timeline.focus.lane;
    expect(inView.index).toBeGreaterThan(0);
    await go();
    await go();
    await turned;
    expect(timeline.lanes.count).toBe(CLUSTERS);
    expect(timeline.focus.lane).toBe(before + 64);
    expect(timeline.line?.title).toBe(title);
    expect(timeline.lanes.findLane(timeline.top)?.cluster.name).toBe(inView.cluster.name);
  });
});

describe('the keyboard', () => {
  const press = (timeline: TimelineState, ...keys: string[]): void => {
    for (const key of keys)
      expect(timeline.key(key.replace('Ctrl+', ''), { ctrl: key.startsWith('Ctrl+') })).toBe(true);
  };

  test('moves between lanes, and expands and collapses them', async () => {
    const { timeline } = await aTimeline();
    expect(timeline.lanes.count).toBe(2);
    press(timeline, ' ');
    expect(timeline.lanes.count).toBe(5);
    press(timeline, 'ArrowDown');
    expect(timeline.line?.title).toMatch(/ends 3|ends 30|kubernetes/u);
    press(timeline, 'ArrowUp', ' ');
    expect(timeline.lanes.count).toBe(2);
    press(timeline, 'ArrowDown', 'ArrowDown', 'ArrowDown');
    expect(timeline.line?.title).toBe('osaka');
  });

  test('moves between the events of a lane, starting from now, and scrolls them into view', async () => {
    const { timeline } = await aTimeline();
    press(timeline, 'Ctrl+ArrowRight');
    expect(timeline.line?.text).toContain('ends 3 ');
    press(timeline, '+', '+', '+', '+', '+', '+', '+', '+');
    press(timeline, 'Ctrl+ArrowRight', 'Ctrl+ArrowRight');
    expect(timeline.line?.text).toContain('ends 30 ');
    const x = pixelAt(timeline.view, NOW_MS + 30 * DAY_MS);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(timeline.width - GUTTER_PX);
    press(timeline, 'Ctrl+ArrowLeft');
    expect(timeline.line?.text).toContain('ends 3 ');
  });

  test('pans and zooms the time range, shows the whole range, and returns to now', async () => {
    const { timeline } = await aTimeline();
    const { view } = timeline;
    const width = timeline.width - GUTTER_PX;
    expect(pixelAt(view, NOW_MS)).toBeCloseTo(width / 10);
    press(timeline, '+', '+');
    expect(pixelAt(timeline.view, NOW_MS)).toBeCloseTo(width / 10);
    press(timeline, 'ArrowRight');
    expect(timeline.view.fromMs).toBeGreaterThan(view.fromMs);
    press(timeline, '+');
    expect(timeline.view.msPerPx).toBeLessThan(view.msPerPx);
    press(timeline, 'Home');
    expect(pixelAt(timeline.view, NOW_MS)).toBeCloseTo(width / 10);
    press(timeline, '0');
    await vi.advanceTimersByTimeAsync(0);
    expect(pixelAt(timeline.view, NOW_MS + 365 * DAY_MS)).toBeCloseTo(width, 0);
    expect(pixelAt(timeline.view, NOW_MS)).toBeGreaterThan(0);
  });

  test('opens what has the focus, whatever is under the pointer', async () => {
    const { timeline } = await aTimeline();
    timeline.hover = { lane: 1 };
    expect(timeline.line?.title).toBe('osaka');
    expect(timeline.target?.clusterId).toBe(timeline.lanes.getLane(0)?.cluster.clusterId);
    press(timeline, 'ArrowUp');
    expect(timeline.line?.title).toBe('tokyo');
  });

  test('leaves all other keys to the page', async () => {
    const { timeline } = await aTimeline();
    for (const key of ['Tab', 'a', 'Escape', 'F6']) expect(timeline.key(key, { ctrl: false })).toBe(false);
  });
});

test('finds the mark within a few pixels of a point, or else the lane', async () => {
  const { timeline } = await aTimeline();
  const x = GUTTER_PX + pixelAt(timeline.view, NOW_MS + 3 * DAY_MS);
  expect(timeline.itemAt(x + 7, 5)).toEqual({ lane: 0, mark: 0 });
  expect(timeline.itemAt(x + 9, 5)).toEqual({ lane: 0 });
  expect(timeline.itemAt(x, CLUSTER_LANE_PX)).toEqual({ lane: 1 });
  expect(timeline.itemAt(x, 2 * CLUSTER_LANE_PX)).toBeUndefined();
});

test('lists every event of the picture in the table, in chronological order', async () => {
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
