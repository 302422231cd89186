import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../../core/settings/model/settings.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { NOW } from '../../../support/known-certificates.ts';
import { certificatesFor } from '../../../support/random-revocations.ts';
import { emptyWorld } from '../../cli/test-world.ts';

test('the list contains every cluster in the data folder, with its contents', async () => {
  const store = memoryStore();
  const { clusters } = certificatesFor(1);
  for (const cluster of clusters) await store.update(cluster);
  const world = emptyWorld();
  world.store = {
    ...store,
    settings: () => DEFAULT_SETTINGS,
    changeSettings: () => Promise.resolve(DEFAULT_SETTINGS),
    close: () => Promise.resolve(),
  };
  const told = await world.json<{ clusters: { id: string; count: number }[]; lastImportAt: string | null }>(
    0,
    ...['inventory', 'clusters'],
  );
  expect(told.lastImportAt).toBeNull();
  expect(told.clusters.map(({ id, count }) => [id, count])).toEqual(
    store.clusters().map(({ id, credentials }) => [id, credentials.length]),
  );
  expect((await world.run('inventory', 'clusters')).notices).toContain('Nothing has been imported yet.');
  await store.recordImport(NOW);
  const { out, notices } = await world.run('inventory', 'clusters');
  for (const { name } of clusters) expect(out).toContain(name);
  expect(notices).toContain('Last import: ');
});
