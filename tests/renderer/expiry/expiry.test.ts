import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../core/shared/instant.ts';
import type { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { type RowReference } from '../../../renderer/expiry/expiry.svelte.ts';
import { leafCorpus, encodeCertificatePem } from '../../support/certificates.ts';
import { NOW_MS, openConsole, type TestConsole } from '../../support/console.ts';
import { certificateFiles, loginFile } from '../../support/fleet.ts';

const CERTIFICATES = await certificateFiles(
  { name: 'fine', share: 0.2 },
  { name: 'expired', share: 1.2 },
  { name: 'urgent', share: 0.96 },
  { name: 'overdue', share: 0.9, cluster: 'tokyo' },
);
const KMS = 'KMSPlugin-tokyo-moc-kms-plugin';

/** Imports the certificates and a login file, at a time when none of them was overdue. */
async function openWithAll(): Promise<TestConsole> {
  const console = await openConsole();
  console.clockMs = NOW_MS - 2 * DAY_MS;
  await console.import(CERTIFICATES);
  await console.import(Object.fromEntries([loginFile({ identity: KMS, ageDays: 45 })]));
  console.clockMs = NOW_MS;
  return console;
}

const open = async (): Promise<ConsoleState> => (await openWithAll()).open({ language: 'en-GB' });

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function namesShown({ board }: ConsoleState): string[] {
  return board.view.map(({ row }) => row.name);
}

describe('the board', () => {
  test('lists the most urgent credentials first, and counts the credentials in each state', async () => {
    const state = await open();
    expect(namesShown(state)).toEqual(['expired', 'urgent', 'overdue', 'fine', KMS]);
    expect(state.board.chips.map(({ state: name, count }) => [name, count])).toEqual([
      ['expired', 1],
      ['urgent', 1],
      ['renewal-overdue', 1],
      ['renewal-due', 0],
      ['fine', 2],
    ]);
  });

  test('filters by state, layer and words at the same time; clearing the filter shows hidden rows again', async () => {
    const state = await open();
    state.board.toggleState('fine');
    expect(namesShown(state)).toEqual(['fine', KMS]);
    state.board.toggleLayer('moc');
    expect(namesShown(state)).toEqual([KMS]);
    state.board.search('KMS plugin tokyo');
    expect(namesShown(state)).toEqual([KMS]);
    state.board.search('osaka');
    expect(state.board.shown).toBe(0);
    state.board.clearFilter();
    expect(state.board.shown).toBe(5);
  });

  test('reverses the order when the same column is chosen again', async () => {
    const state = await open();
    state.board.sortBy('name');
    expect(namesShown(state)[0]).toBe('expired');
    state.board.sortBy('name');
    expect(namesShown(state)[0]).toBe('urgent');
    state.board.sortBy('left');
    expect(state.board.sort).toEqual({ column: 'left', descending: false });
  });

  test('stores filter, order and columns in the settings with one call', async () => {
    const console = await openWithAll();
    const state = await console.open();
    state.board.search('r');
    state.board.search('re');
    state.board.sortBy('name');
    state.board.toggleColumn('issuer');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(console.calls('settings', 'change')).toHaveLength(1);
    await console.settle();
    const again = await console.open();
    expect(again.board.filter.query).toBe('re');
    expect(again.board.sort.column).toBe('name');
    expect(again.board.columns).not.toContain('issuer');
  });

  test('shows a saved view again, which the next view of the same name replaces', async () => {
    const state = await open();
    const { board } = state;
    board.toggleState('fine');
    board.toggleColumn('layer');
    board.groupBy('cluster');
    board.saveView('Fine');
    expect(board.savedView?.name).toBe('Fine');
    const [names, columns] = [namesShown(state), board.columns];
    board.clearFilter();
    board.resetColumns();
    board.groupBy('cluster');
    expect(board.savedView).toBeUndefined();
    board.showView(board.savedViews[0]!);
    expect([namesShown(state), board.columns, board.grouping]).toEqual([names, columns, 'cluster']);
    board.search('tokyo');
    board.saveView('Fine');
    expect(board.savedViews.map(({ name, filter }) => [name, filter.query])).toEqual([['Fine', 'tokyo']]);
    board.deleteView('Fine');
    expect(board.savedViews).toEqual([]);
  });

  test('keeps every saved view when there are as many as it can keep', async () => {
    const { board } = await open();
    const names = Array.from({ length: board.viewLimits.most }, (_, at) => `view ${String(at).padStart(2, '0')}`);
    for (const name of names) board.saveView(name);
    for (const name of ['a', 'z']) {
      expect(board.takesView(name)).toBe(false);
      board.saveView(name);
    }
    expect(board.savedViews.map(({ name }) => name)).toEqual(names);
    board.search('kyoto');
    board.saveView(names[3]!);
    expect(board.savedViews[3]?.filter.query).toBe('kyoto');
  });

  test('does not filter or sort again when another setting has been saved', async () => {
    const console = await openWithAll();
    const { board, settings } = await console.open();
    board.search('re');
    board.sortBy('name');
    const { filter, sort } = board;
    settings.change({ density: 'comfortable' });
    await settings.save();
    await console.settle();
    expect(settings.values.density).toBe('comfortable');
    expect([board.filter, board.sort]).toEqual([filter, sort]);
    expect(board.filter === filter && board.sort === sort).toBe(true);
  });

  test('remembers the order and the widths of the columns until they are reset', async () => {
    const console = await openWithAll();
    const state = await console.open();
    state.board.moveColumn('state', 1);
    state.board.resizeColumn('name', 205);
    await vi.advanceTimersByTimeAsync(1_000);
    await console.settle();
    const { board } = await console.open();
    expect(board.columns.slice(0, 2)).toEqual(['cluster', 'state']);
    expect(board.template).toContain(' 205px ');
    board.resetColumns();
    expect(board.columns.slice(0, 2)).toEqual(['state', 'cluster']);
    expect(board.template).not.toContain('205px');
  });

  test('makes a column at most so wide that every other column stays', async () => {
    const { board } = await open();
    const { columns } = board;
    board.resizeColumn('name', 5_000);
    expect(board.columns).toEqual(columns);
    expect(board.leastWidth).toBe(board.width);
    board.resizeColumn('name', 1);
    expect(board.template).toContain(' 64px ');
  });

  test('keeps at least one column', async () => {
    const state = await open();
    for (const column of state.board.allColumns) state.board.toggleColumn(column);
    expect(state.board.chosenColumns).toHaveLength(1);
  });

  test('replaces the judged rows only when the state of a row changes', async () => {
    const console = await openWithAll();
    const state = await console.open();
    const before = state.board.judged;
    console.clockMs += 1_000;
    state.now.tick();
    expect(state.board.judged).toBe(before);
    console.clockMs += 4 * HOUR_MS;
    state.now.tick();
    expect(state.board.judged).not.toBe(before);
    expect(state.board.judged.counts.expired).toBe(2);
  });

  test('draws only the rows in view', async () => {
    const console = await openConsole();
    await console.import({ '/many/all.pem': leafCorpus(60).map(encodeCertificatePem).join('') });
    const state = await console.open();
    state.board.showWindow(50, 40);
    expect(state.board.view.map(({ index }) => index)).toEqual([50, 51, 52, 53, 54, 55, 56, 57, 58, 59]);
  });
});

describe('the grouped table', () => {
  const lines = ({ board }: ConsoleState): string[] =>
    board.lines.map((line) => ('group' in line ? `[${line.group.title}]` : line.row.name));

  test('is folded, unfolded and walked with Left and Right as a tree', async () => {
    const state = await open();
    const { board } = state;
    board.groupBy('cluster');
    expect(lines(state)).toEqual(['[retail-east]', 'expired', 'urgent', 'fine', '[tokyo]', 'overdue', KMS]);
    board.select(2);
    for (const key of ['ArrowLeft', 'ArrowLeft']) expect(board.moveInTree(key)).toBe(true);
    expect(lines(state)).toEqual(['[retail-east]', '[tokyo]', 'overdue', KMS]);
    expect(board.selectedIndex).toBe(0);
    board.moveInTree('ArrowRight');
    board.moveInTree('ArrowRight');
    expect(board.selection.rows.map(({ row }) => row.name)).toEqual(['expired']);
    board.toggleGroups();
    expect(lines(state)).toEqual(['[retail-east]', '[tokyo]']);
    expect(board.shown).toBe(5);
    board.groupBy('cluster');
    expect([board.moveInTree('ArrowLeft'), lines(state)[0]]).toEqual([false, 'expired']);
  });

  test('selects only rows, and unfolds for a credential that is shown', async () => {
    const state = await open();
    const { board } = state;
    board.groupBy('state');
    board.selection.selectAll();
    expect(board.selection.count).toBe(5);
    board.select(1);
    board.moveBy('End', 3, 'range');
    expect(board.selection.count).toBe(5);
    const { row } = board.selection.rows[0]!;
    board.toggleGroups();
    board.selection.selectAll();
    expect(board.selection.count).toBe(0);
    board.reveal({ clusterId: row.clusterId, credentialId: row.id });
    expect(lines(state)[board.selectedIndex]).toBe(row.name);
  });

  test('is grouped by issuer once the issuers are read, and again after a change', async () => {
    const console = await openConsole();
    await console.import(CERTIFICATES);
    const state = await console.open();
    state.board.groupBy('issuer');
    await state.issuers.load();
    const issued = state.issuers.known;
    await console.import(await certificateFiles({ role: 'cluster-ca', cluster: 'osaka' }));
    await vi.advanceTimersByTimeAsync(500);
    await state.issuers.load();
    expect(state.issuers.known.size).toBe(issued.size + 1);
    expect(lines(state).filter((line) => line.startsWith('['))).toContain('[kubernetes]');
  });
});

describe('the selection', () => {
  test('moves with the same keys as in a file manager and stops at both ends', async () => {
    const { board } = await open();
    const moves: [string, number][] = [
      ['ArrowDown', 0],
      ['ArrowDown', 1],
      ['PageDown', 4],
      ['ArrowDown', 4],
      ['PageUp', 1],
      ['End', 4],
      ['Home', 0],
      ['ArrowUp', 0],
    ];
    for (const [key, index] of moves) {
      expect(board.moveBy(key, 3)).toBe(true);
      expect(board.selectedIndex, key).toBe(index);
    }
    expect(board.moveBy('x', 3)).toBe(false);
  });

  test('stays on the same credential when the order changes or a filter hides its row', async () => {
    const { board } = await open();
    board.select(0);
    board.sortBy('state');
    expect(board.selectedIndex).toBe(4);
    board.toggleState('fine');
    expect(board.selectedIndex).toBe(-1);
    board.reveal(board.selected as RowReference);
    expect(board.filtered).toBe(false);
    expect(board.selectedIndex).toBe(4);
  });

  test('grows to a range with Shift, by single rows with Ctrl, and shrinks to one row with a click', async () => {
    const { board } = await open();
    const names = () => board.selection.rows.map(({ row }) => row.name);
    board.select(1);
    board.select(3, 'range');
    expect(names()).toEqual(['urgent', 'overdue', 'fine']);
    board.select(2, 'range');
    expect(names()).toEqual(['urgent', 'overdue']);
    board.select(4, 'toggle');
    expect(names()).toEqual(['urgent', 'overdue', KMS]);
    board.select(1, 'toggle');
    expect(names()).toEqual(['overdue', KMS]);
    board.select(4, 'toggle');
    expect(names()).toEqual(['overdue']);
    board.select(2, 'toggle');
    expect(names()).toEqual([]);
    board.select(0);
    expect(names()).toEqual(['expired']);
    board.moveBy('End', 3, 'range');
    expect(board.selection.count).toBe(5);
  });

  test('acts only on rows that a filter shows', async () => {
    const { board } = await open();
    board.selection.selectAll();
    board.search('state:fine');
    expect(board.selection.rows.map(({ row }) => row.name)).toEqual(['fine', KMS]);
    expect(board.selectionText().split('\n')).toHaveLength(2);
  });

  test('offers counted actions, and revokes only certificates that are still valid', async () => {
    const { board, credentialActions } = await open();
    board.selection.selectAll();
    expect(credentialActions.listInTable().map(({ text }) => text)).toEqual([
      'Revoke 3…',
      'Snooze 5…',
      'Export 5 as CSV…',
      'Copy 5 rows',
    ]);
  });

  test('is copied as one line of tab-separated values', async () => {
    const { board } = await open();
    board.select(0);
    const cells = board.selectionText().split('\t');
    expect(cells.slice(0, 5)).toEqual(['Expired', 'retail-east', 'Kubernetes', 'API server', 'expired']);
    expect(cells.at(-1)).toBe('−19 h 12 min');
  });
});
