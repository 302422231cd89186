import { describe, expect, test } from 'vitest';
import { rowAfterKey, RowWindow } from '../../../../renderer/parts/lists/row-window.svelte.ts';

const ROW_PX = 32;
/** Ten rows fit below the titles. */
const HEIGHT = 352;

/** Creates a window in which ten rows fit. */
function aWindow(count: number) {
  const table = { count, current: -1 };
  let drawn = { first: 0, count: 0 };
  const rows = new RowWindow('table', {
    count: () => table.count,
    rowPx: () => ROW_PX,
    current: () => table.current,
    view: () => Array.from({ length: drawn.count }, (_, at) => ({ index: drawn.first + at })),
    show: (first, shown) => (drawn = { first, count: shown }),
  });
  const scroller = { scrollTop: 0 } as HTMLElement;
  rows.scroller = scroller;
  rows.height = HEIGHT;
  rows.place();
  return { table, scroller, rows, drawn: () => drawn };
}

describe('the visible part of a long table', () => {
  test('draws the rows in view, and eight beyond each edge', () => {
    const { rows, scroller, drawn } = aWindow(1_000);
    expect(drawn()).toEqual({ first: 0, count: 19 });
    scroller.scrollTop = 100 * ROW_PX;
    rows.place();
    expect(drawn()).toEqual({ first: 92, count: 27 });
  });

  test('draws the rows in view after the table has become shorter and the browser has scrolled', () => {
    const { table, scroller, rows, drawn } = aWindow(1_000);
    scroller.scrollTop = 900 * ROW_PX;
    rows.place();
    table.count = 20;
    scroller.scrollTop = 10 * ROW_PX;
    rows.place();
    expect(drawn().first).toBe(2);
    table.count = 0;
    rows.place();
    expect(drawn().first).toBe(0);
  });

  test('has a different key for each drawn row, also while a smaller view still draws the rows of a larger one', () => {
    const { rows, scroller, drawn } = aWindow(1_000);
    scroller.scrollTop = 100 * ROW_PX;
    rows.place();
    rows.height = ROW_PX;
    const { first, count } = drawn();
    const keys = Array.from({ length: count }, (_, at) => (first + at) % rows.mostDrawn);
    expect(new Set(keys).size).toBe(count);
  });

  test.each([
    { current: 9, from: 0, to: 0, why: 'the last row in view' },
    { current: 10, from: 0, to: 1, why: 'the first row below' },
    { current: 500, from: 0, to: 491, why: 'a row far below' },
    { current: 5, from: 5, to: 5, why: 'the first row in view' },
    { current: 4, from: 5, to: 4, why: 'the last row above' },
    { current: -1, from: 5, to: 5, why: 'no row' },
  ])('scrolls just far enough to show the current row: $why', ({ current, from, to }) => {
    const { table, scroller, rows } = aWindow(1_000);
    scroller.scrollTop = from * ROW_PX;
    table.current = current;
    rows.reveal();
    expect(scroller.scrollTop).toBe(to * ROW_PX);
  });

  test.each([
    { why: 'a new line above the table makes it shorter', height: HEIGHT - 200 },
    { why: 'a line above the table disappears', height: HEIGHT + 200 },
  ])('keeps the scroll position if the current row is out of view: $why', ({ height }) => {
    const { table, scroller, rows } = aWindow(1_000);
    table.current = 0;
    rows.reveal();
    scroller.scrollTop = 500 * ROW_PX;
    rows.place();
    rows.height = height;
    expect(scroller.scrollTop).toBe(500 * ROW_PX);
  });

  test('keeps the current row in view when the table becomes shorter', () => {
    const { table, scroller, rows } = aWindow(1_000);
    table.current = 9;
    rows.reveal();
    expect(scroller.scrollTop).toBe(0);
    rows.height = HEIGHT - 5 * ROW_PX;
    expect(scroller.scrollTop).toBe(5 * ROW_PX);
  });

  test('names the current row for screen readers while that row is drawn', () => {
    const { table, rows } = aWindow(1_000);
    table.current = 3;
    expect(rows.activeId).toBe('table-3');
    table.current = 900;
    expect(rows.activeId).toBeUndefined();
  });

  test('on Page Up and Page Down, moves by one row less than fits into the view, but by at least one', () => {
    const { rows } = aWindow(1_000);
    expect(rows.page).toBe(9);
    rows.height = 40;
    expect(rows.page).toBe(1);
  });
});

test.each([
  ['ArrowDown', 3, 4],
  ['ArrowDown', 99, 99],
  ['ArrowDown', -1, 0],
  ['ArrowUp', 3, 2],
  ['ArrowUp', 0, 0],
  ['ArrowUp', -1, 0],
  ['PageDown', 3, 13],
  ['PageDown', 95, 99],
  ['PageUp', 30, 20],
  ['PageUp', 3, 0],
  ['Home', 50, 0],
  ['End', 50, 99],
  ['x', 50, undefined],
  ['toString', 50, undefined],
] as const)('on %s, moves from row %i to row %s of 100', (key, from, to) => {
  expect(rowAfterKey(key, { from, count: 100, page: 10 })).toBe(to);
});

test('selects no row in an empty table', () => {
  expect(rowAfterKey('Home', { from: -1, count: 0, page: 10 })).toBeUndefined();
});
