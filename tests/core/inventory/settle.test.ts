import { expect, test } from 'vitest';
import type { InventoryEvents } from '../../../core/inventory/contract.ts';
import { InventoryService } from '../../../core/inventory/service.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { storeFinding } from '../../../core/store/store-findings.ts';
import { MemoryFiles, testPorts } from '../../support/ports.ts';
import { clusterId, sampleCluster } from './store/sample-clusters.ts';

test('changed and missing clusters that are found after the first listing are announced with the reason', async () => {
  const told: string[] = [];
  const finding = storeFinding('store.damaged-lost', { path: '/data/clusters/beta.json' }, { cluster: 'beta' });
  const store = memoryStore();
  await store.update(sampleCluster('alpha', 1));
  const service = new InventoryService({
    ports: testPorts(new MemoryFiles()),
    store: { ...store, findings: () => [finding], settle: async () => [clusterId('alpha'), clusterId('beta')] },
    announce: (event, payload) => {
      const { clusterId: id, findings } = payload as InventoryEvents['clusterForgotten'] &
        InventoryEvents['storeFindings'];
      told.push([event, id ?? findings.map(({ rule }) => rule)].join(' '));
    },
  });
  await service.settle();
  expect(told).toEqual(['clusterChanged alpha', 'clusterForgotten beta', 'storeFindings store.damaged-lost']);
});

test('the clusters of a large change are announced in groups, each after the previous one has been received', async () => {
  let [waiting, most, all] = [0, 0, 0];
  const store = memoryStore();
  const service = new InventoryService({
    ports: testPorts(new MemoryFiles()),
    store,
    announce: () => {
      all += 1;
      waiting += 1;
      most = Math.max(most, waiting);
      // Another thread takes all waiting messages together.
      return new Promise<void>((resolve) =>
        setImmediate(() => {
          waiting = 0;
          resolve();
        }),
      );
    },
  });
  const clusters = Array.from({ length: 530 }, (_, at) => sampleCluster(`c${String(at)}`, 1));
  const size = clusters[0]!.credentials.length;
  await service.change(async () => {
    for (const cluster of clusters) await store.update(cluster);
  });
  expect([all, most * size]).toEqual([530, 400]);
});
