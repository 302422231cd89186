import { beforeEach, describe, expect, test, vi } from 'vitest';
import { writeSampleMarker } from '../../../core/formats/sample-marker.ts';
import type { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { DATA_FOLDER, openConsole, PROBLEM, type TestConsole } from '../../support/console.ts';
import { certificateFiles } from '../../support/fleet.ts';
import { TEST_NOW } from '../../support/ports.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const REAL = await certificateFiles({ name: 'real' });
const REAL_EXPIRED = await certificateFiles({ name: 'real', share: 1.2 });
const NONE: Record<string, string> = {};

/** Opens a window in which a small sample is created without delay. */
async function openWindow(files = REAL) {
  const console = await openConsole();
  if (files !== NONE) await console.import(files);
  console.override('sample', 'open', async () => ({ ok: true, value: await importSample(console) }));
  const state = await console.open();
  return { console, state, inventory: state.inventory };
}

const SAMPLE_FOLDER = `${DATA_FOLDER}/sample-fleet`;
const OSAKA = await certificateFiles(...[0, 1, 2].map((at) => ({ cluster: `osaka-${String(at)}`, share: 1.2 })));

/** Imports a sample of `count` clusters, each with an expired API server certificate. */
async function importSample(console: TestConsole, count = 1) {
  const files = Object.entries(OSAKA).slice(0, count);
  const marker = writeSampleMarker({ createdAt: TEST_NOW, files: files.map(([path]) => path.slice(1)) });
  const written = files.map(([path, pem]): [string, string] => [`${SAMPLE_FOLDER}${path}`, pem]);
  return console.import(Object.fromEntries([[`${SAMPLE_FOLDER}/arcwarden-sample.json`, marker], ...written]));
}

async function sampleArrives(console: TestConsole, count = 1): Promise<void> {
  await importSample(console, count);
  await vi.advanceTimersByTimeAsync(500);
}

function actions(state: ConsoleState): string[] {
  const keys = state.commands.results.map(({ key }) => key);
  return keys.filter((key) => key.startsWith('action sample.')).map((key) => key.replace('action ', ''));
}

test('the search suggests a name of a sample cluster that finds its rows', async () => {
  const { console, state } = await openWindow(NONE);
  await sampleArrives(console);
  state.board.search('cluster:osaka');
  const [hint] = state.board.hints();
  expect(hint).toBe('cluster:osaka-0 ');
  state.board.search(hint!);
  expect(state.board.shown).toBe(1);
});

describe('opening a sample', () => {
  test('offers a sample only while there is none, and opens it once however often the button is clicked', async () => {
    const { console, state, inventory } = await openWindow();
    expect(actions(state)).toEqual(['sample.open']);
    let finish = (): void => {};
    const made = new Promise<void>((resolve) => (finish = resolve));
    console.override('sample', 'open', async () => {
      await made;
      return { ok: true, value: await importSample(console) };
    });
    state.run('sample.open');
    state.run('sample.open');
    expect(console.calls('sample', 'open')).toHaveLength(1);
    expect(actions(state)).toEqual([]);
    finish();
    await console.settle();
    expect(inventory).toMatchObject({ makingSample: false, importing: false });
    expect(state.notices.list).toMatchObject([{ texts: [{ key: 'report.notice' }] }]);
  });

  test('shows progress if opening takes a while, first in certificates and then in files', async () => {
    const { console, state, inventory } = await openWindow();
    console.override('sample', 'open', () => new Promise(() => {}));
    state.run('sample.open');
    expect(inventory.waiting.visible).toBe(false);
    vi.advanceTimersByTime(400);
    expect(inventory.waiting.visible).toBe(true);
    const making = { made: 8, total: 170 };
    console.emit('inventory', 'importProgress', { filesRead: 0, credentialsFound: 0, making });
    expect(inventory.progress?.making).toEqual(making);
    console.emit('inventory', 'importProgress', { filesRead: 16, credentialsFound: 9, filesTotal: 344 });
    expect(inventory.progress?.making).toBeUndefined();
  });

  test('reports a failure to open the sample, which can be retried', async () => {
    const { console, state, inventory } = await openWindow();
    console.fail('sample', 'open');
    await inventory.openSample();
    expect(state.notices.list).toMatchObject([{ problem: PROBLEM }]);
    expect(actions(state)).toEqual(['sample.open']);
  });

  test('does not change the time of the latest import', async () => {
    const { inventory } = await openWindow(NONE);
    const before = inventory.lastImportAt;
    await inventory.openSample();
    expect(inventory.lastImportAt).toBe(before);
  });
});

describe('a sample beside real clusters', () => {
  test('is recognised both beside real clusters and on its own', async () => {
    const { console, state, inventory } = await openWindow();
    expect(inventory).toMatchObject({ hasSample: false, hasOnlySample: false });
    await sampleArrives(console);
    expect(inventory).toMatchObject({ hasSample: true, hasOnlySample: false });
    await inventory.forget(console.clusterId('retail-east'));
    expect(inventory).toMatchObject({ hasSample: true, hasOnlySample: true });
    expect(actions(state)).toEqual(['sample.remove']);
  });

  test('marks a sample cluster in the palette and in a copied row, and states no need for repair', async () => {
    const { console, state } = await openWindow();
    await sampleArrives(console);
    state.commands.query = 'osaka';
    expect(state.commands.results).toContainEqual(
      expect.objectContaining({ key: `cluster ${console.clusterId('osaka-0')}`, sample: true }),
    );
    expect(state.board.needs).toEqual([]);
    state.board.select(0);
    expect(state.board.selectionText()).toContain('osaka-0 (demo)');
  });

  test('leaves sample clusters out of the headline if there is a real cluster', async () => {
    const { console, state } = await openWindow(REAL_EXPIRED);
    await sampleArrives(console);
    expect(state.board.needs[0]).toMatch(/^retail-east has been down since /u);
    state.commands.query = 'retail';
    expect(state.commands.results).toContainEqual(expect.objectContaining({ kind: 'cluster', sample: false }));
  });
});

describe('removing the sample', () => {
  test('removes the clusters of the sample from the board immediately and keeps the others', async () => {
    const { console, state, inventory } = await openWindow();
    await sampleArrives(console, 3);
    expect(inventory.clusters).toHaveLength(4);
    state.run('sample.remove');
    await vi.advanceTimersByTimeAsync(500);
    expect(console.calls('sample', 'remove')).toHaveLength(1);
    expect(inventory.clusters.map(({ name }) => name)).toEqual(['retail-east']);
    expect(inventory.rows.map(({ name }) => name)).toEqual(['real']);
    expect(state.notices.list).toMatchObject([{ texts: [{ key: 'sample.gone' }] }]);
  });

  test('reports a failure to remove the sample and changes nothing', async () => {
    const { console, state, inventory } = await openWindow();
    await sampleArrives(console);
    // Without a valid marker, the folder does not count as a sample.
    console.files.put(`${SAMPLE_FOLDER}/arcwarden-sample.json`, '{}');
    await inventory.removeSample();
    expect(inventory.hasSample).toBe(true);
    expect(state.notices.list).toMatchObject([{ problem: { code: 'sample.folder-in-use' } }]);
  });

  test('states in the notice that a removed cluster belonged to the sample', async () => {
    const { console, state, inventory } = await openWindow();
    await sampleArrives(console);
    await inventory.forget(console.clusterId('osaka-0'));
    expect(state.notices.list).toMatchObject([{ texts: [{ key: 'inventory.forgotten.sample' }] }]);
  });
});
