import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../../core/settings/model/settings.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { emptyWorld, type TestWorld } from '../../cli/test-world.ts';
import { sampleCertificate, sampleCluster } from '../store/sample-clusters.ts';

const [ONE, TWO, THREE] = [sampleCertificate(1), sampleCertificate(2), sampleCertificate(3)];
const EAST = { ...sampleCluster('east'), name: 'east', credentials: [ONE, TWO], history: [] };
const WEST = { ...sampleCluster('west'), name: 'west', credentials: [THREE], history: [] };

let world: TestWorld;
let store = memoryStore();

beforeEach(async () => {
  world = emptyWorld();
  store = memoryStore();
  for (const each of [EAST, WEST]) await store.update(each);
  world.store = {
    ...store,
    settings: () => DEFAULT_SETTINGS,
    changeSettings: () => Promise.resolve(DEFAULT_SETTINGS),
    close: () => Promise.resolve(),
  };
});

/** Returns how many times a credential is stored. */
function count(id: string): number {
  const all = [...store.clusters(), store.foreign()].flatMap((cluster) => cluster?.credentials ?? []);
  return all.filter((credential) => credential.id === id).length;
}

test.each([
  [['move', ONE.id, '--foreign'], 'The credential already belongs to “–”.'],
  [['move', ONE.id, '--new-cluster', 'north'], 'The credential already belongs to “north”.'],
  [['move', ONE.id, TWO.id, '--new-cluster', 'north'], 'The 2 credentials already belong to “north”.'],
  [['merge', 'east', 'west'], '“east” was already merged into “west”, with all its credentials.'],
  [['rename', 'east', 'south'], 'A cluster is already called “south”, and none is called “east”.'],
  [['forget', 'east'], '“east” was already forgotten.'],
])('a second run of %j reports that the change has already been made', async (words, said) => {
  expect((await world.run('inventory', ...words)).code).toBe(0);
  const lines = (await world.json<{ lines: unknown[] }>(0, 'audit', 'list')).lines;
  const again = await world.run('inventory', ...words);
  expect(again).toMatchObject({ code: 0, out: `${said}\n`, notices: '' });
  expect((await world.json<{ lines: unknown[] }>(0, 'audit', 'list')).lines).toEqual(lines);
});

test('a forgotten cluster is restored by name, and a second run reports that the cluster is already there', async () => {
  await world.run('inventory', 'forget', 'east');
  expect((await world.run('inventory', 'clusters')).notices).toContain(
    'Forgotten clusters that you can restore: east\n',
  );
  expect(await world.json(0, 'inventory', 'restore', 'east')).toEqual({
    restored: { clusterId: 'east', name: 'east', credentials: 2 },
  });
  expect(store.clusters().map(({ name }) => name)).toContain('east');
  const again = await world.run('inventory', 'restore', 'east');
  expect(again).toMatchObject({ code: 0, out: '“east” is already in the inventory.\n' });
});

test('a merged cluster cannot be restored, so that no credential is counted twice', async () => {
  await world.run('inventory', 'merge', 'east', 'west');
  const { code, notices } = await world.run('inventory', 'restore', 'east');
  expect(code).toBe(2);
  expect(notices).toContain('The credentials of “east” now belong to “west”.');
  expect(count(ONE.id) + count(TWO.id)).toBeLessThanOrEqual(2);
});

test('a cluster that was never forgotten cannot be restored', async () => {
  const { code, notices } = await world.run('inventory', 'restore', 'north');
  expect(code).toBe(2);
  expect(notices).toContain('“north” is not among the forgotten clusters.');
});

test('a credential in two clusters is removed from the one that is not the destination', async () => {
  await store.update({ ...WEST, credentials: [THREE, ONE] });
  expect((await world.run('inventory', 'move', ONE.id, '--into', 'west')).code).toBe(0);
  expect(count(ONE.id)).toBe(1);
  expect(
    store
      .clusters()
      .find(({ name }) => name === 'west')
      ?.credentials.map(({ id }) => id),
  ).toContain(ONE.id);
});

test('--from names the cluster that loses the credential if two clusters have it', async () => {
  await store.update({ ...WEST, credentials: [THREE, ONE] });
  const unclear = await world.run('inventory', 'move', ONE.id, '--foreign');
  expect(unclear.code).toBe(2);
  expect(unclear.notices).toContain(`More than one credential begins with “${ONE.id}”.`);
  expect(unclear.notices).toContain('--from');
  expect((await world.run('inventory', 'move', ONE.id, '--foreign', '--from', 'west')).code).toBe(0);
  expect(store.clusters().find(({ name }) => name === 'west')?.credentials).toHaveLength(1);
});

test('credentials of two clusters cannot be moved together, and the error suggests no option that does not exist', async () => {
  const { code, notices } = await world.run('inventory', 'move', ONE.id, THREE.id, '--foreign');
  expect(code).toBe(2);
  expect(notices).toContain('These credentials belong to different clusters: east, west.');
  expect(notices).not.toContain('--cluster');
});

test('the errors for a fingerprint that is too short and for one that matches nothing differ', async () => {
  const short = await world.run('inventory', 'move', ONE.id.slice(0, 4), '--foreign');
  expect(short.notices).toContain('is too short: enter at least 8 digits of the SHA-256.');
  const unknown = await world.run('inventory', 'move', '0'.repeat(64), '--foreign');
  expect(unknown.notices).toContain('The inventory does not have this credential in this place.');
});

test.each([
  ['forget', 'north'],
  ['merge', 'north', 'west'],
  ['rename', 'north', 'plant7'],
  ['move', '0'.repeat(64), '--foreign'],
])('%s names the unreadable file instead of reporting that nothing was found', async (...words) => {
  const problem = new ConsoleError('file.not-readable', { path: '/data/clusters/north.json' });
  world.store = { ...(world.store as NonNullable<typeof world.store>), unreadable: () => [problem] };
  const { code, notices } = await world.run('inventory', ...words);
  expect(code).toBe(2);
  expect(notices).toContain('“/data/clusters/north.json” could not be read.');
});
