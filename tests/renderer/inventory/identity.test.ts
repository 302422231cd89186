import { expect, test } from 'vitest';
import { DAY_MS } from '../../../core/shared/instant.ts';
import { openConsole, type TestConsole } from '../../support/console.ts';
import { certificateFiles } from '../../support/fleet.ts';

const ENDS = { lifeMs: 4 * DAY_MS, leftMs: 3 * DAY_MS } as const;

async function openState(...names: string[]) {
  const console = await openConsole();
  await console.import(await certificateFiles(...names.map((name) => ({ cluster: 'east', name, ...ENDS }))));
  const state = await console.open();
  return { console, state };
}

const rowNamed = (state: Awaited<ReturnType<TestConsole['open']>>, name: string) => {
  const { rows, foreign } = state.inventory;
  const row = [...rows, ...foreign].find((each) => each.name === name);
  if (row === undefined) throw new Error(`no row ${name}`);
  return row;
};

test('removes a credential from the board when it is set apart, and returns it to its cluster on “Undo”', async () => {
  const { state } = await openState('first', 'second');
  await state.identity.setApart(rowNamed(state, 'first'));
  await expect.poll(() => state.inventory.foreign.map(({ name }) => name)).toEqual(['first']);
  expect(state.inventory.rows.map(({ name }) => name)).toEqual(['second']);
  state.notices.list.at(-1)?.action?.run();
  await expect.poll(() => state.inventory.rows.map(({ name }) => name).sort()).toEqual(['first', 'second']);
  expect(state.inventory.foreign).toEqual([]);
});

test('restores a cluster on “Undo”, even if it had no other credential', async () => {
  const { console, state } = await openState('only');
  const id = console.clusterId('east');
  await state.identity.setApart(rowNamed(state, 'only'));
  await expect.poll(() => state.inventory.clusters).toEqual([]);
  state.notices.list.at(-1)?.action?.run();
  await expect.poll(() => state.inventory.clusters.map((cluster) => cluster.id)).toEqual([id]);
  await expect
    .poll(() => state.inventory.rows.map(({ name, foreign }) => [name, foreign]))
    .toEqual([['only', undefined]]);
  await expect.poll(() => state.inventory.foreign).toEqual([]);
});
