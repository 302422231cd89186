import { expect, test } from 'vitest';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { readFiles } from '../../../../core/inventory/read/read-files.ts';
import { importPaths } from '../../../../core/inventory/import.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { CountedScheduler, MemoryFiles, testPorts } from '../../../support/ports.ts';
import { sampleDer } from '../store/sample-clusters.ts';

const bare = sampleDer();
const withMore = new Uint8Array([...bare, 1, 2, 3]);

test.each([
  ['before', '/a.der', '/b.der'],
  ['after', '/b.der', '/a.der'],
])(
  'bytes after a certificate are reported even if the file is read %s a file with only the certificate',
  async (_when, long, short) => {
    const files = new MemoryFiles().put(long, withMore).put(short, bare);
    const [ports, store] = [testPorts(files), memoryStore()];
    const places = async (...paths: string[]): Promise<(string | undefined)[]> => {
      const { findings } = await importPaths(ports, store, paths);
      return findings.filter(({ rule }) => rule === 'der.trailing-data').map(({ place }) => place.path);
    };
    expect(await places('/')).toEqual([long]);
    expect(await places('/')).toEqual([long]);
    expect(await places(short)).toEqual([]);
    expect(store.clusters().flatMap(({ credentials }) => credentials)).toHaveLength(
      store.foreign() === undefined ? 1 : 0,
    );
  },
);

test('a certificate in many files is one credential with all its places', async () => {
  const files = new MemoryFiles();
  for (let at = 0; at < 20; at += 1) files.put(`/east/copy-${at}.der`, bare);
  const store = memoryStore();
  await importPaths(testPorts(files), store, ['/']);
  const [credential, another] = [...store.clusters(), store.foreign()].flatMap((cluster) => cluster?.credentials ?? []);
  expect(credential?.sources).toHaveLength(20);
  expect(another).toBeUndefined();
});

test('other work can run while a file with many certificates is decoded', async () => {
  const count = 1_000;
  const files = new MemoryFiles().put('/many.pem', encodePem('CERTIFICATE', bare).repeat(count));
  const scheduler = new CountedScheduler(10);
  const { candidates } = await readFiles({ ...testPorts(files), scheduler }, ['/many.pem']);
  expect(candidates).toHaveLength(count);
  expect(scheduler.yields).toBeGreaterThan(5);
});
