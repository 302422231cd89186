import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DAY_MS, HOUR_MS, instant } from '../../../core/shared/instant.ts';
import type { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { openConsole, type TestConsole } from '../../support/console.ts';
import { certificateFiles, kubeconfigFile, loginFile, type CertificateWish } from '../../support/fleet.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const apiServer = (cluster: string, leftMs: number): CertificateWish => ({ name: `api-${cluster}`, cluster, leftMs });

async function openWith(...wishes: CertificateWish[]): Promise<{ console: TestConsole; state: ConsoleState }> {
  const console = await openConsole();
  await console.import(await certificateFiles(...wishes));
  return { console, state: await console.open({ language: 'en-GB' }) };
}

const findLink = ({ clusterPage }: ConsoleState, link: string) =>
  clusterPage.links.find((each) => each.link === link) ?? expect.unreachable();

describe('the page of a cluster', () => {
  test('shows this cluster alone, even if another has the same name', async () => {
    const { console, state } = await openWith(apiServer('east', DAY_MS), apiServer('west', -HOUR_MS));
    state.showCluster(console.clusterId('west'));
    const { clusterPage } = state;
    expect(state.screen).toBe('cluster');
    expect([clusterPage.summary?.name, clusterPage.lane]).toEqual(['west', 'down']);
    expect(clusterPage.rows.map(({ row, state: rowState }) => [row.name, rowState])).toEqual([['api-west', 'expired']]);
    await console.api.inventory.rename({ clusterId: console.clusterId('west'), name: 'east' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(clusterPage.rows.map(({ row }) => row.name)).toEqual(['api-west']);
  });

  test('forecasts nothing until its timeline asks, and then has the events of the timeline of the fleet', async () => {
    const { console, state } = await openWith(apiServer('other', DAY_MS));
    const kubeconfig = { cluster: 'soon', lifeMs: 365 * DAY_MS };
    for (const days of [3, 30])
      await console.import(
        Object.fromEntries([await kubeconfigFile({ ...kubeconfig, name: `ends ${days}`, leftMs: days * DAY_MS })]),
      );
    await vi.advanceTimersByTimeAsync(1_000);
    state.showCluster(console.clusterId('soon'));
    const { clusterPage, timeline } = state;
    // Another scenario of the fleet's timeline does not change the page.
    timeline.scenarioId = 'missed';
    clusterPage.tab = 'plan';
    await vi.advanceTimersByTimeAsync(1_000);
    expect(console.calls('forecast', 'begin')).toEqual([]);
    expect(clusterPage.events).toBeUndefined();
    await clusterPage.timeline.ask(clusterPage.timeline.question);
    timeline.scenarioId = 'nothing';
    await timeline.ask(timeline.question);
    const { past, soon, later } = clusterPage.events ?? expect.unreachable();
    const nowMs = clusterPage.timeline.words.nowMs;
    expect(soon.length).toBeGreaterThan(0);
    expect(later.length).toBeGreaterThan(0);
    expect(past.every(({ event }) => event.atMs <= nowMs)).toBe(true);
    expect(soon.every(({ event }) => event.atMs > nowMs && event.atMs <= nowMs + 14 * DAY_MS)).toBe(true);
    expect(later.every(({ event }) => event.atMs > nowMs + 14 * DAY_MS)).toBe(true);
    expect([...past.toReversed(), ...soon, ...later]).toEqual(timeline.listEvents(console.clusterId('soon')));
    expect(new Set([...soon, ...later].map(({ cluster }) => cluster))).toEqual(new Set(['soon']));
  });

  test('lights the broken link, names the credential, and says which links were not read', async () => {
    const { console, state } = await openWith(apiServer('dead', -HOUR_MS), {
      ...{ cluster: 'dead', role: 'kubelet-client', leftMs: 3 * DAY_MS },
    });
    state.showCluster(console.clusterId('dead'));
    expect(findLink(state, 'control-plane')).toMatchObject({
      ...{ isBroken: true, mark: 'expired', word: 'Not working' },
      row: { name: 'api-dead' },
      end: expect.stringMatching(/^ended /u) as string,
    });
    expect(findLink(state, 'workers')).toMatchObject({ isBroken: false, word: 'Fine' });
    expect(findLink(state, 'kms')).toMatchObject({ isBroken: false, word: 'Not read', row: undefined, end: '' });
  });

  test('says that the hosts are not known if nothing assigns the cluster to one of two cloud agents', async () => {
    const { console, state } = await openWith(apiServer('east', 3 * DAY_MS));
    for (const agent of ['ca-1', 'ca-2'])
      await console.import(Object.fromEntries([loginFile({ identity: 'kvactl', ageDays: 12, agent })]));
    await vi.advanceTimersByTimeAsync(1_000);
    state.showCluster(console.clusterId('east'));
    const words = ['hosts', 'cloud-agent', 'load-balancer', 'kms'].map((link) => findLink(state, link).word);
    expect(words).toEqual(['Hosts not known', 'Hosts not known', 'Hosts not known', 'Not read']);
  });

  test('does not call a link broken if the last reading is older than the usual renewal', async () => {
    const { console, state } = await openWith(apiServer('east', 3 * DAY_MS));
    state.showCluster(console.clusterId('east'));
    expect(findLink(state, 'control-plane')).toMatchObject({ word: 'Fine' });
    console.clockMs += 4 * DAY_MS;
    state.now.tick();
    expect(findLink(state, 'control-plane')).toMatchObject({ isBroken: false, mark: 'unknown', word: 'Unknown' });
    expect(state.clusterPage.lane).toBe('stale');
  });

  test('shows the KMS token that the hosts keep for the cluster', async () => {
    const { console, state } = await openWith(apiServer('east', 3 * DAY_MS));
    await console.import(Object.fromEntries([loginFile({ identity: 'KMSPlugin-east-moc-kms-plugin', ageDays: 91 })]));
    await vi.advanceTimersByTimeAsync(1_000);
    state.showCluster(console.clusterId('east'));
    expect(findLink(state, 'kms')).toMatchObject({ isBroken: true, row: { role: 'kms-plugin-token' } });
  });

  test('lists its files and what was replaced, and rereads both when the cluster changes', async () => {
    const { console, state } = await openWith(apiServer('east', DAY_MS));
    const { clusterPage } = state;
    state.showCluster(console.clusterId('east'));
    const load = (): Promise<unknown> =>
      Promise.all([clusterPage.loadDetails(), clusterPage.changes.load(console.clusterId('east'))]);
    await load();
    expect(clusterPage.files).toMatchObject([{ path: '/east/api-east.crt', credentials: 1, isUnreadable: false }]);
    expect(clusterPage.changes.list?.changes).toEqual([]);
    await console.import(await certificateFiles(apiServer('east', 3 * DAY_MS)));
    await vi.advanceTimersByTimeAsync(1_000);
    await load();
    expect(clusterPage.changes.list?.changes).toMatchObject([{ kind: 'renewed', credential: { name: 'api-east' } }]);
  });

  test('does not show the files of a cluster that was left while they were read', async () => {
    const { console, state } = await openWith(apiServer('east', DAY_MS), apiServer('west', DAY_MS));
    const { clusterPage } = state;
    state.showCluster(console.clusterId('east'));
    const loading = clusterPage.loadDetails();
    state.showCluster(console.clusterId('west'));
    await loading;
    expect(clusterPage.details).toBeUndefined();
  });

  test('puts a file first that the last import could not read', async () => {
    const { console, state } = await openWith(apiServer('east', DAY_MS), { cluster: 'east', role: 'scheduler' });
    const { clusterPage } = state;
    state.showCluster(console.clusterId('east'));
    await clusterPage.loadDetails();
    const [first, second] = clusterPage.files.map(({ path }) => path);
    const since = instant('2026-11-24T12:00:00Z');
    state.inventory.decisions = [{ kind: 'file', id: 'a', path: second ?? '', since, rule: 'file.not-readable' }];
    expect(clusterPage.files).toMatchObject([
      { path: second, isUnreadable: true },
      { path: first, isUnreadable: false },
    ]);
  });

  test('keeps its tab while other screens are shown, and begins with the overview for another cluster', async () => {
    const { console, state } = await openWith(apiServer('east', DAY_MS), apiServer('west', DAY_MS));
    const { clusterPage } = state;
    state.showCluster(console.clusterId('east'));
    clusterPage.tab = 'credentials';
    state.go('settings');
    state.showCluster(console.clusterId('east'));
    expect(clusterPage.tab).toBe('credentials');
    state.showCluster(console.clusterId('west'));
    expect(clusterPage.tab).toBe('overview');
  });

  test('returns to the lane of the cluster', async () => {
    const { console, state } = await openWith(apiServer('dead', -HOUR_MS));
    state.look('timeline');
    state.showCluster(console.clusterId('dead'));
    state.clusterPage.leave();
    expect([state.screen, state.settings.values.expiryView, state.fleet.laneWish]).toEqual([
      ...['expiry', 'clusters', 'down'],
    ]);
  });

  test('is empty once the cluster is forgotten', async () => {
    const { console, state } = await openWith(apiServer('east', DAY_MS), apiServer('west', DAY_MS));
    state.showCluster(console.clusterId('east'));
    await state.inventory.forget(console.clusterId('east'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect([state.clusterPage.summary, state.clusterPage.cluster, state.clusterPage.links]).toEqual([
      ...[undefined, undefined, []],
    ]);
    state.clusterPage.leave();
    expect(state.screen).toBe('expiry');
  });
});
