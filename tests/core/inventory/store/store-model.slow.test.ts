import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { instantFromMs, type Instant } from '../../../../core/shared/instant.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';
import type { InventoryStore } from '../../../../core/inventory/store/inventory-store.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { openStore } from '../../../../core/settings/store/store.ts';
import { storePorts } from './ports.ts';
import { clusterId, sampleCluster } from './sample-clusters.ts';

type Step =
  | { act: 'update'; id: ClusterId; version: number }
  | { act: 'read'; id: ClusterId }
  | { act: 'forget' | 'restore'; id: ClusterId }
  | { act: 'reopen' };

// Few ids ensure that updated clusters are also forgotten, and forgotten clusters restored.
const ids = fc.constantFrom('a', 'nul').map(clusterId);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('update' as const), id: ids, version: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('read' as const), id: ids }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('forget' as const), id: ids }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('restore' as const), id: ids }) },
  { weight: 1, arbitrary: fc.constant({ act: 'reopen' as const }) },
);

function readOnceMore(cluster: Cluster, minute: number): Cluster {
  const credentials = cluster.credentials.map((one) => ({
    ...one,
    sources: one.sources.map((source) => ({ ...source, readAt: instantAt(minute) })),
  }));
  return { ...cluster, credentials };
}

const instantAt = (minute: number): Instant => instantFromMs(Date.UTC(2026, 10, 24, 12, minute));

/** A model of the store with two plain maps, to which the store must be equal. */
class Model {
  readonly live = new Map<ClusterId, Cluster>();
  readonly forgotten = new Map<ClusterId, Cluster>();
  restored = 0;
  readings = 0;

  apply(taken: Exclude<Step, { act: 'reopen' }>): 'done' | 'cluster.unknown' {
    const { id } = taken;
    const cluster = this.live.get(id);
    switch (taken.act) {
      case 'update':
        this.live.set(id, sampleCluster(id, taken.version % 3, taken.version));
        return 'done';
      case 'read':
        this.readings += 1;
        if (cluster !== undefined) this.live.set(id, readOnceMore(cluster, this.readings));
        return 'done';
      case 'forget':
        if (cluster === undefined) return 'cluster.unknown';
        this.forgotten.set(id, cluster);
        this.live.delete(id);
        return 'done';
      case 'restore': {
        if (cluster !== undefined) return 'done';
        const kept = this.forgotten.get(id);
        if (kept === undefined) return 'cluster.unknown';
        this.live.set(id, kept);
        this.forgotten.delete(id);
        this.restored += 1;
        return 'done';
      }
    }
  }
}

async function perform(
  store: InventoryStore,
  taken: Exclude<Step, { act: 'reopen' }>,
  minute: number,
): Promise<string> {
  try {
    if (taken.act === 'read') {
      const cluster = store.cluster(taken.id);
      if (cluster !== undefined) await store.readAgain([readOnceMore(cluster, minute)], instantAt(minute));
      return 'done';
    }
    if (taken.act === 'update') {
      await store.update(sampleCluster(taken.id, taken.version % 3, taken.version));
    } else {
      await store[taken.act](taken.id);
    }
    return 'done';
  } catch (error) {
    if (error instanceof ConsoleError) return error.code;
    throw error;
  }
}

test('after any sequence of steps and restarts, the store on disk equals a model of two maps', async () => {
  let restored = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 18 }), async (steps) => {
      const folder = mkdtempSync(join(tmpdir(), 'arcwarden-'));
      try {
        const model = new Model();
        let store = await openStore(storePorts(), folder);
        for (const taken of [...steps, { act: 'reopen' } as const]) {
          if (taken.act === 'reopen') {
            await store.close();
            store = await openStore(storePorts(), folder);
          } else {
            expect(await perform(store, taken, model.readings + 1)).toBe(model.apply(taken));
          }
          expect(store.clusters()).toEqual([...model.live.values()]);
          expect(store.findings()).toEqual([]);
        }
        restored += model.restored;
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: 15, seed: 8 },
  );
  expect(restored).toBeGreaterThan(3);
});

test('after any sequence of steps, the store in memory equals a model of two maps', async () => {
  let restored = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 18 }), async (steps) => {
      const model = new Model();
      const store = memoryStore();
      for (const taken of steps) {
        if (taken.act === 'reopen') continue;
        expect(await perform(store, taken, model.readings + 1)).toBe(model.apply(taken));
        expect(store.clusters()).toEqual([...model.live.values()]);
      }
      restored += model.restored;
    }),
    { numRuns: 15, seed: 8 },
  );
  expect(restored).toBeGreaterThan(3);
});
