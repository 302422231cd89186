import { expect, test, vi } from 'vitest';
import { EMPTY_FILTER, filterRows, type BoardFilter } from '../../../../core/expiry/model/board.ts';
import type { RowLabels } from '../../../../core/expiry/model/board-search.ts';
import { FoundRows } from '../../../../renderer/expiry/table/found-rows.svelte.ts';
import { boardRow } from '../../../support/board-rows.ts';

const LABELS: RowLabels = { states: new Map(), roles: new Map(), layers: new Map(), facets: new Map() };
const rows = Array.from({ length: 30_000 }, (_, at) => boardRow({ name: `${at % 2 === 0 ? 'even' : 'odd'}-${at}` }));
const board = { rows, states: rows.map(() => 'fine' as const), order: [...rows.keys()].reverse() };
const ask = (query: string) => ({ board, filter: { ...EMPTY_FILTER, query }, labels: LABELS });
const filterAll = (filter: BoardFilter) => filterRows(board, filter, LABELS);
const DRAWN = () => 40;
const resolveAtOnce = () => Promise.resolve();

test('shows the first of very many matching rows immediately, and the others a moment later', async () => {
  const found = new FoundRows(0, resolveAtOnce);
  const all = found.search(ask(''), DRAWN).all;
  const question = ask('even');
  expect(found.search(question, DRAWN)).toEqual({
    all,
    first: filterAll(question.filter).slice(0, 40),
    isSearching: true,
  });
  await vi.waitUntil(() => !found.search(question, DRAWN).isSearching);
  expect(found.search(question, DRAWN)).toEqual({ all: filterAll(question.filter), isSearching: false });
});

test('shows a matching row far from the beginning only together with all others', async () => {
  const found = new FoundRows(0, resolveAtOnce);
  found.search(ask(''), DRAWN);
  const question = ask('even-12');
  expect(found.search(question, DRAWN).first).toBeUndefined();
  await vi.waitUntil(() => !found.search(question, DRAWN).isSearching);
  expect(found.search(question, DRAWN).all).toEqual(filterAll(question.filter));
});

test('continues the search only after the first matching rows have been drawn', async () => {
  let draw: () => void = () => undefined;
  const drawn = new Promise<void>((done) => (draw = done));
  const found = new FoundRows(0, () => drawn);
  found.search(ask(''), DRAWN);
  const question = ask('even');
  expect(found.search(question, DRAWN).first).toHaveLength(40);
  await new Promise((done) => setTimeout(done, 100));
  expect(found.search(question, DRAWN).isSearching).toBe(true);
  draw();
  await vi.waitUntil(() => !found.search(question, DRAWN).isSearching);
});

test('shows the rows for the last text after quick typing', async () => {
  const found = new FoundRows(0, resolveAtOnce);
  found.search(ask(''), DRAWN);
  found.search(ask('e'), DRAWN);
  const question = ask('odd');
  found.search(question, DRAWN);
  await vi.waitUntil(() => !found.search(question, DRAWN).isSearching);
  expect(found.search(question, DRAWN).all).toEqual(filterAll(question.filter));
});

test('shows all rows without an intermediate state if the board has changed or has few rows', () => {
  const found = new FoundRows();
  const question = ask('odd');
  expect(found.search(question, DRAWN)).toEqual({ all: filterAll(question.filter), isSearching: false });
  const other = { ...ask('even'), board: { ...board, order: [...rows.keys()] } };
  const sliced = new FoundRows(0, resolveAtOnce);
  sliced.search(question, DRAWN);
  expect(sliced.search(other, DRAWN).all).toEqual(filterRows(other.board, other.filter, LABELS));
});
