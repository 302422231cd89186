import { beforeEach, expect, test } from 'vitest';
import { importPaths } from '../../../../core/inventory/import.ts';
import { openStore } from '../../../../core/settings/store/store.ts';
import { HOUR_MS, DAY_MS } from '../../../../core/shared/instant.ts';
import { certificateFiles } from '../../../support/fleet.ts';
import { TEST_NOW } from '../../../support/ports.ts';
import { DATA } from '../../authorities/operations/scenario.ts';
import { emptyWorld, type TestWorld } from '../../cli/test-world.ts';

let world: TestWorld;

beforeEach(async () => {
  world = emptyWorld();
  world.store = await openStore(world.ports, DATA);
  const files = await certificateFiles({ cluster: 'dead', leftMs: -HOUR_MS }, { cluster: 'fine', leftMs: 3 * DAY_MS });
  for (const [path, text] of Object.entries(files)) world.files.put(path, text);
  await importPaths(world.ports, world.store, Object.keys(files));
});

const check = () => world.json<{ acknowledged: { cluster: string; by: string }[] }>(1, 'expiry', 'check');

test('a cluster is acknowledged by the user, handed over and withdrawn, and “expiry check” says so', async () => {
  const acknowledged = { by: 'CORP\\admin', note: 'the storage team', at: TEST_NOW };
  expect(await world.json(0, 'inventory', 'acknowledge', 'dead', '--note', 'the storage team')).toMatchObject({
    name: 'dead',
    acknowledged,
  });
  expect((await check()).acknowledged).toMatchObject([{ cluster: 'dead', ...acknowledged }]);
  expect((await world.run('expiry', 'check')).out).toMatch(
    /^dead: Acknowledged by CORP\\admin, .*: the storage team$/mu,
  );
  expect((await world.run('inventory', 'hand-over', 'dead', '--by', 'Suzuki')).out).toMatch(
    /^dead: Acknowledged by Suzuki, /u,
  );
  expect((await check()).acknowledged).toMatchObject([{ by: 'Suzuki', note: '' }]);
  const { clusterId } = await world.json<{ clusterId: string }>(0, 'inventory', 'withdraw', 'dead');
  expect(await world.json(0, 'inventory', 'withdraw', 'dead')).toEqual({ clusterId, name: 'dead', acknowledged: null });
  expect((await check()).acknowledged).toEqual([]);
});

test.each([
  [['hand-over', 'dead', '--by', 'Suzuki'], 'Nobody works on dead any more.'],
  [['acknowledge', 'fine'], 'fine has no problem'],
  [['acknowledge', 'nowhere'], 'nowhere'],
  [['acknowledge', 'dead', '--note', 'password=Tr0ub4dor&3'], 'looks like a token'],
])('%j is refused with exit code 2', async (words, named) => {
  const { code, out, notices } = await world.run('inventory', ...words);
  expect([code, out]).toEqual([2, '']);
  expect(notices).toContain(named);
  expect((await check()).acknowledged).toEqual([]);
});
