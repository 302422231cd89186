import { copyFileSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { instant, type Instant } from '../../../../core/shared/instant.ts';
import { isReadAgain } from '../../../../core/inventory/store/readings.ts';
import { listRows } from '../../../../core/inventory/store/rows.ts';
import { openStore } from '../../../../core/settings/store/store.ts';
import type { Store } from '../../../../core/inventory/store/data-store.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { COLUMNS, storePorts } from './ports.ts';
import { clusterId, sampleCertificate, sampleCluster } from './sample-clusters.ts';

const LATER = instant('2026-11-25T08:00:00Z');
const EAST = clusterId('east');

function readAt(cluster: Cluster, at: Instant): Cluster {
  const credentials = cluster.credentials.map((one) => ({
    ...one,
    sources: one.sources.map((source) => ({ ...source, readAt: at })),
  }));
  return { ...cluster, credentials };
}

/** Makes a folder with a cluster that was read again; `index.old` is the earlier index. Returns its path. */
async function folderReadAgain(): Promise<string> {
  const folder = temporaryFolder();
  const store = await openStore(storePorts(), folder);
  await store.update(sampleCluster('east'));
  await store.close();
  copyFileSync(join(folder, 'index.json'), join(folder, 'index.old'));
  const again = await openStore(storePorts(), folder);
  await again.readAgain([readAt(sampleCluster('east'), LATER)], LATER);
  await again.close();
  return folder;
}

const readings = async (folder: string): Promise<{ current: Set<string>; replaced: Set<string> }> => {
  const store = await openStore(storePorts(), folder);
  expect(store.findings().map(({ rule }) => rule)).toEqual(
    readdirSync(folder).includes('index.json') ? [] : ['store.index-rebuilt'],
  );
  const { credentials = [], history = [] } = store.cluster(EAST) ?? {};
  await store.close();
  return {
    current: new Set(credentials.flatMap(({ sources }) => sources.map((source) => source.readAt))),
    replaced: new Set(history.flatMap(({ credential }) => credential.sources.map((source) => source.readAt))),
  };
};

const FIRST = '2026-11-24T12:00:00Z';

test('a reading survives a restart without a write to the cluster’s file, and does not include replaced credentials', async () => {
  const folder = temporaryFolder();
  const store = await openStore(storePorts(), folder);
  await store.update(sampleCluster('east'));
  const file = join(folder, 'clusters', 'east.json');
  const before = { content: readFileSync(file, 'utf8'), inode: statSync(file).ino };
  await store.readAgain([readAt(sampleCluster('east'), LATER)], LATER);
  expect(store.cluster(EAST)).toEqual(readAt(sampleCluster('east'), LATER));
  await store.close();
  expect({ content: readFileSync(file, 'utf8'), inode: statSync(file).ino }).toEqual(before);
  expect(await readings(folder)).toEqual({ current: new Set([LATER]), replaced: new Set([FIRST]) });
});

test('before files are read, the list shows the reading time that the index contains', async () => {
  const folder = temporaryFolder();
  const open = (): Promise<Store> => openStore(storePorts(), folder, { columns: COLUMNS });
  const listTimes = async (): Promise<{ rows: Set<unknown>; current: Set<string> }> => {
    const store = await open();
    const cluster = store.cluster(EAST)!;
    const rows = new Set(listRows(cluster).map(({ confirmedMs }) => confirmedMs));
    const current = new Set(cluster.credentials.flatMap(({ sources }) => sources.map((source) => source.readAt)));
    expect(await store.settle()).toEqual([]);
    expect(new Set(listRows(store.cluster(EAST)!).map(({ confirmedMs }) => confirmedMs))).toEqual(rows);
    await store.close();
    return { rows, current };
  };
  const store = await open();
  await store.update(sampleCluster('east'));
  await store.settle();
  await store.close();
  copyFileSync(join(folder, 'index.json'), join(folder, 'index.old'));
  const again = await open();
  expect(await again.settle()).toEqual([]);
  await again.readAgain([readAt(sampleCluster('east'), LATER)], LATER);
  await again.settle();
  await again.close();
  expect(await listTimes()).toEqual({ rows: new Set([Date.parse(LATER)]), current: new Set([LATER]) });
  expect(await listTimes()).toEqual({ rows: new Set([Date.parse(LATER)]), current: new Set([LATER]) });
  copyFileSync(join(folder, 'index.old'), join(folder, 'index.json'));
  expect(await listTimes()).toEqual({ rows: new Set([Date.parse(FIRST)]), current: new Set([FIRST]) });
});

describe('the times of reading come only from the cluster’s file', () => {
  test('if the index is lost', async () => {
    const folder = await folderReadAgain();
    for (const name of ['index.json', 'index.json.previous']) rmSync(join(folder, name));
    const store = await openStore(storePorts(), folder, { readOnly: true });
    const read = store.cluster(EAST)?.credentials.flatMap(({ sources }) => sources.map((source) => source.readAt));
    expect(new Set(read)).toEqual(new Set([FIRST]));
  });

  test('if the index is older than the file because a process was killed in between', async () => {
    const folder = await folderReadAgain();
    copyFileSync(join(folder, 'index.json'), join(folder, 'index.read'));
    const store = await openStore(storePorts(), folder);
    const moved = sampleCertificate(7);
    const { credentials, ...others } = sampleCluster('east');
    await store.update({ ...others, credentials: [...credentials, moved] });
    await store.close();
    copyFileSync(join(folder, 'index.read'), join(folder, 'index.json'));
    expect((await readings(folder)).current).toEqual(new Set([FIRST]));
  });

  test('if the cluster was forgotten and restored', async () => {
    const folder = await folderReadAgain();
    const store = await openStore(storePorts(), folder);
    await store.forget(EAST);
    await store.close();
    const again = await openStore(storePorts(), folder);
    await again.restore(EAST);
    await again.close();
    expect((await readings(folder)).current).toEqual(new Set([LATER]));
  });
});

test('the index contains the reading and the checksum of the file in one field, which former releases ignore', async () => {
  const folder = await folderReadAgain();
  const read = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;
  const { clusters } = read<{ clusters: object[] }>('index.json');
  const { clusters: former } = read<{ clusters: object[] }>('index.old');
  const { sha256 } = read<{ sha256: string }>('clusters/east.json');
  expect(clusters).toEqual([{ ...former[0], read: { at: LATER, checksum: sha256.slice(0, 16) } }]);
});

describe('a cluster is treated as only read again', () => {
  const before = sampleCluster('east');
  const after = readAt(before, LATER);
  const changeSource = (change: object): Cluster => {
    const [first, ...others] = after.credentials;
    const sources = first?.sources.map((source) => ({ ...source, ...change })) ?? [];
    return { ...after, credentials: [...(first ? [{ ...first, sources }] : []), ...others] };
  };

  test('if only its read time differs', () => {
    expect(isReadAgain(before, after, LATER)).toBe(true);
  });

  test.each<[string, Cluster]>([
    ['one file was not read', changeSource({ readAt: FIRST })],
    ['one file has changed', changeSource({ fileModified: LATER })],
    ['one server has become known', changeSource({ server: 'https://10.0.0.2' })],
    ['one file has moved', changeSource({ path: '/pki/other.crt' })],
    ['one certificate is gone', { ...after, credentials: after.credentials.slice(1) }],
    ['one role has changed', { ...after, credentials: after.credentials.map((one) => ({ ...one, role: 'unknown' })) }],
    ['it has another name', { ...after, name: 'west' }],
    ['it has another address', { ...after, addresses: [...after.addresses, 'https://10.0.0.2'] }],
    ['it lacks the evidence for its name', { ...after, nameEvidence: undefined }],
    ['it has a revocation', { ...after, revocations: [] }],
    ['replaced credentials were read as well', { ...after, history: after.history.map((one) => ({ ...one })) }],
  ])('but not if %s', (_what, changed) => {
    expect(isReadAgain(before, changed, LATER)).toBe(false);
  });
});
