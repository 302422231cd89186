import { beforeEach, expect, test } from 'vitest';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import { openStore } from '../../../core/settings/store/store.ts';
import { DATA } from '../authorities/operations/scenario.ts';
import { emptyWorld, type TestWorld } from '../cli/test-world.ts';
import { sampleCluster } from '../inventory/store/sample-clusters.ts';

let world: TestWorld;

beforeEach(async () => {
  world = emptyWorld();
  const store = await openStore(world.ports, DATA);
  const agent = (name: string): Cluster => ({ ...sampleCluster(name), name, kind: 'moc', credentials: [] });
  for (const each of [agent('ca-lyon'), agent('ca-kyoto'), { ...sampleCluster('edge'), name: 'edge' }])
    await store.update(each);
  world.store = store;
});

test('a cluster is linked to a cloud agent, and the store keeps the link', async () => {
  const { code, out } = await world.run('inventory', 'link', 'edge', '--deployment', 'ca-kyoto');
  expect([code, out]).toEqual([0, '“edge” runs on “ca-kyoto”. Plans use this from now on.\n']);
  const facts = (await openStore(world.ports, DATA)).settings().clusterFacts;
  expect(facts).toEqual({ edge: { cloudAgent: 'ca-kyoto' } });
  expect(await world.json(0, 'inventory', 'link', 'edge', '--deployment', 'ca-lyon')).toEqual({
    clusterId: 'edge',
    name: 'edge',
    deployment: { clusterId: 'ca-lyon', name: 'ca-lyon' },
  });
});

test('the name of any other cluster in the deployment is accepted', async () => {
  await world.store?.update({ ...sampleCluster('pos'), name: 'pos' });
  expect((await world.run('inventory', 'link', 'pos', '--deployment', 'ca-kyoto')).code).toBe(0);
  expect((await world.run('inventory', 'link', 'edge', '--deployment', 'pos')).code).toBe(0);
  const facts = (await openStore(world.ports, DATA)).settings().clusterFacts;
  expect(facts).toMatchObject({ edge: { cloudAgent: 'ca-kyoto' } });
});

test('a demo cluster with the name of the wanted cloud agent does not hide that cloud agent', async () => {
  await world.store?.update({ ...sampleCluster('demo'), name: 'ca-austin', sample: true });
  await world.store?.update({ ...sampleCluster('austin'), name: 'ca-austin', kind: 'moc', credentials: [] });
  expect((await world.run('inventory', 'link', 'edge', '--deployment', 'ca-austin')).code).toBe(0);
  const facts = (await openStore(world.ports, DATA)).settings().clusterFacts;
  expect(facts).toEqual({ edge: { cloudAgent: 'austin' } });
});

test.each([
  [['edge'], '--deployment'],
  [['edge', '--deployment', 'edge'], 'Cloud agents are: ca-lyon, ca-kyoto.'],
  [['ca-lyon', '--deployment', 'ca-kyoto'], 'Cloud agents are: ca-lyon, ca-kyoto.'],
  [['unknown', '--deployment', 'ca-kyoto'], '“unknown”'],
])('inventory link %j is refused, and nothing changes', async (words, named) => {
  const { code, notices } = await world.run('inventory', 'link', ...words);
  expect(code).toBe(2);
  expect(notices).toContain(named);
  expect((await openStore(world.ports, DATA)).settings().clusterFacts).toEqual({});
});

test('if the inventory has no cloud agent, the error lists none', async () => {
  const store = await openStore(world.ports, DATA);
  for (const name of ['ca-lyon', 'ca-kyoto']) await store.forget(sampleCluster(name).id);
  world.store = store;
  const { code, notices } = await world.run('inventory', 'link', 'edge', '--deployment', 'ca-kyoto');
  expect([code, notices]).toEqual([2, expect.stringContaining('Cloud agents are: –.')]);
});
