import { expect, test } from 'vitest';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { credentialCount, KeptContents, listCluster } from '../../../../core/inventory/store/listed-cluster.ts';
import { sampleCluster } from './sample-clusters.ts';

const SIZE = sampleCluster('a', 1).credentials.length;

/** Makes clusters with `SIZE` credentials each, and counts how often each cluster is read. */
function makeListedClusters(
  names: readonly string[],
  kept: KeptContents,
): { clusters: Cluster[]; reads: Map<string, number> } {
  const reads = new Map<string, number>();
  const clusters = names.map((name) => {
    const { credentials: _, history: _history, ...cluster } = sampleCluster(name, 1);
    return listCluster(
      { cluster, count: SIZE, columns: () => undefined },
      () => {
        reads.set(name, (reads.get(name) ?? 0) + 1);
        return sampleCluster(name, 1);
      },
      kept,
    );
  });
  return { clusters, reads };
}

const nextTurn = (): Promise<unknown> => new Promise((done) => setImmediate(done));

test('a cluster is read once for its credentials and its history, but not for its count', () => {
  const { clusters, reads } = makeListedClusters(['a'], new KeptContents());
  expect(clusters.map(credentialCount)).toEqual([SIZE]);
  expect(reads.size).toBe(0);
  expect(clusters[0]?.credentials).toHaveLength(SIZE);
  expect(clusters[0]?.history).toEqual(sampleCluster('a', 1).history);
  expect(reads.get('a')).toBe(1);
});

test('the most recently used clusters are kept up to the limit', async () => {
  const { clusters, reads } = makeListedClusters(['a', 'b', 'c'], new KeptContents({ all: 0, few: 2 * SIZE }));
  for (const { credentials } of clusters) expect(credentials).toHaveLength(SIZE);
  await nextTurn();
  for (const { credentials } of [...clusters].reverse()) expect(credentials).toHaveLength(SIZE);
  expect(Object.fromEntries(reads)).toEqual({ a: 2, b: 1, c: 1 });
});

test('all clusters of a small fleet are kept, but only a few of a larger fleet', async () => {
  for (const { names, again } of [
    { names: ['a', 'b', 'c'], again: {} },
    { names: ['a', 'b', 'c', 'd'], again: { a: 2, b: 2, c: 2 } },
  ]) {
    const { clusters, reads } = makeListedClusters(names, new KeptContents({ all: 3 * SIZE, few: SIZE }));
    for (const { credentials } of clusters) expect(credentials).toHaveLength(SIZE);
    await nextTurn();
    for (const { credentials } of [...clusters].reverse()) expect(credentials).toHaveLength(SIZE);
    expect(Object.fromEntries([...reads].filter(([, count]) => count > 1))).toEqual(again);
  }
});

test('a credential is the same object within one turn of the event loop, however many credentials are read', () => {
  const { clusters } = makeListedClusters(['a', 'b', 'c'], new KeptContents({ all: 0, few: 1 }));
  const first = clusters.map(({ credentials }) => credentials[0]);
  expect(clusters.every(({ credentials }, at) => credentials[0] === first[at])).toBe(true);
});

test('a credential is the same object throughout a change, however long the change takes', async () => {
  const kept = new KeptContents({ all: 0, few: 1 });
  const { clusters, reads } = makeListedClusters(['a', 'b', 'c'], kept);
  await kept.keepDuring(async () => {
    const first = clusters.map(({ credentials }) => credentials[0]);
    await nextTurn();
    expect(clusters.every(({ credentials }, at) => credentials[0] === first[at])).toBe(true);
  });
  await nextTurn();
  expect(clusters[0]?.credentials).toHaveLength(SIZE);
  expect(reads.get('a')).toBe(2);
});

test('a copy of a cluster has the same content, and the cluster is read only once', () => {
  const { clusters, reads } = makeListedClusters(['a'], new KeptContents());
  const copy = { ...clusters[0], name: 'other' };
  expect(copy).toEqual({ ...sampleCluster('a', 1), name: 'other' });
  expect(copy.credentials).toBe(clusters[0]?.credentials);
  expect(reads.get('a')).toBe(1);
});
