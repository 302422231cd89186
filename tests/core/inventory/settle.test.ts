import { expect, test } from 'vitest';
import type { InventoryEvents } from '../../../core/inventory/contract.ts';
import { InventoryService } from '../../../core/inventory/service.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { storeFinding } from '../../../core/store/store-findings.ts';
import { MemoryFiles, testPorts } from '../../support/ports.ts';
import { clusterId, sampleCluster } from './store/sample-clusters.ts';

test('announces changes found after listing: a changed cluster, a missing cluster, and the reason', async () => {
  const told: string[] = [];
  const finding = storeFinding('store.damaged-lost', { path: '/data/clusters/beta.json' }, { cluster: 'beta' });
  const store = memoryStore();
  await store.update(sampleCluster('alpha', 1));
  const service = new InventoryService({
    ports: { ...testPorts(new MemoryFiles()), host: { user: () => 'admin' } },
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
