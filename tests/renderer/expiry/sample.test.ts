import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ImportReport } from '../../../core/inventory/contract.ts';
import type { Result } from '../../../core/shared/problem.ts';
import type { Api } from '../../../renderer/api.ts';
import { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { aRow, EMPTY_REPORT, FakeApi, NOW_MS, PROBLEM } from '../fake-api.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const ENTRY = {
  clusterId: 'osaka',
  cluster: 'osaka',
  sample: true,
  credentialId: 'a',
  kind: 'certificate',
  role: 'apiserver',
  name: 'kube-apiserver',
  source: { path: '/s/a', entry: '' },
} as unknown as ImportReport['added'][number];
const REPORT: ImportReport = { ...EMPTY_REPORT, added: [ENTRY] };

/** A window whose main answers about samples as it is told to. */
async function aConsole(rows = [aRow('real', 0.5)]) {
  const fake = new FakeApi(rows);
  const asked: string[] = [];
  const sample = {
    openSample: (): Promise<Result<ImportReport>> => Promise.resolve({ ok: true, value: REPORT }),
    removeSample: (): Promise<Result<{ clusters: number }>> => Promise.resolve({ ok: true, value: { clusters: 1 } }),
  };
  const authority = {
    ...fake.api.authority,
    openSample: () => (asked.push('open'), sample.openSample()),
    removeSample: () => (asked.push('remove'), sample.removeSample()),
  };
  const silent = () => () => {};
  const others: Omit<Api['on'], 'authority'> = fake.api.on;
  const on = { ...others, authority: { changed: silent, removed: silent } };
  const api = { ...fake.api, authority, on } as Api;
  const state = new ConsoleState(api, { language: 'en', dark: false, readClock: () => NOW_MS });
  await state.inventory.load();
  return { fake, asked, sample, state, inventory: state.inventory };
}

type Console = Awaited<ReturnType<typeof aConsole>>;

function sampleArrives({ fake }: Console, count = 1): void {
  const names = Array.from({ length: count }, (_, index) => `osaka-${String(index)}`);
  for (const clusterId of names) {
    const rows = [aRow('kube-apiserver', 1.2, { cluster: clusterId, sample: true })];
    fake.fire('clusterChanged', { clusterId, name: clusterId, sample: true, rows });
  }
  vi.advanceTimersByTime(500);
}

function actions({ state }: Console): string[] {
  return state.commands.results.flatMap((result) =>
    result.kind === 'action' && result.id.startsWith('sample.') ? [result.id] : [],
  );
}

describe('opening a sample', () => {
  test('is offered while there is none, and asks main once however often it is clicked', async () => {
    const console = await aConsole();
    expect(actions(console)).toEqual(['sample.open']);
    let finish = (): void => {};
    console.sample.openSample = () => new Promise((resolve) => (finish = () => resolve({ ok: true, value: REPORT })));
    console.state.run('sample.open');
    console.state.run('sample.open');
    expect(console.asked).toEqual(['open']);
    expect(actions(console)).toEqual([]);
    finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(console.inventory).toMatchObject({ makingSample: false, importing: false });
    expect(console.state.notices.list).toMatchObject([{ texts: [{ key: 'report.toast' }] }]);
  });

  test('that lasts shows how far it is, first in certificates and then in files', async () => {
    const console = await aConsole();
    console.sample.openSample = () => new Promise(() => {});
    console.state.run('sample.open');
    expect(console.inventory.progressVisible).toBe(false);
    vi.advanceTimersByTime(400);
    expect(console.inventory.progressVisible).toBe(true);
    const making = { made: 8, total: 170 };
    console.fake.fire('importProgress', { filesRead: 0, credentialsFound: 0, making });
    expect(console.inventory.progress?.making).toEqual(making);
    console.fake.fire('importProgress', { filesRead: 16, credentialsFound: 9, filesTotal: 344 });
    expect(console.inventory.progress?.making).toBeUndefined();
  });

  test('that fails is told, and may be tried again', async () => {
    const console = await aConsole();
    console.sample.openSample = () => Promise.resolve({ ok: false, problem: PROBLEM });
    await console.inventory.openSample();
    expect(console.state.notices.list).toMatchObject([{ problem: PROBLEM }]);
    expect(actions(console)).toEqual(['sample.open']);
  });

  test('does not make old data look fresh', async () => {
    const console = await aConsole([]);
    const before = console.inventory.lastImportAt;
    console.sample.openSample = () =>
      Promise.resolve({ ok: true, value: { ...REPORT, startedAt: '2027-01-01T00:00:00Z' as never } });
    await console.inventory.openSample();
    expect(console.inventory.lastImportAt).toBe(before);
  });
});

describe('a sample among the clusters', () => {
  test('is known as such, and that there are others too', async () => {
    const console = await aConsole();
    expect(console.inventory).toMatchObject({ hasSample: false, hasOnlySample: false });
    sampleArrives(console);
    expect(console.inventory).toMatchObject({ hasSample: true, hasOnlySample: false });
    console.fake.fire('clusterForgotten', { clusterId: 'retail-east' });
    expect(console.inventory).toMatchObject({ hasSample: true, hasOnlySample: true });
    expect(actions(console)).toEqual(['sample.remove']);
  });

  test('is marked in the palette, in the headline and in a copied row', async () => {
    const console = await aConsole();
    sampleArrives(console);
    console.state.commands.search('osaka');
    expect(console.state.commands.results).toContainEqual(
      expect.objectContaining({ kind: 'cluster', id: 'osaka-0', sample: true }),
    );
    expect(console.state.board.headline[0]).toMatchObject({ key: 'sample.headline.attention' });
    console.state.board.select(0);
    expect(console.state.board.selectedText()?.text).toContain('osaka-0 (sample)');
  });

  test('is not claimed of a cluster that is none', async () => {
    const console = await aConsole([aRow('real', 1.2)]);
    sampleArrives(console);
    expect(console.state.board.headline[0]).toMatchObject({ key: 'board.headline.attention', values: { clusters: 2 } });
    console.state.commands.search('retail');
    expect(console.state.commands.results).toContainEqual(expect.objectContaining({ kind: 'cluster', sample: false }));
  });
});

describe('removing the sample', () => {
  test('takes its clusters from the board at once and leaves the others', async () => {
    const console = await aConsole();
    sampleArrives(console, 3);
    console.state.run('sample.remove');
    await vi.advanceTimersByTimeAsync(500);
    expect(console.asked).toEqual(['remove']);
    expect(console.inventory.clusters.map(({ name }) => name)).toEqual(['retail-east']);
    expect(console.inventory.rows.map(({ name }) => name)).toEqual(['real']);
    expect(console.state.notices.list).toMatchObject([{ texts: [{ key: 'sample.removed' }] }]);
  });

  test('that fails is told, and everything stays', async () => {
    const console = await aConsole();
    sampleArrives(console);
    console.sample.removeSample = () => Promise.resolve({ ok: false, problem: PROBLEM });
    await console.inventory.removeSample();
    expect(console.inventory.hasSample).toBe(true);
    expect(console.state.notices.list).toMatchObject([{ problem: PROBLEM }]);
  });

  test('of one cluster by forgetting it says that it was a sample', async () => {
    const console = await aConsole();
    sampleArrives(console);
    const id = console.inventory.clusters.find(({ sample }) => sample)?.id;
    if (id === undefined) throw new Error('no sample');
    await console.inventory.forget(id);
    expect(console.state.notices.list).toMatchObject([{ texts: [{ key: 'settings.forgotten.sample' }] }]);
  });
});
