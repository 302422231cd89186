import { expect, test } from 'vitest';
import { instant } from '../../../../core/shared/instant.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { clusterId, sampleCluster } from './sample-clusters.ts';

test('an inventory in memory starts empty and without findings', () => {
  const store = memoryStore();
  expect(store.clusters()).toEqual([]);
  expect(store.findings()).toEqual([]);
  expect(store.lastImportAt()).toBeUndefined();
});

test('an inventory in memory keeps the time of the last import', async () => {
  const store = memoryStore();
  await store.recordImport(instant('2026-11-24T00:00:00Z'));
  expect(store.lastImportAt()).toBe('2026-11-24T00:00:00Z');
});

test('an inventory in memory can restore only forgotten clusters', async () => {
  const store = memoryStore();
  await store.update(sampleCluster('a', 1));
  await store.forget(clusterId('a'));
  expect(store.cluster(clusterId('a'))).toBeUndefined();
  expect(await store.restore(clusterId('a'))).toEqual(sampleCluster('a', 1));
  await expect(store.restore(clusterId('b'))).rejects.toMatchObject({ code: 'cluster.unknown' });
  await expect(store.forget(clusterId('b'))).rejects.toMatchObject({ code: 'cluster.unknown' });
});
