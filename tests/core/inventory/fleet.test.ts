import { expect, test } from 'vitest';
import { readKnownFiles, watchedSteps } from '../../../core/inventory/fleet.ts';
import type { Stepwise } from '../../../core/shared/stepwise/steps.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import { memoryStore } from '../../../core/store/memory-store.ts';
import { CountedScheduler, testPorts } from '../../support/ports.ts';
import { sampleCluster } from '../store/sample-clusters.ts';

test('reading known files again lets others have their turn while it finds out which these are', async () => {
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
    // Where it lies in a file, that is read now.
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

test('in a queue nothing begins before the former has ended, also badly, and another queue does not wait for it', async () => {
  const ports = { ...testPorts(), scheduler: new CountedScheduler(1) };
  const { oneByOne } = watchedSteps(ports, { ...memoryStore(), settings: () => DEFAULT_SETTINGS });
  const seen: string[] = [];
  function* work(name: string, fails = false): Stepwise<string> {
    seen.push(`${name} begins`);
    for (let step = 0; step < 100; step += 1) yield;
    seen.push(`${name} ends`);
    if (fails) throw new Error(name);
    return name;
  }
  const [plans, repairs] = [oneByOne(), oneByOne()];
  const long = plans(work('long', true));
  const next = plans(work('next'));
  const repair = repairs(work('repair'));
  await expect(long).rejects.toThrow('long');
  expect(await Promise.all([next, repair])).toEqual(['next', 'repair']);
  expect(seen.filter((each) => !each.startsWith('repair'))).toEqual([
    'long begins',
    'long ends',
    'next begins',
    'next ends',
  ]);
  expect(seen.indexOf('repair begins')).toBeLessThan(seen.indexOf('long ends'));
});
