import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../core/shared/instant.ts';
import { openConsole } from '../../support/console.ts';
import { certificateFiles, type CertificateWish } from '../../support/fleet.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const apiServer = (cluster: string, leftMs: number): CertificateWish => ({ name: `api-${cluster}`, cluster, leftMs });

describe('the changes of the fleet', () => {
  test('are counted since yesterday, and listed for the span that the user chooses', async () => {
    const console = await openConsole();
    await console.import(await certificateFiles(apiServer('east', 4 * DAY_MS), apiServer('west', HOUR_MS)));
    console.clockMs += 2 * HOUR_MS;
    await console.import(await certificateFiles(apiServer('east', 6 * DAY_MS)));
    const state = await console.open({ language: 'en-GB' });
    const { changes } = state.fleet;
    expect(changes.sentence).toBe('What changed');
    await changes.load();
    expect(changes.sentence).toBe('Since yesterday: 1 broken, 1 renewed');
    console.clockMs += 2 * DAY_MS;
    state.now.tick();
    await changes.load();
    expect(changes.sentence).toBe('Since yesterday: nothing changed');
    changes.span = 'week';
    await changes.load();
    expect(changes.sentence).toBe('Last 7 days: 1 broken, 1 renewed');
    expect(changes.list?.changes.map(({ kind, cluster }) => `${kind} ${cluster}`)).toEqual([
      ...['renewed east', 'broken west'],
    ]);
  });

  test('are asked for once more, not once for each, if several clusters change meanwhile', async () => {
    const console = await openConsole();
    await console.import(await certificateFiles(apiServer('east', DAY_MS)));
    const state = await console.open({ language: 'en-GB' });
    const asked = vi.spyOn(state.api.inventory, 'changes');
    await Promise.all([state.fleet.changes.load(), state.fleet.changes.load(), state.fleet.changes.load()]);
    expect(asked.mock.calls.length).toBeLessThanOrEqual(2);
  });

  test('of a cluster are its own, and never those of the cluster that was shown before', async () => {
    const console = await openConsole();
    await console.import(await certificateFiles(apiServer('east', 4 * DAY_MS), apiServer('west', HOUR_MS)));
    console.clockMs += 2 * HOUR_MS;
    const { clusterPage } = await console.open({ language: 'en-GB' });
    const loading = clusterPage.changes.load(console.clusterId('west'));
    await clusterPage.changes.load(console.clusterId('east'));
    await loading;
    expect(clusterPage.changes.list?.changes).toEqual([]);
    await clusterPage.changes.load(console.clusterId('west'));
    expect(clusterPage.changes.list?.changes).toMatchObject([{ kind: 'broken', credential: { name: 'api-west' } }]);
  });
});
