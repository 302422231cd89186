import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import { readKnownFiles } from '../../../core/inventory/fleet.ts';
import { importPaths } from '../../../core/inventory/import.ts';
import { inspectPaths } from '../../../core/inventory/export/inspect.ts';
import { listRows } from '../../../core/inventory/store/rows.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { writeSampleMarker } from '../../../core/formats/sample-marker.ts';
import { MemoryFiles, TEST_NOW, testPorts } from '../../support/ports.ts';
import { cloudconfig, kubeconfig, Pki } from './pki.ts';

const pki = new Pki();
let east: string;
let west: string;
let agent: string;

beforeAll(() => {
  const [one, two, cloud] = ['/CN=kubernetes', '/CN=kubernetes', '/CN=cloud'].map((name) => pki.ca(name));
  if (one === undefined || two === undefined || cloud === undefined) throw new Error('no CA');
  east = kubeconfig({ cluster: 'east', ca: one.crt });
  west = kubeconfig({ cluster: 'east', ca: two.crt });
  const client = pki.issue({ subject: '/CN=kvactl', issuer: cloud, days: [-10, 80] });
  agent = cloudconfig({ ca: cloud.crt, client });
});
afterAll(() => pki.remove());

function marker(...files: string[]): string {
  return writeSampleMarker({ createdAt: TEST_NOW, files });
}

async function importFiles(files: MemoryFiles, ...paths: string[]) {
  const store = memoryStore();
  const ports = testPorts(files);
  const report = await importPaths(ports, store, paths);
  return { store, report, clusters: store.clusters(), ports };
}

const marks = (clusters: readonly Cluster[]): unknown[] =>
  clusters.map(({ name, sample = false }) => [name, sample]).sort();

/** Makes a sample with a kubeconfig and an access file, and a real kubeconfig elsewhere. */
function fleet(): MemoryFiles {
  return new MemoryFiles()
    .put('/s/arcwarden-sample.json', marker('Users/a/.kube/config', 'host/.wssd/kvactl/cloudconfig'))
    .put('/s/Users/a/.kube/config', east)
    .put('/s/host/.wssd/kvactl/cloudconfig', agent)
    .put('/real/config', west);
}

test.each([
  ['a lab, whose machines change them', true, 1],
  ['the demo fleet, which never changes', false, 0],
])('the files of %s are read again: %s', async (_, isLive, renewed) => {
  const files = ['Users/a/.kube/config'];
  const folder = new MemoryFiles()
    .put('/s/arcwarden-sample.json', writeSampleMarker({ createdAt: TEST_NOW, files, isLive }))
    .put('/s/Users/a/.kube/config', east);
  const { store, ports } = await importFiles(folder, '/s');
  folder.put('/s/Users/a/.kube/config', west);
  await readKnownFiles(ports, store);
  const sources = store.clusters().flatMap(({ credentials }) => credentials.map(({ id }) => id));
  const { clusters } = await importFiles(new MemoryFiles().put('/new', west), '/new');
  const [fresh] = clusters.flatMap(({ credentials }) => credentials.map(({ id }) => id));
  expect(sources.filter((id) => id === fresh)).toHaveLength(renewed);
});

describe('a cluster is a sample', () => {
  test('if a marker in a parent folder lists its files', async () => {
    const { clusters, report } = await importFiles(fleet(), '/s');
    expect(clusters.every(({ sample }) => sample)).toBe(true);
    expect(clusters).toHaveLength(2);
    expect(report.added.every(({ sample }) => sample)).toBe(true);
    for (const cluster of clusters) expect(listRows(cluster).every(({ sample }) => sample)).toBe(true);
  });

  test.each([
    ['a folder in it', '/s/Users'],
    ['a file in it', '/s/Users/a/.kube/config'],
    ['a folder around it', '/'],
    ['a folder in it, with a trailing separator', '/s/Users/'],
  ])('if the import begins at %s', async (_, path) => {
    const { clusters } = await importFiles(fleet(), path);
    const found = clusters.filter(({ credentials }) =>
      credentials.some(({ sources }) => sources[0]?.path === '/s/Users/a/.kube/config'),
    );
    expect(found.map(({ sample }) => sample)).toEqual([true]);
  });

  test('if its paths differ from those in the marker only in case, because Windows ignores case', async () => {
    const files = new MemoryFiles()
      .put('/s/arcwarden-sample.json', marker('Users/A/Config'))
      .put('/s/users/a/config', east);
    expect(marks((await importFiles(files, '/s')).clusters)).toEqual([['east', true]]);
  });

  test('in the records of an inspection too', async () => {
    const ports = testPorts(fleet());
    const { records } = await inspectPaths(ports, ['/s/Users', '/real']);
    expect(records.map(({ sample }) => sample)).toEqual([false, true]);
  });
});

describe('a cluster is not a sample', () => {
  test('if its file lies in the folder of a sample but not in the marker', async () => {
    const files = fleet().put('/s/mine/config', west);
    const { clusters } = await importFiles(files, '/s');
    const mine = clusters.filter(({ sample }) => !sample);
    expect(mine.flatMap(({ credentials }) => credentials.flatMap(({ sources }) => sources))).toEqual([
      expect.objectContaining({ path: '/s/mine/config' }),
    ]);
  });

  test('if the marker cannot be read', async () => {
    const files = fleet().put('/s/arcwarden-sample.json', '{"kind":"arcwarden-sample"');
    expect(marks((await importFiles(files, '/s')).clusters).flat()).not.toContain(true);
  });
});

test('a sample and a real cluster with the same name stay separate, in whatever order they are imported', async () => {
  for (const paths of [
    ['/s', '/real'],
    ['/real', '/s'],
  ]) {
    const files = fleet();
    const { store, ports } = await importFiles(files, paths[0] ?? '');
    await importPaths(ports, store, [paths[1] ?? '']);
    const both = store.clusters().filter(({ name }) => /^east/u.test(name));
    expect(both.map(({ sample = false }) => sample).sort()).toEqual([false, true]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(2);
    expect(new Set(both.map(({ name }) => name)).size).toBe(2);
  }
});

test('a file copied out of a sample forms a separate cluster and leaves the sample unchanged', async () => {
  const files = fleet().put('/copy/config', east);
  const { store, ports } = await importFiles(files, '/s');
  const before = store.clusters();
  await importPaths(ports, store, ['/copy']);
  expect(store.clusters().slice(0, before.length)).toEqual(before);
  expect(store.clusters().filter(({ sample }) => !sample)).toHaveLength(1);
  expect(await store.removeSamples()).toBe(before.length);
  expect(store.clusters().map(({ sample }) => sample)).toEqual([undefined]);
});

test('importing a sample again changes nothing', async () => {
  const { store, ports } = await importFiles(fleet(), '/s');
  const before = store.clusters();
  const { added, unchanged } = await importPaths(ports, store, ['/s']);
  expect(added).toEqual([]);
  expect(unchanged.length).toBeGreaterThan(0);
  expect(store.clusters()).toEqual(before);
});

test('only an import of real files counts as an import of real data', async () => {
  const { store, ports } = await importFiles(fleet(), '/s');
  expect(store.lastImportAt()).toBeUndefined();
  await importPaths(ports, store, ['/s', '/real']);
  expect(store.lastImportAt()).toBe(TEST_NOW);
});
