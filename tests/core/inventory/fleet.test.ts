import { expect, test } from 'vitest';
import { readKnownFiles } from '../../../core/inventory/fleet.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { CountedScheduler, testPorts } from '../../support/ports.ts';
import { sampleCluster } from './store/sample-clusters.ts';

test('rereading known files yields to other work while the files are listed', async () => {
  let sinceYield = 0;
  let most = 0;
  const scheduler = new CountedScheduler(20);
  const yieldNow = scheduler.yield.bind(scheduler);
  scheduler.yield = () => {
    sinceYield = 0;
    return yieldNow();
  };
  const clusters = Array.from({ length: 200 }, (_, at) => ({
    ...sampleCluster(`cluster-${at}`, 1),
    // Listing the known files reads this property.
    get credentials() {
      sinceYield += 1;
      most = Math.max(most, sinceYield);
      return [];
    },
  }));
  const store = { ...memoryStore(), clusters: () => clusters };
  expect(await readKnownFiles({ ...testPorts(), scheduler }, store)).toEqual({ down: [] });
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(20);
});
