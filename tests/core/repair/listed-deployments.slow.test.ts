import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importPaths } from '../../../core/inventory/import.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import { MemoryFiles, TEST_NOW, testPorts } from '../../support/ports.ts';
import { TestWorld } from '../cli/test-world.ts';
import { collectFiles } from './advice/collected-files.ts';
import { drawnFleet } from './advice/drawn-fleet.ts';

const PLANS = [
  ['repair', 'plan'],
  ['update', 'plan'],
  ['expiry', 'plan'],
] as const;

test('every plan accepts the name and the id of every cluster that the inventory lists', async () => {
  const refused: string[] = [];
  for (const [at, drawn] of fc.sample(drawnFleet, { numRuns: 4, seed: 77 }).entries()) {
    const { contents, imports } = collectFiles(drawn);
    const files = new MemoryFiles();
    for (const [path, content] of contents) files.put(path, content);
    const store = memoryStore();
    for (const folders of imports) await importPaths(testPorts(files), store, folders);
    const world = new TestWorld(testPorts());
    world.store = {
      ...store,
      settings: () => DEFAULT_SETTINGS,
      changeSettings: () => Promise.resolve(DEFAULT_SETTINGS),
      close: () => Promise.resolve(),
    };
    for (const { id, name } of store.clusters())
      for (const word of [id, name])
        for (const plan of PLANS)
          for (const option of ['--deployment', '--cluster']) {
            const { code, notices } = await world.run(...plan, option, word, '--now', TEST_NOW);
            if (code === 2) refused.push(`fleet ${at}: ${plan.join(' ')} ${option} ${word}: ${notices}`);
          }
  }
  expect(refused).toEqual([]);
});
