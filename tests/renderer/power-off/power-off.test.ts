import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { BoardRow } from '../../../core/expiry/model/board-row.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import { DAY_MS, HOUR_MS, instantFromMs, MINUTE_MS, SECOND_MS } from '../../../core/shared/instant.ts';
import { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { headlineOf } from '../../../renderer/power-off/power-off.svelte.ts';
import { aRow, FakeApi, NOW_MS } from '../fake-api.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** A four-day certificate of the API server that ends so long from now. */
function apiServer(cluster: string, leftMs: number, change: Partial<BoardRow> = {}): BoardRow {
  const notAfterMs = NOW_MS + leftMs - SECOND_MS;
  const notBeforeMs = notAfterMs + SECOND_MS - 4 * DAY_MS;
  return aRow(`api-${cluster}`, 0.5, { cluster, notBeforeMs, notAfterMs, ...change });
}

async function aConsole(api: FakeApi) {
  let nowMs = NOW_MS;
  const state = new ConsoleState(api.api, { language: 'en-GB', dark: false, readClock: () => nowMs });
  await state.settings.load();
  await state.inventory.load();
  return { state, powerOff: state.powerOff, later: (ms: number) => ((nowMs += ms), state.now.tick()) };
}

const namesOf = ({ powerOff }: ConsoleState): string[] => powerOff.clocks.map(({ cluster }) => cluster);

describe('the power-off clocks', () => {
  test('stand in the order in which somebody needs them: repair first, then the shortest', async () => {
    const kms = aRow('kms', 0.5, {
      cluster: 'moc-down',
      layer: 'moc',
      role: 'kms-plugin-token',
      notAfterMs: NOW_MS - DAY_MS,
    });
    const { state } = await aConsole(
      new FakeApi([apiServer('long', 40 * HOUR_MS), apiServer('short', 3 * HOUR_MS), kms, apiServer('down', -HOUR_MS)]),
    );
    expect(namesOf(state)).toEqual(['down', 'moc-down', 'short', 'long']);
  });

  test('move by the minute, and turn when an end has come', async () => {
    const { powerOff, later } = await aConsole(new FakeApi([apiServer('east', 2 * MINUTE_MS)]));
    const expiredNow = (): number | undefined => powerOff.clocks[0]?.alreadyExpired.length;
    later(MINUTE_MS + 59 * SECOND_MS);
    expect([powerOff.nowMs - NOW_MS, expiredNow()]).toEqual([MINUTE_MS, 0]);
    later(SECOND_MS);
    expect([powerOff.nowMs - NOW_MS, expiredNow()]).toEqual([2 * MINUTE_MS, 1]);
  });

  test('follow what is imported and forgotten', async () => {
    const api = new FakeApi([apiServer('east', HOUR_MS)]);
    const { state } = await aConsole(api);
    const rows = [apiServer('west', 2 * HOUR_MS)];
    api.fire('clusterChanged', { clusterId: 'west' as ClusterId, name: 'west', rows });
    await vi.advanceTimersByTimeAsync(200);
    expect(namesOf(state)).toEqual(['east', 'west']);
    api.fire('clusterForgotten', { clusterId: 'east' as ClusterId });
    await vi.advanceTimersByTimeAsync(200);
    expect(namesOf(state)).toEqual(['west']);
  });
});

describe('the sentence above them', () => {
  const told = async (...rows: BoardRow[]): Promise<string> => {
    const { state, powerOff } = await aConsole(new FakeApi(rows));
    return powerOff.headline.map(({ key, values }) => state.text.t(key, values)).join(' ');
  };

  test('names who needs repair, then who may stay off shortest', async () => {
    const text = await told(apiServer('down', -HOUR_MS), apiServer('east', 5 * HOUR_MS));
    expect(text).toMatch(/^down needs repair now\. Of the others east may stay off shortest/u);
    expect(await told(apiServer('a', -HOUR_MS), apiServer('b', -HOUR_MS))).toContain('2 clusters need repair now.');
    expect(await told(apiServer('east', 5 * HOUR_MS))).toMatch(/^east may stay off until/u);
  });

  test('admits that nothing can be told', async () => {
    expect(headlineOf([], String)).toEqual([{ key: 'poweroff.headline.none' }]);
    const opaque = { ...apiServer('east', HOUR_MS) };
    delete opaque.notAfterMs;
    expect(await told(opaque)).toContain('cannot be told');
  });
});

describe('the first step', () => {
  test('is the first command of the cluster that needs it most', async () => {
    const { powerOff } = await aConsole(new FakeApi([apiServer('east', 5 * HOUR_MS), apiServer('down', -HOUR_MS)]));
    expect(powerOff.nextStep).toEqual({
      cluster: 'down',
      clusterId: 'down',
      command: 'Update-AksHciClusterCertificates -name down -fixKubeletCredentials',
      citations: powerOff.clocks[0]?.repairOrder[0]?.statement.citations,
    });
    expect(powerOff.nextStep?.citations[0]?.certainty).toBe('documented');
  });

  test('is none where nothing has expired, or no command mends it', async () => {
    const fine = await aConsole(new FakeApi([apiServer('east', 5 * HOUR_MS)]));
    expect(fine.powerOff.nextStep).toBeUndefined();
    const root = apiServer('east', -HOUR_MS, { role: 'cluster-ca' });
    expect((await aConsole(new FakeApi([root]))).powerOff.nextStep).toBeUndefined();
  });
});

describe('planned shutdowns', () => {
  test('answer for tonight and the weekend, and for a moment that was asked about', async () => {
    const { powerOff } = await aConsole(new FakeApi([apiServer('east', 30 * HOUR_MS)]));
    const [clock] = powerOff.clocks;
    if (clock === undefined) throw new Error('no clock');
    expect(powerOff.shutdownsOf(clock).map(({ id }) => id)).toEqual(['tonight', 'weekend']);
    powerOff.untilMs = NOW_MS + 30 * HOUR_MS - SECOND_MS;
    expect(powerOff.shutdownsOf(clock)[2]).toMatchObject({ id: 'until', answer: { verdict: 'safe' } });
    powerOff.untilMs = NOW_MS + 30 * HOUR_MS;
    expect(powerOff.shutdownsOf(clock)[2]?.answer.verdict).toBe('breaks');
    // Over already: nothing to answer.
    powerOff.untilMs = NOW_MS;
    expect(powerOff.shutdownsOf(clock)).toHaveLength(2);
  });
});

describe('what only the admin knows', () => {
  test('is remembered for its cluster, changes its clock, and can be taken back', async () => {
    const api = new FakeApi([apiServer('east', 5 * HOUR_MS), apiServer('west', 6 * HOUR_MS)]);
    const { powerOff } = await aConsole(api);
    const east = 'east' as ClusterId;
    const sinceMs = NOW_MS - 3 * DAY_MS;
    powerOff.stateMoment(east, 'offSince', sinceMs);
    powerOff.stateMoment(east, 'lastUpdatedAt', NOW_MS - 61 * DAY_MS);
    const [clock, other] = powerOff.clocks;
    expect(clock).toMatchObject({ cluster: 'east', offSinceMs: sinceMs, update: { state: 'warning' } });
    expect(other?.offSinceMs).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(api.settings.clusterFacts).toEqual({
      east: { offSince: instantFromMs(sinceMs), lastUpdatedAt: instantFromMs(NOW_MS - 61 * DAY_MS) },
    });
    powerOff.stateMoment(east, 'offSince', undefined);
    expect(powerOff.factsOf(east)).toEqual({ lastUpdatedAt: instantFromMs(NOW_MS - 61 * DAY_MS) });
    expect(powerOff.clocks[0]?.offSinceMs).toBeUndefined();
  });

  test('offers a choice of cloud agents only where there are several', async () => {
    const { powerOff } = await aConsole(new FakeApi([apiServer('east', HOUR_MS)]));
    expect(powerOff.agents).toEqual([]);
  });
});
