import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../core/shared/instant.ts';
import type { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { openConsole, type TestConsole } from '../../support/console.ts';
import { certificateFiles, type CertificateWish } from '../../support/fleet.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** A kubeconfig with a token that states no end. */
const OPAQUE = `apiVersion: v1
kind: Config
clusters: [{ name: east, cluster: { server: 'https://10.0.0.1:6443' } }]
users: [{ name: admin, user: { token: opaque } }]
contexts: [{ name: east, context: { cluster: east, user: admin } }]
`;

/** Describes an API server certificate with a lifetime of four days, of which `leftMs` remain. */
const apiServer = (cluster: string, leftMs: number): CertificateWish => ({ name: `api-${cluster}`, cluster, leftMs });

async function openWith(...wishes: CertificateWish[]): Promise<{ console: TestConsole; state: ConsoleState }> {
  const console = await openConsole();
  await console.import(await certificateFiles(...wishes));
  return { console, state: await console.open({ language: 'en-GB' }) };
}

const listLanes = ({ fleet }: ConsoleState): unknown[] =>
  fleet.lanes.map(({ lane, clusters }) => [lane, ...clusters.map(({ clock }) => clock.cluster)]);

describe('the lanes of a fleet', () => {
  test('contain each cluster once, worst lane first', async () => {
    const wishes = [apiServer('fine', 3 * DAY_MS), apiServer('tonight', HOUR_MS), apiServer('dead', -HOUR_MS)];
    const { state } = await openWith(...wishes);
    expect(listLanes(state)).toEqual([
      ['down', 'dead'],
      ['falling', 'tonight'],
      ['fine', 'fine'],
    ]);
  });

  test('agree with the sentences above them and with the first repair', async () => {
    const { state } = await openWith(apiServer('b', -HOUR_MS), apiServer('a', -2 * HOUR_MS), apiServer('c', DAY_MS));
    const [down] = state.fleet.lanes;
    const first = down?.clusters[0]?.clock.cluster ?? '';
    expect(down?.clusters).toHaveLength(2);
    expect(state.powerOff.needSentences[0]).toMatch(new RegExp(`^2 clusters are down, ${first} since `, 'u'));
    expect(state.powerOff.firstNeed?.cluster).toBe(first);
  });

  test('say that a cluster has not been read recently once its certificates should have been renewed', async () => {
    const { console, state } = await openWith(apiServer('east', 3 * DAY_MS));
    expect(listLanes(state)).toEqual([['fine', 'east']]);
    console.clockMs += 4 * DAY_MS;
    state.now.tick();
    expect(listLanes(state)).toEqual([['stale', 'east']]);
    expect(state.powerOff.needSentences).toEqual(['east has not been read recently.']);
    expect(state.powerOff.firstNeed).toBeUndefined();
    expect(state.powerOff.listImpacts(console.clusterId('east'))).toMatchObject([{ state: 'outdated' }]);
    expect(state.repair.places).toMatchObject([{ name: 'east', stopped: 0 }]);
  });

  test('show the most important impacts first', async () => {
    const { state } = await openWith(apiServer('dead', -HOUR_MS));
    const [down] = state.fleet.lanes;
    expect(state.fleet.listImpacts(down!.clusters[0]!)[0]?.id).toBe('api-server');
  });

  test('set clusters apart whose files state no expiry', async () => {
    const console = await openConsole();
    await console.import({ '/east/config': OPAQUE });
    const state = await console.open({ language: 'en-GB' });
    expect(listLanes(state)).toEqual([['unknown', 'east']]);
  });

  test('are shown by the counts, which open the list of fine clusters', async () => {
    const { state } = await openWith(apiServer('dead', -HOUR_MS), apiServer('fine', 3 * DAY_MS));
    const { fleet } = state;
    state.look('timeline');
    fleet.showLane('down');
    expect([state.settings.values.expiryView, fleet.laneWish, fleet.isFineOpen]).toEqual([
      'clusters',
      'down',
      undefined,
    ]);
    fleet.showLane('fine');
    expect([fleet.laneWish, fleet.isFineOpen]).toEqual(['fine', true]);
  });
});

test('a new console shows the clusters first', async () => {
  const { state } = await openWith();
  expect(state.settings.values.expiryView).toBe('clusters');
  expect(state.expiryViews[0]).toBe('clusters');
});
