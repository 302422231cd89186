import { describe, expect, test } from 'vitest';
import type { ClusterQuestion } from '../../../core/inventory/contract.ts';
import { DAY_MS, type Instant } from '../../../core/shared/instant.ts';
import { translator } from '../../../core/shared/text/text.ts';
import { openConsole, PROBLEM, type TestConsole } from '../../support/console.ts';
import { certificateFiles, loginFile } from '../../support/fleet.ts';

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

describe('the guessed names of several clusters', () => {
  async function ask() {
    const console = await openConsole();
    const { questions } = await console.import(
      await certificateFiles(...['lyon', 'kyoto', 'oslo'].map((cluster) => ({ cluster, ...ENDS }))),
    );
    const state = await console.open();
    const names = questions.filter((each) => each.asks === 'name');
    const listKnown = () => state.inventory.clusters.map(({ name, nameEvidence }) => [name, nameEvidence]);
    return { console, state, names, listKnown };
  }

  test('are confirmed at once, and “Undo” makes guesses of them again', async () => {
    const { console, state, names, listKnown } = await ask();
    const before = listKnown();
    expect(before.map(([, evidence]) => evidence)).toEqual(['folder', 'folder', 'folder']);
    await state.identity.acceptNames(names);
    await expect.poll(listKnown).toEqual(before.map(([name]) => [name, 'admin']));
    expect(state.notices.list).toHaveLength(1);
    state.notices.list[0]?.action?.run();
    await expect.poll(listKnown).toEqual(before);
    const stored = console.data.store.clusters().map(({ nameEvidence }) => nameEvidence);
    expect(stored).toEqual(['folder', 'folder', 'folder']);
  });

  test('give way to names that the admin typed', async () => {
    const { state, names, listKnown } = await ask();
    state.identity.typeName(names[0]!.clusterId, 'typed-by-hand');
    await state.identity.acceptNames(names);
    await expect.poll(() => listKnown().map(([name]) => name)).toContain('typed-by-hand');
    expect(state.decisions.names).toEqual([]);
  });

  test('stay guesses after a name that cannot be saved, and the list shows why', async () => {
    const { console, state, names } = await ask();
    console.fail('inventory', 'rename');
    await state.identity.acceptNames(names);
    expect(state.identity.problem).toEqual(PROBLEM);
    expect(state.notices.list).toEqual([]);
  });
});

async function askFleet(...agents: string[]) {
  const console = await openConsole();
  const state = await console.open();
  const logins = agents.map((agent) => loginFile({ identity: `hv-${agent}`, ageDays: 1, agent }));
  const files = { ...(await certificateFiles({ cluster: 'edge' })), ...Object.fromEntries(logins) };
  const { questions } = await console.import(files);
  await expect.poll(() => state.inventory.clusters).toHaveLength(agents.length + 1);
  const [asked] = state.identity.listOpen(questions);
  if (asked === undefined) throw new Error('nothing is asked');
  return { console, state, asked, listOpen: () => state.identity.listOpen(questions) };
}

describe('the question of which cloud agent a cluster runs on', () => {
  test('is closed once the answer is saved', async () => {
    const { console, state, asked, listOpen } = await askFleet('ca-lyon', 'ca-kyoto');
    expect([asked.cluster.name, asked.agents.map(({ name }) => name)]).toEqual(['edge', ['ca-kyoto', 'ca-lyon']]);
    state.identity.open({ kind: 'link', ...asked });
    expect(await state.identity.link(asked.cluster, asked.agents[0])).toBe(true);
    expect(state.identity.dialog).toBeUndefined();
    await expect.poll(listOpen).toEqual([]);
    const facts = { [asked.cluster.id]: { cloudAgent: asked.agents[0].id } };
    expect(console.data.store.settings().clusterFacts).toEqual(facts);
  });

  test('stays open if the answer cannot be saved, and the dialog shows why', async () => {
    const { console, state, asked, listOpen } = await askFleet('ca-lyon', 'ca-kyoto');
    console.fail('settings', 'change');
    state.identity.open({ kind: 'link', ...asked });
    expect(await state.identity.link(asked.cluster, asked.agents[0])).toBe(false);
    expect(state.identity.dialog?.kind).toBe('link');
    expect(state.identity.problem).toEqual(PROBLEM);
    expect(listOpen()).toHaveLength(1);
  });

  test('offers only cloud agents that are still in the inventory', async () => {
    const { console, state, asked, listOpen } = await askFleet('ca-lyon', 'ca-kyoto', 'ca-oslo');
    expect(asked.agents).toHaveLength(3);
    await console.api.inventory.forget({ clusterId: console.clusterId('ca-oslo') });
    await expect.poll(() => listOpen()[0]?.agents.map(({ name }) => name)).toEqual(['ca-kyoto', 'ca-lyon']);
    await console.api.inventory.forget({ clusterId: console.clusterId('ca-lyon') });
    await expect.poll(listOpen).toEqual([]);
    expect(state.inventory.clusters).toHaveLength(2);
  });

  test('is asked again if the chosen cloud agent no longer exists', async () => {
    const { console, state, asked, listOpen } = await askFleet('ca-lyon', 'ca-kyoto', 'ca-oslo');
    await state.identity.link(asked.cluster, asked.agents[0]);
    await expect.poll(listOpen).toEqual([]);
    await console.api.inventory.forget({ clusterId: asked.agents[0].id });
    await expect.poll(listOpen).toHaveLength(1);
  });

  test('does not overwrite another fact about the cluster that was changed a moment before', async () => {
    const { console, state, asked } = await askFleet('ca-lyon', 'ca-kyoto');
    const { id } = asked.cluster;
    state.settings.change({ clusterFacts: { [id]: { offSince: '2026-11-20T00:00:00Z' as Instant } } });
    await state.identity.link(asked.cluster, asked.agents[0]);
    const facts = { offSince: '2026-11-20T00:00:00Z', cloudAgent: asked.agents[0].id };
    expect(console.data.store.settings().clusterFacts).toEqual({ [id]: facts });
  });
});

describe('the question whether two cloud agents with the same name are one', () => {
  async function ask() {
    const fleet = await askFleet('ca-lyon', 'ca-kyoto');
    const [agent, other] = fleet.asked.agents;
    const question: ClusterQuestion = {
      asks: 'same-agent',
      clusterId: agent.id,
      cluster: agent.name,
      agents: [other!],
    };
    return { ...fleet, agent, other: other!, listSame: () => fleet.state.identity.listOpen([question]) };
  }

  test('is closed if they are merged', async () => {
    const { state, agent, other, listSame } = await ask();
    expect(listSame()).toEqual([{ asks: 'same-agent', cluster: agent, agents: [other] }]);
    expect(await state.identity.merge(agent, other.id)).toBe(true);
    await expect.poll(listSame).toEqual([]);
  });

  test('is closed if the admin says that they are separate, and the answer is saved', async () => {
    const { console, state, agent, other, listSame } = await ask();
    await state.identity.keepApart(agent, other);
    await expect.poll(listSame).toEqual([]);
    expect(console.data.store.settings().clusterFacts).toEqual({ [agent.id]: { distinctFrom: [other.id] } });
  });

  test('is closed if the admin has answered it for the other cloud agent', async () => {
    const { state, agent, other, listSame } = await ask();
    await state.identity.keepApart(other, agent);
    await expect.poll(listSame).toEqual([]);
  });

  test('stays open if the answer cannot be saved, and a notice shows why', async () => {
    const { console, state, agent, other, listSame } = await ask();
    console.fail('settings', 'change');
    await state.identity.keepApart(agent, other);
    expect(listSame()).toHaveLength(1);
    expect(state.notices.list).toHaveLength(1);
  });
});

describe('the question whether a cluster was rebuilt', () => {
  async function ask() {
    const { state } = await openState('first', 'second', 'third');
    const rows = ['first', 'second'].map((name) => rowNamed(state, name));
    for (const row of rows) await state.identity.setApart(row);
    await expect.poll(() => state.inventory.foreign).toHaveLength(2);
    const credentialIds = rows.map(({ id }) => id);
    const { clusterId } = rows[0]!;
    const listOpen = () => state.identity.listRebuilt([{ asks: 'rebuilt', clusterId, cluster: 'east', credentialIds }]);
    return { state, listOpen, asked: listOpen()[0]! };
  }

  test('is closed once all its credentials are in a new cluster', async () => {
    const { state, listOpen, asked } = await ask();
    state.identity.open({ kind: 'move', ...asked });
    expect(await state.identity.move(asked.row, { newCluster: 'east-2' }, asked.ids)).toBe(true);
    await expect.poll(listOpen).toEqual([]);
    await expect.poll(() => state.inventory.clusters.map(({ name }) => name).sort()).toEqual(['east', 'east-2']);
    expect(state.inventory.foreign).toEqual([]);
  });

  test.each([
    ['en', 'Where do these 2 credentials belong?', '2 credentials now belong to “east-2”.'],
    ['ja', '2 件の資格情報の移動先', '2 件の資格情報を「east-2」に移動しました。'],
  ] as const)('counts the credentials that are moved, in %s', async (language, title, moved) => {
    const { state, asked } = await ask();
    const t = translator(language);
    expect(t('inventory.dialog.move', { name: asked.row.name, count: asked.ids.length })).toBe(title);
    await state.identity.move(asked.row, { newCluster: 'east-2' }, asked.ids);
    const said = state.notices.list.flatMap(({ texts }) => texts).filter(({ key }) => key === 'inventory.moved');
    expect(said.map(({ key, values }) => t(key, values))).toEqual([moved]);
  });

  test('stays closed once the admin says yes, wherever it is shown, even if a credential is moved later', async () => {
    const { state, listOpen, asked } = await ask();
    state.identity.confirmRebuilt(asked.key);
    expect(listOpen()).toEqual([]);
    expect(await state.identity.move(asked.row, { newCluster: 'east-2' })).toBe(true);
    await expect.poll(() => state.inventory.foreign).toHaveLength(1);
    expect(listOpen()).toEqual([]);
  });

  test('can be answered with a move to the same cluster after one of its credentials was moved alone', async () => {
    const { state, listOpen } = await ask();
    expect(await state.identity.move(rowNamed(state, 'first'), { newCluster: 'east-2' })).toBe(true);
    await expect.poll(() => state.inventory.foreign).toHaveLength(1);
    const { row, ids } = listOpen()[0]!;
    expect(state.identity.listDestinations(row).map(({ name }) => name)).toContain('east-2');
    const { clusterId: cluster } = rowNamed(state, 'first');
    expect(await state.identity.move(row, { cluster }, ids)).toBe(true);
    await expect.poll(listOpen).toEqual([]);
  });
});
