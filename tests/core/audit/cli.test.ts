import { expect, test } from 'vitest';
import { AuditTrail } from '../../../core/audit/store/audit.ts';
import { DATA } from '../authorities/operations/scenario.ts';
import { emptyWorld, type TestWorld } from '../cli/test-world.ts';

async function worldWithTrail(): Promise<TestWorld> {
  const world = emptyWorld();
  const audit = await AuditTrail.open(world.ports, DATA);
  await audit.append({ by: 'anna', action: 'channel.added', subject: 'a1', params: { name: 'monitor' } });
  await audit.append({ by: 'bernd', action: 'channel.removed', subject: 'a1', params: { name: 'monitor' } });
  await audit.append({ by: 'anna', action: 'channel.added', subject: 'b2', params: { name: 'pager' } });
  await audit.close();
  return world;
}

test.each([
  [[], [1, 2, 3]],
  [['--search', 'MONITOR anna'], [1]],
  [
    ['--action', 'channel.added'],
    [1, 3],
  ],
  [['--action', 'channel.added', '--search', 'pager'], [3]],
  [['--search', 'nobody'], []],
])('"audit list" with the options %j prints the lines %j, oldest first', async (words, lines) => {
  const world = await worldWithTrail();
  const { entries } = await world.json<{ entries: { line: number }[] }>(0, 'audit', 'list', ...words);
  expect(entries.map(({ line }) => line)).toEqual(lines);
});

test('"audit export" writes every line as CSV or JSON, depending on the file extension', async () => {
  const world = await worldWithTrail();
  expect(await world.json(0, 'audit', 'export', '--out', 'trail.csv')).toMatchObject({
    file: { path: '/folder/trail.csv' },
  });
  expect((await world.text('trail.csv')).match(/channel\.\w+/gu)).toHaveLength(3);
  expect((await world.run('audit', 'export', '--out', 'trail.json')).code).toBe(0);
  expect(JSON.parse(await world.text('trail.json'))).toBeTypeOf('object');
  const { code, notices } = await world.run('audit', 'export', '--out', 'trail.txt');
  expect([code, notices]).toEqual([2, expect.stringContaining('.csv')]);
  expect((await world.run('audit', 'export')).code).toBe(2);
});
