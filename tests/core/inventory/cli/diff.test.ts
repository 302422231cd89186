import { beforeEach, describe, expect, test } from 'vitest';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import type { ChangeList } from '../../../../core/inventory/model/changes.ts';
import { DEFAULT_SETTINGS } from '../../../../core/settings/model/settings.ts';
import { DAY_MS, HOUR_MS, instantFromMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import { NOW_MS } from '../../../support/console.ts';
import { certificateFiles, type CertificateWish } from '../../../support/fleet.ts';
import { emptyWorld, type TestWorld } from '../../cli/test-world.ts';

let world: TestWorld;
let store = memoryStore();

beforeEach(() => {
  world = emptyWorld();
  store = memoryStore();
  world.store = {
    ...store,
    settings: () => DEFAULT_SETTINGS,
    changeSettings: () => Promise.resolve(DEFAULT_SETTINGS),
    close: () => Promise.resolve(),
  };
  world.ports.clock.moment = instantFromMs(NOW_MS);
});

const wait = (ms: number): void => {
  world.ports.clock.moment = instantFromMs(Date.parse(world.ports.clock.now()) + ms);
};

async function importAll(...wishes: CertificateWish[]): Promise<void> {
  for (const [path, content] of Object.entries(await certificateFiles(...wishes))) world.files.put(path, content);
  const paths = [...new Set(wishes.map(({ cluster }) => `/${cluster}`))];
  expect((await world.run('inventory', 'import', ...paths)).code).toBeLessThan(2);
}

const apiServer = (cluster: string, leftMs: number): CertificateWish => ({ name: `api-${cluster}`, cluster, leftMs });
const diff = (...words: string[]): Promise<ChangeList> =>
  world.json<ChangeList & Record<string, never>>(0, 'inventory', 'diff', ...words);
const summarise = ({ changes }: ChangeList): string[] =>
  changes.map(({ kind, cluster, credential, from }) =>
    [kind, cluster, credential?.name, from].filter(Boolean).join(' '),
  );

describe('arcwarden inventory diff', () => {
  test('lists what was renewed, is new and broke since yesterday, the latest first', async () => {
    await importAll(apiServer('east', 4 * DAY_MS), apiServer('west', 4 * DAY_MS), apiServer('dead', DAY_MS + HOUR_MS));
    wait(DAY_MS);
    await importAll(apiServer('east', 8 * DAY_MS), { cluster: 'west', role: 'scheduler' });
    wait(2 * HOUR_MS);
    const list = await diff();
    expect(list.counts).toEqual({ broken: 1, renewed: 1, new: 1, moved: 0, gone: 0 });
    expect(summarise(list)).toEqual([
      'broken dead api-dead',
      'renewed east api-east',
      'new west system:kube-scheduler',
    ]);
    expect(list.beginning).toBe(instantFromMs(NOW_MS));
    expect(list.changes[1]).toMatchObject({
      when: instantFromMs(NOW_MS + DAY_MS),
      replacedBy: { notAfter: instantFromMs(NOW_MS + 8 * DAY_MS - SECOND_MS) },
    });
    const { out } = await world.run('inventory', 'diff');
    expect(out).toMatch(/^From .* to .*: 1 broken, 1 renewed, 1 new\n/u);
    expect(out).not.toContain('The first import');
  });

  test('tells from when on changes are known, and counts the first import as known before', async () => {
    await importAll(apiServer('east', 4 * DAY_MS));
    expect(await diff('--since', 'week')).toMatchObject({ changes: [], beginning: instantFromMs(NOW_MS) });
    const { out } = await world.run('inventory', 'diff');
    expect(out).toMatch(/: nothing changed\nThe first import was on .*has no records from before\.\n$/u);
  });

  test('shows the fleet as it was known at earlier moments', async () => {
    await importAll(apiServer('east', DAY_MS));
    wait(2 * DAY_MS);
    await importAll(apiServer('east', 6 * DAY_MS));
    wait(DAY_MS);
    const dayAfter = (days: number): string => instantFromMs(NOW_MS + days * DAY_MS);
    expect(summarise(await diff('--since', dayAfter(0.5), '--until', dayAfter(1.5)))).toEqual(['broken east api-east']);
    expect(summarise(await diff('--since', dayAfter(0.5), '--until', dayAfter(2)))).toEqual(['renewed east api-east']);
    expect(summarise(await diff('--since', dayAfter(2), '--until', dayAfter(3)))).toEqual([]);
  });

  test('lists what an admin moved, merged, forgot and restored, once each', async () => {
    await importAll(apiServer('east', DAY_MS), apiServer('west', DAY_MS), apiServer('north', DAY_MS));
    wait(HOUR_MS);
    const [east] = store.clusters().filter(({ name }) => name.startsWith('east'));
    await world.run('inventory', 'rename', 'east', 'prod');
    for (const words of [
      ['move', east!.credentials[0]!.id, '--new-cluster', 'south'],
      ['merge', 'west', 'north'],
      ['forget', 'north'],
      ['restore', 'north'],
    ]) {
      wait(HOUR_MS);
      // A second run finds nothing left to do.
      for (let times = 0; times < 2; times += 1)
        expect(await world.run('inventory', ...words)).toMatchObject({ code: 0 });
    }
    const list = await diff();
    expect(summarise(list)).toEqual([...['new north', 'gone north', 'moved north west', 'moved south api-east prod']]);
    expect(list.changes[0]).toMatchObject({ count: 2 });
    expect(summarise(await diff('--cluster', 'south'))).toEqual(['moved south api-east prod']);
  });

  test('refuses moments in the wrong order, in the future, and others than moments', async () => {
    const now = instantFromMs(NOW_MS);
    const later = instantFromMs(NOW_MS + DAY_MS);
    for (const words of [
      ['--since', later],
      ['--until', later],
      ['--since', now, '--until', instantFromMs(NOW_MS - DAY_MS)],
      ['--since', 'toString'],
      ['--cluster', 'nowhere'],
      ['east'],
    ])
      expect(await world.run('inventory', 'diff', ...words)).toMatchObject({ code: 2, out: '' });
  });
});
