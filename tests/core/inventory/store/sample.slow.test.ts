import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { openStore } from '../../../../core/settings/store/store.ts';
import type { Store } from '../../../../core/inventory/store/data-store.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { storePorts } from './ports.ts';

function cluster(name: string, sample: boolean): Cluster {
  const mark = sample ? ({ sample: true } as const) : {};
  const id = name as ClusterId;
  return { id, name, kind: 'kubernetes', ...mark, addresses: [], credentials: [], history: [] };
}

async function fillStore(folder: string): Promise<Store> {
  const store = await openStore(storePorts(), folder);
  for (const name of ['east', 'west']) await store.update(cluster(name, false));
  for (const name of ['osaka', 'sapporo', 'nagoya']) await store.update(cluster(name, true));
  return store;
}

const namesIn = (folder: string): string[] => readdirSync(folder).sort();

test('the mark of a sample cluster is stored, and the files of other clusters lack the field', async () => {
  const folder = temporaryFolder();
  await (await fillStore(folder)).close();
  const store = await openStore(storePorts(), folder);
  expect(store.clusters().map(({ name, sample }) => [name, sample])).toEqual([
    ['east', undefined],
    ['west', undefined],
    ['osaka', true],
    ['sapporo', true],
    ['nagoya', true],
  ]);
  const text = (name: string): string => readFileSync(join(folder, 'clusters', `${name}.json`), 'utf8');
  expect(JSON.parse(text('osaka'))).toMatchObject({ schema: 1, cluster: { sample: true } });
  expect(text('east')).not.toContain('sample');
  await store.close();
});

test('a stored sample mark other than true is treated as damage', async () => {
  const folder = temporaryFolder();
  await (await fillStore(folder)).close();
  const path = join(folder, 'clusters', 'east.json');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('"kind":"kubernetes"', '"kind":"kubernetes","sample":false'));
  const store = await openStore(storePorts(), folder);
  // The invalid file has no previous copy that could replace it.
  expect(store.findings().map(({ rule }) => rule)).toEqual(['store.damaged-lost']);
  await store.close();
});

describe('removing samples', () => {
  test('deletes all their files and leaves other files unchanged', async () => {
    const folder = temporaryFolder();
    const store = await fillStore(folder);
    await store.update({ ...cluster('osaka', true), addresses: ['https://10.0.0.1:6443'] });
    const east = readFileSync(join(folder, 'clusters', 'east.json'), 'utf8');
    expect(await store.removeSamples()).toBe(3);
    expect(namesIn(join(folder, 'clusters'))).toEqual(['east.json', 'west.json']);
    expect(readFileSync(join(folder, 'clusters', 'east.json'), 'utf8')).toBe(east);
    expect(store.clusters().map(({ name }) => name)).toEqual(['east', 'west']);
    await store.close();
    const again = await openStore(storePorts(), folder);
    expect(again.clusters().map(({ name }) => name)).toEqual(['east', 'west']);
    expect(again.findings()).toEqual([]);
    await again.close();
  });

  test('also removes forgotten samples, but no other forgotten cluster', async () => {
    const folder = temporaryFolder();
    const store = await fillStore(folder);
    for (const id of ['west', 'osaka']) await store.forget(id as ClusterId);
    expect(await store.removeSamples()).toBe(2);
    expect(namesIn(join(folder, 'forgotten'))).toEqual(['west.json']);
    await expect(store.restore('osaka' as ClusterId)).rejects.toMatchObject({ code: 'cluster.unknown' });
    expect((await store.restore('west' as ClusterId)).name).toBe('west');
    await store.close();
    expect(readFileSync(join(folder, 'index.json'), 'utf8')).not.toContain('osaka');
  });

  test('does nothing if there are no samples', async () => {
    const folder = temporaryFolder();
    const store = await openStore(storePorts(), folder);
    await store.update(cluster('east', false));
    expect(await store.removeSamples()).toBe(0);
    expect(store.clusters()).toHaveLength(1);
    await store.close();
  });
});
