import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClusterId } from '../../../core/shared/ids.ts';
import type { FileTicket } from '../../../core/shared/ticket.ts';
import { InventoryState } from '../../../renderer/inventory/inventory.svelte.ts';
import { NoticesState } from '../../../renderer/shell/notices.svelte.ts';
import { aRow, EMPTY_REPORT, FakeApi, PROBLEM } from '../fake-api.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function anInventory(api: FakeApi) {
  const notices = new NoticesState();
  const openReport = vi.fn();
  return { inventory: new InventoryState(api.api, notices, openReport), notices, openReport };
}

const TWO = [aRow('a', 0.5, { cluster: 'one' }), aRow('b', 0.5, { cluster: 'two' })];

describe('loading', () => {
  test('brings the rows of every cluster', async () => {
    const { inventory } = anInventory(new FakeApi(TWO));
    await inventory.load();
    expect(inventory.rows.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(inventory).toMatchObject({ complete: true, empty: false, totalRows: 2 });
  });

  test('of an empty store ends with an empty board', async () => {
    const { inventory } = anInventory(new FakeApi());
    expect(inventory.empty).toBe(false);
    await inventory.load();
    expect(inventory.empty).toBe(true);
  });

  test('asks for a few thousand rows at a time', async () => {
    const rows = Array.from({ length: 6_000 }, (_, index) =>
      aRow(`n${String(index)}`, 0.5, { cluster: `c${String(index % 12)}` }),
    );
    const api = new FakeApi(rows);
    const { inventory } = anInventory(api);
    await inventory.load();
    expect(inventory.rows).toHaveLength(6_000);
    expect(api.argumentsOf('rows')).toHaveLength(3);
  });

  test('does not undo a change that came meanwhile', async () => {
    const api = new FakeApi(TWO);
    const { inventory } = anInventory(api);
    const loading = inventory.load();
    api.fire('clusterChanged', { clusterId: 'one', name: 'one', rows: [aRow('newer')] });
    await loading;
    expect(inventory.rows.map(({ name }) => name)).toEqual(['newer', 'b']);
  });

  test('that fails is told and leaves an empty board', async () => {
    const api = new FakeApi(TWO);
    api.failing.add('overview');
    const { inventory, notices } = anInventory(api);
    await inventory.load();
    expect(notices.list).toMatchObject([{ tone: 'problem', problem: PROBLEM }]);
  });
});

describe('changes', () => {
  test('of many clusters within a moment make one new board', async () => {
    const api = new FakeApi(TWO);
    const { inventory } = anInventory(api);
    await inventory.load();
    const before = inventory.rows;
    for (const id of ['three', 'one', 'four']) {
      api.fire('clusterChanged', { clusterId: id, name: id, rows: [aRow(id)] });
    }
    expect(inventory.rows).toBe(before);
    await vi.advanceTimersByTimeAsync(200);
    expect(inventory.rows.map(({ name }) => name)).toEqual(['one', 'b', 'three', 'four']);
    expect(inventory.clusters.map(({ name }) => name)).toEqual(['four', 'one', 'three', 'two']);
  });

  test('a forgotten cluster comes back by undo', async () => {
    const { inventory, notices } = anInventory(new FakeApi(TWO));
    await inventory.load();
    await inventory.forget('one' as ClusterId);
    await vi.advanceTimersByTimeAsync(200);
    expect(inventory.rows.map(({ name }) => name)).toEqual(['b']);
    notices.list[0]?.action?.run();
    await vi.advanceTimersByTimeAsync(200);
    expect(inventory.rows.map(({ name }) => name)).toEqual(['b', 'a']);
  });
});

describe('importing', () => {
  test('shows progress only when it takes longer than a blink', async () => {
    const api = new FakeApi();
    let finish: (() => void) | undefined;
    api.api.inventory.importFiles = () =>
      new Promise((resolve) => {
        finish = () => resolve({ ok: true, value: EMPTY_REPORT });
      });
    const { inventory } = anInventory(api);
    const running = inventory.importFiles(['t' as FileTicket]);
    await vi.advanceTimersByTimeAsync(299);
    expect(inventory.progressVisible).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(inventory.progressVisible).toBe(true);
    api.fire('importProgress', { filesRead: 3, credentialsFound: 2 });
    expect(inventory.progress?.filesRead).toBe(3);
    finish?.();
    await running;
    expect(inventory).toMatchObject({ progressVisible: false, importing: false });
  });

  test('tells what came of it and offers the report', async () => {
    const { inventory, notices, openReport } = anInventory(new FakeApi());
    await inventory.chooseAndImport('files');
    expect(inventory.report).toBe(EMPTY_REPORT);
    notices.list[0]?.action?.run();
    expect(openReport).toHaveBeenCalledOnce();
  });

  const ENTRY = {
    clusterId: 'east' as never,
    cluster: 'east',
    credentialId: 'a' as never,
    kind: 'certificate',
    role: 'apiserver',
    name: 'kube-apiserver',
    source: { path: '/a', entry: '' },
  } as const;
  const finding = (severity: 'error' | 'notice') => ({ rule: 'pem.damaged', severity, place: {} });

  test.each([
    ['that brought something goes away by itself', { added: [ENTRY] }, 'done'],
    ['with harmless remarks too', { added: [ENTRY], findings: [finding('notice')] }, 'done'],
    ['that found nothing stays to be seen', {}, 'remark'],
    ['with an entry that could not be read too', { added: [ENTRY], findings: [finding('error')] }, 'remark'],
  ])('%s', async (_sentence, change, tone) => {
    const api = new FakeApi();
    api.report = { ...EMPTY_REPORT, ...change };
    const { inventory, notices } = anInventory(api);
    await inventory.chooseAndImport('files');
    expect(notices.list).toMatchObject([{ tone }]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(notices.list).toHaveLength(tone === 'done' ? 0 : 1);
  });

  test('that main began by itself is told as any other, its failure too', () => {
    const api = new FakeApi();
    const { inventory, notices } = anInventory(api);
    api.fire('importEnded', { ok: true, value: EMPTY_REPORT });
    expect(inventory.report).toBe(EMPTY_REPORT);
    api.fire('importEnded', { ok: false, problem: PROBLEM });
    expect(notices.list.at(-1)).toMatchObject({ tone: 'problem', problem: PROBLEM });
  });

  test('does nothing when the dialog was cancelled', async () => {
    const api = new FakeApi();
    api.api.application.chooseSources = () => Promise.resolve({ ok: true, value: [] });
    const { inventory, notices } = anInventory(api);
    await inventory.chooseAndImport('folders');
    expect(api.argumentsOf('importFiles')).toEqual([]);
    expect(notices.list).toEqual([]);
  });
});

test('what is said of a revocation is told, and taken back with one click', async () => {
  const api = new FakeApi(TWO);
  const { inventory, notices } = anInventory(api);
  const asked: unknown[] = [];
  const liftRevocation = api.api.inventory.liftRevocation.bind(api.api.inventory);
  api.api.inventory.liftRevocation = (request) => {
    asked.push(request);
    return liftRevocation(request);
  };
  const request = { clusterId: 'one' as ClusterId, name: 'lost', namespace: 'kube-system' };
  await inventory.liftRevocation(request);
  const [notice] = notices.list;
  expect(notice?.texts).toEqual([{ key: 'poweroff.lifted', values: { name: 'lost' } }]);
  notice?.action?.run();
  await vi.advanceTimersByTimeAsync(1);
  expect(asked).toEqual([
    { ...request, lifted: true },
    { ...request, lifted: false },
  ]);
  expect(notices.list.at(-1)?.texts[0]?.key).toBe('poweroff.lifted.undone');
});

test('a revocation that is not known any more is told as a problem, and nothing else', async () => {
  const api = new FakeApi(TWO);
  const { inventory, notices } = anInventory(api);
  api.api.inventory.liftRevocation = () => Promise.resolve({ ok: false, problem: PROBLEM });
  const request = { clusterId: 'one' as ClusterId, name: 'lost', namespace: 'kube-system' };
  await inventory.liftRevocation(request);
  expect(notices.list.map(({ tone }) => tone)).toEqual(['problem']);
});
