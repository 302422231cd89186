import { expect, test } from 'vitest';
import { rowColumns } from '../../../../core/inventory/store/rows.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';
import { agentNames } from '../../../../core/plan/model/deployment.ts';
import { openStore } from '../../../../core/settings/store/store.ts';
import { clusterListing } from '../../../../core/inventory/store/listed-cluster.ts';
import { certificateFiles } from '../../../support/fleet.ts';
import { CountedScheduler, testPorts } from '../../../support/ports.ts';
import { TestWorld } from '../../cli/test-world.ts';

/**
 * Makes a terminal with a data folder and the files of three clusters. Each reading of the clock advances it by a
 * second.
 */
async function worldWithFiles(): Promise<{ world: TestWorld; lines: string[] }> {
  const world = new TestWorld({ ...testPorts(), scheduler: new CountedScheduler(1_000) });
  const files = await certificateFiles({ cluster: 'one' }, { cluster: 'two' }, { cluster: 'three' });
  for (const [path, content] of Object.entries(files)) world.put(`fleet${path}`, content);
  world.store = await openStore(world.ports, '/data');
  const lines: string[] = [];
  world.progress = (line) => lines.push(line);
  return { world, lines };
}

test.each([
  ['en', ['2 of 3 files read · 2 credentials found', '1 of 3 clusters saved', '3 of 3 certificates checked', '']],
  ['ja', ['3 ファイル中 2 ファイルを読み取り済み · 2 件を検出', 'クラスター 3 個中 1 個を保存済み', '']],
] as const)(
  'a terminal shows the progress of an import (%s) and clears the progress line at the end',
  async (language, shown) => {
    const { world, lines } = await worldWithFiles();
    world.language = language;
    expect((await world.run('inventory', 'import', 'fleet')).code).toBe(0);
    expect(lines.filter((line) => (shown as readonly string[]).includes(line))).toEqual(shown);
    expect(lines.at(-1)).toBe('');
  },
);

test('an import writes the columns for the window, so that the next start does not read the cluster files', async () => {
  const { world } = await worldWithFiles();
  const columns = { makeColumns: rowColumns, version: 'test', pause: () => Promise.resolve(), leastCredentials: 0 };
  world.store = await openStore(world.ports, '/data', { columns, readsAll: true });
  expect((await world.run('inventory', 'import', 'fleet')).code).toBe(0);
  await world.store.close();
  const listing = await openStore(world.ports, '/data', { columns });
  const listed = listing.clusters();
  expect(listed).toHaveLength(3);
  expect(listed.every((cluster) => clusterListing(cluster)?.columns() !== undefined)).toBe(true);
  await listing.close();
});

test.each([
  ['en', 'One cluster was saved; then “/data/clusters/two.json” would have become larger than 256 MiB', 'Import fewer'],
  ['ja', '1 個のクラスターを保存した後、「/data/clusters/two.json」が 256 MiB を超え', 'フォルダーを減らす'],
] as const)(
  'an import that stops at an oversized cluster prints the number of saved clusters, the reason and the remedy (%s)',
  async (language, sentence, remedy) => {
    const { world } = await worldWithFiles();
    world.language = language;
    const store = world.store!;
    const updateAll = store.updateAll.bind(store);
    store.updateAll = async ([first], stored) => {
      await updateAll([first!], stored);
      throw new ConsoleError('store.too-large', { path: '/data/clusters/two.json', limitMiB: 256 });
    };
    const { code, notices } = await world.run('inventory', 'import', 'fleet');
    expect(code).toBe(2);
    expect(notices).toContain(sentence);
    expect(notices).toContain(remedy);
    expect(store.clusters()).toHaveLength(1);
  },
);

test('Ctrl+C ends an import with the number of saved clusters and a hint to repeat it', async () => {
  const { world, lines } = await worldWithFiles();
  world.progress = (line) => {
    lines.push(line);
    if (line.startsWith('1 of 3 clusters')) world.interrupting.abort();
  };
  const { code, out, notices } = await world.run('inventory', 'import', 'fleet');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(notices).toBe(
    'The import was cancelled; 3 clusters had been saved.\nTo get everything, import the same files again. Nothing is added twice.\n',
  );
  expect(lines.at(-1)).toBe('');
});

test.each([
  ['en', 'The import was cancelled; nothing was saved.\nTo get everything, import the same files again.\n'],
  [
    'ja',
    'インポートをキャンセルしました。何も保存していません。\nやり直すには、同じファイルを再インポートしてください。\n',
  ],
] as const)('Ctrl+C during the reading of files changes nothing (%s)', async (language, said) => {
  const { world } = await worldWithFiles();
  world.language = language;
  world.progress = () => world.interrupting.abort();
  expect((await world.run('inventory', 'import', 'fleet')).notices).toBe(said);
  expect(world.store?.clusters()).toEqual([]);
});

test.each([
  [
    'en',
    '2 more questions about names and cloud agents of clusters. To list all clusters with their ids and the evidence for each name:',
  ],
  [
    'ja',
    'クラスターの名前とクラウド エージェントについて、確認が必要な項目がほかに 2 件あります。すべてのクラスターの名前の根拠と ID は、次のコマンドで確認できます:',
  ],
] as const)(
  'an import prints rename commands for twenty uncertain names, and a command that lists all names (%s)',
  async (language, more) => {
    const world = new TestWorld(testPorts());
    world.language = language;
    const names = Array.from({ length: 22 }, (_, at) => `site-${String(at).padStart(2, '0')}`);
    const files = await certificateFiles(...names.map((cluster) => ({ cluster })));
    for (const [path, content] of Object.entries(files)) world.put(`fleet${path}`, content);
    world.store = await openStore(world.ports, '/data');
    const lines = (await world.run('inventory', 'import', 'fleet')).notices.split('\n');
    const asked = lines.filter((line) => line.startsWith('  arcwarden inventory rename '));
    expect(asked).toHaveLength(20);
    expect(lines.slice(-3)).toEqual([more, '  arcwarden inventory clusters', '']);
    const { out } = await world.run('inventory', 'clusters');
    const told = out.split('\n').filter((line) => line.startsWith('site-'));
    expect(told.map((line) => line.split(/ {2,}/u)[0])).toEqual(names);
    for (const line of asked) expect(out).toContain(line.split(' ').at(-2));
  },
);

test('psconfig.json, imported alone, is evidence for a later import, also after a restart', async () => {
  const world = new TestWorld(testPorts());
  const config = {
    Moc: { cloudFqdn: 'ca.lyon.example', clusterRoleName: 'ca' },
    Kva: { kvaName: 'control', kvaK8sVersion: 'v1' },
  };
  world.put('config/psconfig.json', JSON.stringify(config));
  for (const [path, content] of Object.entries(await certificateFiles({ cluster: 'control' })))
    world.put(`fleet${path}`, content);
  world.store = await openStore(world.ports, '/data');
  expect((await world.run('inventory', 'import', 'config')).code).toBe(0);
  await world.store.close();
  world.store = await openStore(world.ports, '/data');
  expect((await world.run('inventory', 'import', 'fleet')).code).toBe(0);
  const named = world.store.clusters().map((cluster) => ({ name: cluster.name, ...agentNames(cluster) }));
  expect(named).toEqual([{ name: 'control', cloudAgents: ['ca.lyon.example'] }]);
});
