import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readKnownFiles } from '../../../core/inventory/fleet.ts';
import { importPaths } from '../../../core/inventory/import.ts';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import { clustersAndForeign, type InventoryStore } from '../../../core/inventory/store/inventory-store.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { certificateFiles } from '../../support/fleet.ts';
import { CountedScheduler, MemoryFiles, testPorts, type TestPorts } from '../../support/ports.ts';
import { sampleCluster } from './store/sample-clusters.ts';

interface Known {
  ports: TestPorts;
  store: InventoryStore;
}

async function importFiles(contents: Record<string, string>): Promise<Known> {
  const files = new MemoryFiles();
  for (const [path, content] of Object.entries(contents)) files.put(path, content);
  const known = { ports: testPorts(files), store: memoryStore() };
  await importPaths(known.ports, known.store, ['/']);
  return known;
}

const listSources = (store: InventoryStore): string[] =>
  store.clusters().flatMap(({ credentials }) => credentials.flatMap(({ sources }) => sources.map(({ path }) => path)));

/** Imports the files in the usual way, and returns the paths that a finding reports as unreadable. */
async function readInTheUsualWay({ ports, store }: Known): Promise<string[]> {
  const paths = [...new Set(listSources(store))];
  const { findings } = await importPaths(ports, store, paths);
  return paths.filter((path) => findings.some(({ rule, place }) => rule.startsWith('file.') && place.path === path));
}

const TOO_LARGE = new Uint8Array(16 * 1024 * 1024 + 1);

const FATES: Record<string, (files: MemoryFiles, path: string, other: string) => void> = {
  'is there': () => undefined,
  'is gone': (files, path) => files.drop(path),
  'cannot be opened': (files, path) => files.lock(path),
  'is a folder now': (files, path) => (files.drop(path), files.put(`${path}/note`, 'a')),
  'is a folder with what it was': (files, path, other) => (files.drop(path), files.put(`${path}/copy`, other)),
  'has grown too large': (files, path) => files.put(path, TOO_LARGE),
  'is of another cluster': (files, path, other) => files.put(path, other),
};

test('rereading known files reports missing files and stores changes in the same way as an import', async () => {
  const names = ['one', 'two', 'three', 'four', 'five'];
  const contents = await certificateFiles(...names.map((cluster) => ({ cluster })));
  const paths = Object.keys(contents);
  const fates = fc.array(fc.constantFrom(...Object.keys(FATES)), { minLength: paths.length, maxLength: paths.length });
  await fc.assert(
    fc.asyncProperty(fc.array(fates, { minLength: 1, maxLength: 3 }), async (rounds) => {
      const [usual, again] = [await importFiles(contents), await importFiles(contents)];
      expect(again.store.clusters()).toHaveLength(names.length);
      for (const round of rounds) {
        for (const { ports } of [usual, again])
          for (const [at, path] of paths.entries())
            FATES[round[at]!]!(ports.files, path, contents[paths[(at + 1) % paths.length]!]!);
        const { down } = await readKnownFiles(again.ports, again.store);
        expect(down).toEqual(await readInTheUsualWay(usual));
        expect(clustersAndForeign(again.store)).toEqual(clustersAndForeign(usual.store));
        expect(again.store.lastImportAt()).toBe(usual.store.lastImportAt());
      }
    }),
    { numRuns: 40 },
  );
});

test('rereading thousands of missing files soon yields to other work, and reads each cluster once', async () => {
  let [looks, most, reads] = [0, 0, 0];
  const scheduler = new CountedScheduler(4);
  const yieldNow = scheduler.yield.bind(scheduler);
  scheduler.yield = () => {
    looks = 0;
    return yieldNow();
  };
  const files = new MemoryFiles();
  const facts = files.facts.bind(files);
  files.facts = (path) => {
    most = Math.max(most, (looks += 1));
    return facts(path);
  };
  const clusters = Array.from({ length: 60 }, (_, at): Cluster => {
    const { credentials, ...cluster } = sampleCluster(`cluster-${at}`, 50);
    return {
      ...cluster,
      get credentials() {
        reads += 1;
        return credentials.map((one, number) => ({
          ...one,
          sources: one.sources.map((source) => ({ ...source, path: `/gone/${at}/${number}` })),
        }));
      },
    };
  });
  const store = { ...memoryStore(), clusters: () => clusters };
  const { down } = await readKnownFiles({ ...testPorts(files), scheduler }, store);
  expect(down).toEqual(
    clusters.flatMap((_cluster, at) => Array.from({ length: 51 }, (_, one) => `/gone/${at}/${one}`)),
  );
  expect(most).toBeLessThan(100);
  expect(reads).toBeLessThanOrEqual(clusters.length);
});
