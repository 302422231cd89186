import { flushSync } from 'svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DAY_MS, HOUR_MS, instantFromMs, MINUTE_MS, SECOND_MS } from '../../../core/shared/instant.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import { FEW_ROWS } from '../../../renderer/parts/slices.svelte.ts';
import type { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { composePowerOffHeadline, PowerOffState } from '../../../renderer/power-off/power-off.svelte.ts';
import { NOW_MS, openConsole, type TestConsole } from '../../support/console.ts';
import { certificateFiles, loginFile, type CertificateWish } from '../../support/fleet.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** Describes an API server certificate with a lifetime of four days, of which `leftMs` remain. */
function apiServer(cluster: string, leftMs: number): CertificateWish {
  return { name: `api-${cluster}`, cluster, leftMs };
}

async function openWithFiles(...wishes: CertificateWish[]): Promise<TestConsole> {
  const console = await openConsole();
  await console.import(await certificateFiles(...wishes));
  return console;
}

async function openState(console: TestConsole) {
  const state = await console.open({ language: 'en-GB' });
  return { state, powerOff: state.powerOff, later: (ms: number) => ((console.clockMs += ms), state.now.tick()) };
}

/** A kubeconfig with a token that has no expiry date. */
const OPAQUE = `apiVersion: v1
kind: Config
clusters: [{ name: east, cluster: { server: 'https://10.0.0.1:6443' } }]
users: [{ name: admin, user: { token: opaque } }]
contexts: [{ name: east, context: { cluster: east, user: admin } }]
`;

const clusterNames = ({ powerOff }: ConsoleState): string[] => powerOff.clocks.map(({ cluster }) => cluster);

describe('the power-off clocks', () => {
  test('are sorted by need: clusters to repair first, then the shortest time left', async () => {
    const mocDown = apiServer('moc-down', 70 * HOUR_MS);
    const console = await openWithFiles(
      ...[apiServer('long', 40 * HOUR_MS), apiServer('short', 3 * HOUR_MS), mocDown, apiServer('down', -HOUR_MS)],
    );
    const kms = loginFile({ identity: 'KMSPlugin-moc-down-moc-kms-plugin', ageDays: 91 });
    await console.import(Object.fromEntries([kms]));
    const { state } = await openState(console);
    expect(clusterNames(state)).toEqual(['down', 'moc-down', 'short', 'long']);
  });

  test('are hidden until the whole inventory is loaded and judged', async () => {
    const { state } = await openState(await openWithFiles(apiServer('down', -HOUR_MS)));
    const { inventory } = state;
    const all = [...inventory.rows];
    [inventory.rows, inventory.complete] = [[], false];
    const powerOff = new PowerOffState(state);
    const listCounts = (): unknown[] => [powerOff.isJudged, powerOff.clocks.length, powerOff.needs.length];
    expect(listCounts()).toEqual([false, 0, 0]);
    // The rows are judged in slices, not all together.
    const [row] = all;
    const others = Array.from({ length: FEW_ROWS }, () => ({ ...row!, clusterId: 'elsewhere' as ClusterId }));
    inventory.rows = [...all, ...others];
    flushSync();
    expect(listCounts()).toEqual([false, 0, 0]);
    inventory.complete = true;
    flushSync();
    expect(listCounts()).toEqual([false, 0, 0]);
    vi.useRealTimers();
    await vi.waitUntil(() => powerOff.isJudged, { timeout: 60_000 });
    expect(listCounts()).toEqual([true, 1, 1]);
  });

  test('advance by the minute, and show an expiry as soon as it is reached', async () => {
    const { powerOff, later } = await openState(await openWithFiles(apiServer('east', 2 * MINUTE_MS)));
    const countExpired = (): number | undefined => powerOff.clocks[0]?.alreadyExpired.length;
    later(MINUTE_MS + 59 * SECOND_MS);
    expect([powerOff.nowMs - NOW_MS, countExpired()]).toEqual([MINUTE_MS, 0]);
    later(SECOND_MS);
    expect([powerOff.nowMs - NOW_MS, countExpired()]).toEqual([2 * MINUTE_MS, 1]);
  });

  test('are updated after imports and after the removal of clusters', async () => {
    const console = await openWithFiles(apiServer('east', HOUR_MS));
    const { state } = await openState(console);
    await console.import(await certificateFiles(apiServer('west', 2 * HOUR_MS)));
    await vi.advanceTimersByTimeAsync(200);
    expect(clusterNames(state)).toEqual(['east', 'west']);
    await console.api.inventory.forget({ clusterId: console.clusterId('east') });
    await vi.advanceTimersByTimeAsync(200);
    expect(clusterNames(state)).toEqual(['west']);
  });
});

describe('the sentences above the clocks', () => {
  const readSentences = async (console: TestConsole): Promise<string> => {
    const { state, powerOff } = await openState(console);
    return [...powerOff.needSentences, ...powerOff.headline.map(({ key, values }) => state.text.t(key, values))].join(
      ' ',
    );
  };

  test('name the cluster that needs repair or state their number, and name the cluster that may stay off for the shortest time', async () => {
    const text = await readSentences(await openWithFiles(apiServer('down', -HOUR_MS), apiServer('east', 5 * HOUR_MS)));
    expect(text).toMatch(/^down has been down since .*\. Shortest power-off of the others: east, until/u);
    const both = await openWithFiles(apiServer('a', -HOUR_MS), apiServer('b', -HOUR_MS));
    expect(await readSentences(both)).toMatch(/^2 clusters are down, a since /u);
    expect(await readSentences(await openWithFiles(apiServer('east', 50 * HOUR_MS)))).toMatch(
      /^Shortest power-off: east, until/u,
    );
  });

  test('state if the inventory is not sufficient for an answer', async () => {
    expect(composePowerOffHeadline([], [], String)).toEqual([{ key: 'poweroff.headline.none' }]);
    const console = await openConsole();
    await console.import({ '/east/config': OPAQUE });
    expect(await readSentences(console)).toContain('cannot say how long');
  });
});

describe('the first step', () => {
  test('comes from the plan for the cluster that needs repair most', async () => {
    const console = await openWithFiles(apiServer('east', 5 * HOUR_MS), apiServer('down', -HOUR_MS));
    const { powerOff } = await openState(console);
    const clusterId = console.clusterId('down');
    // This cluster name is known only from the folder.
    const kubelets = (name: string): string => `Update-AksHciClusterCertificates -name ${name} -fixKubeletCredentials`;
    expect(powerOff.listSteps(clusterId).map(({ command }) => command)).toContain(kubelets('<cluster>'));
    await console.api.inventory.rename({ clusterId, name: 'down' });
    await expect.poll(() => powerOff.listSteps(clusterId).map(({ command }) => command)).toContain(kubelets('down'));
    const planned = await console.api.repair.plan({ texts: [], answers: {}, clusters: [clusterId], failures: [] });
    if (!planned.ok) throw new Error(planned.problem.code);
    const { plan } = planned.value;
    expect(powerOff.firstNeed).toMatchObject({ cluster: 'down', clusterId, isRepairable: true });
    expect(powerOff.listSteps(clusterId).map(({ id }) => id)).toEqual(plan.steps.map(({ id }) => id));
  });

  test('is absent if nothing has expired, and is a backup if a cluster has to be rebuilt', async () => {
    const fine = await openState(await openWithFiles(apiServer('east', 5 * HOUR_MS)));
    expect(fine.powerOff.firstNeed).toMatchObject({ cluster: 'east', isRepairable: false, steps: [] });
    const root = await openWithFiles({ role: 'cluster-ca', cluster: 'east', leftMs: -HOUR_MS });
    expect((await openState(root)).powerOff.firstNeed?.steps[0]?.id).toBe('rebuild-save-east');
  });
});

describe('planned shutdowns', () => {
  test('are judged for tonight, for the weekend and until a chosen time', async () => {
    const { powerOff } = await openState(await openWithFiles(apiServer('east', 30 * HOUR_MS)));
    const [clock] = powerOff.clocks;
    if (clock === undefined) throw new Error('no clock');
    expect(powerOff.listShutdowns(clock).map(({ id }) => id)).toEqual(['tonight', 'weekend']);
    powerOff.untilMs = NOW_MS + 30 * HOUR_MS - SECOND_MS;
    expect(powerOff.listShutdowns(clock)[2]).toMatchObject({ id: 'until', answer: { verdict: 'safe' } });
    powerOff.untilMs = NOW_MS + 30 * HOUR_MS;
    expect(powerOff.listShutdowns(clock)[2]?.answer.verdict).toBe('breaks');
    // A time in the past has no answer.
    powerOff.untilMs = NOW_MS;
    expect(powerOff.listShutdowns(clock)).toHaveLength(2);
  });
});

describe('a fact that the admin states', () => {
  test('is saved for its cluster, updates the clock, and can be retracted', async () => {
    const console = await openWithFiles(apiServer('east', 5 * HOUR_MS), apiServer('west', 6 * HOUR_MS));
    const { powerOff } = await openState(console);
    const east = console.clusterId('east');
    const sinceMs = NOW_MS - 3 * DAY_MS;
    powerOff.stateMoment(east, 'offSince', sinceMs);
    powerOff.stateMoment(east, 'lastUpdatedAt', NOW_MS - 61 * DAY_MS);
    const [clock, other] = powerOff.clocks;
    expect(clock).toMatchObject({ cluster: 'east', offSinceMs: sinceMs, update: { state: 'warning' } });
    expect(other?.offSinceMs).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1_000);
    await console.settle();
    expect(console.data.store.settings().clusterFacts).toEqual({
      [east]: { offSince: instantFromMs(sinceMs), lastUpdatedAt: instantFromMs(NOW_MS - 61 * DAY_MS) },
    });
    powerOff.stateMoment(east, 'offSince', undefined);
    expect(powerOff.findFacts(east)).toEqual({ lastUpdatedAt: instantFromMs(NOW_MS - 61 * DAY_MS) });
    expect(powerOff.clocks[0]?.offSinceMs).toBeUndefined();
  });

  test('offers no choice of cloud agents if there is none', async () => {
    const { powerOff } = await openState(await openWithFiles(apiServer('east', HOUR_MS)));
    expect(powerOff.agents).toEqual([]);
  });
});
