import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RowWindow } from '../../../../renderer/parts/lists/row-window.svelte.ts';
import { MOST_SCROLLED_PX, mapToRows, mapToScroll } from '../../../../renderer/parts/lists/scaled-scroll.ts';

const HEAD_PX = 32;
const MILLION = 1_000_000;

const tables = fc.record({
  count: fc.integer({ min: 1, max: 10 * MILLION }),
  rowPx: fc.constantFrom(32, 40),
  viewPx: fc.integer({ min: 100, max: 2_000 }),
});

/** Imitates a browser: keeps the scroll position within the scrolled element and on whole pixels. */
function aTable(count: number, rowPx: number, viewPx: number) {
  const table = { count, current: -1, first: 0, drawn: 0 };
  const rows = new RowWindow('table', {
    count: () => table.count,
    rowPx: () => rowPx,
    current: () => table.current,
    view: () => [],
    show: (first, drawn) => Object.assign(table, { first, drawn }),
  });
  let scrolled = 0;
  const scroller = {
    get scrollTop() {
      return Math.min(scrolled, Math.max(0, rows.bodyPx - viewPx));
    },
    set scrollTop(top: number) {
      scrolled = Math.max(0, Math.min(Math.round(top), rows.bodyPx - viewPx));
    },
  };
  rows.scroller = scroller as HTMLElement;
  rows.height = viewPx + HEAD_PX;
  rows.place();
  return {
    table,
    rows,
    scroller,
    scrollTo(top: number) {
      scroller.scrollTop = top;
      rows.place();
    },
    scrollBy(pixels: number) {
      this.scrollTo(scroller.scrollTop + pixels);
    },
    select(index: number) {
      table.current = index;
      rows.reveal();
      rows.place();
    },
    /** In pixels. */
    topInView: (index: number) => rows.rowTop(index) - scroller.scrollTop,
    isDrawn: (index: number) => index >= table.first && index < table.first + table.drawn,
  };
}

describe('a table taller than a browser can lay out', () => {
  test('has a scrolled element that a browser can lay out at any zoom', () => {
    fc.assert(
      fc.property(tables, ({ count, rowPx, viewPx }) => {
        const { rows } = aTable(count, rowPx, viewPx);
        expect(rows.bodyPx).toBe(Math.min(count * rowPx, MOST_SCROLLED_PX));
      }),
    );
  });

  test('maps positions of the scroll bar to rows from the first to the last, never backwards, and back', () => {
    fc.assert(
      fc.property(tables, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2 }), (table, shares) => {
        const [rowsPx, viewPx] = [table.count * table.rowPx, table.viewPx];
        const scrolled = { rowsPx, viewPx };
        const [most, mostScroll] = [rowsPx - viewPx, Math.min(rowsPx, MOST_SCROLLED_PX) - viewPx];
        fc.pre(most > 0);
        expect(mapToRows(0, scrolled)).toBe(0);
        expect(mapToRows(mostScroll, scrolled)).toBe(most);
        const places = shares.map((share) => share * mostScroll).sort((one, other) => one - other);
        const rows = places.map((place) => mapToRows(place, scrolled));
        expect(rows).toEqual([...rows].sort((one, other) => one - other));
        for (const [at, place] of places.entries()) expect(mapToScroll(rows[at]!, scrolled)).toBeCloseTo(place, 3);
      }),
    );
  });

  test('draws every row reached with a key, and shows it in full', () => {
    fc.assert(
      fc.property(tables, fc.array(fc.double({ min: 0, max: 1, noNaN: true })), ({ count, rowPx, viewPx }, shares) => {
        const table = aTable(count, rowPx, viewPx);
        for (const index of [count - 1, ...shares.map((share) => Math.floor(share * (count - 1))), 0]) {
          table.select(index);
          expect(table.isDrawn(index)).toBe(true);
          expect(table.topInView(index)).toBeGreaterThanOrEqual(-1e-6);
          expect(table.topInView(index)).toBeLessThanOrEqual(Math.max(0, viewPx - rowPx) + 1e-6);
        }
      }),
    );
  });

  test('scrolls by exactly the pixels of the wheel at any position, and does not move when the scroll bar is corrected', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 1, maxLength: 50 }),
        (share, wheel) => {
          const table = aTable(MILLION, 40, 600);
          table.scrollTo(Math.round(share * (MOST_SCROLLED_PX - 600)));
          for (const pixels of wheel) {
            const row = table.table.first + 10;
            const before = table.topInView(row);
            const top = -table.topInView(0);
            // Scrolling ends at the last row.
            const expected = Math.min(MILLION * 40 - 600, Math.max(0, top + pixels)) - top;
            table.scrollBy(pixels);
            expect(table.topInView(row)).toBeCloseTo(before - expected, 3);
            const settled = table.topInView(row);
            table.rows.settle();
            expect(table.topInView(row)).toBeCloseTo(settled, 3);
          }
        },
      ),
    );
  });

  test('shows the same rows after a jump and a turn of the wheel, whether or not scrolling has ended before they are drawn', () => {
    for (const settlesFirst of [true, false]) {
      const table = aTable(MILLION, 40, 600);
      const [jumped, wheeled] = [MOST_SCROLLED_PX / 2, MOST_SCROLLED_PX / 2 - 120];
      table.scroller.scrollTop = jumped;
      if (settlesFirst) table.rows.settle();
      table.rows.place();
      const top = -table.topInView(0);
      expect(top).toBeCloseTo(mapToRows(jumped, { rowsPx: MILLION * 40, viewPx: 600 }), 3);
      table.scroller.scrollTop = wheeled;
      if (settlesFirst) table.rows.settle();
      table.rows.place();
      expect(-table.topInView(0)).toBeCloseTo(top - 120, 3);
      table.rows.settle();
      expect(-table.topInView(0)).toBeCloseTo(top - 120, 3);
    }
  });

  test('reaches the last row, and the first, if the wheel is turned far enough', () => {
    const table = aTable(MILLION, 40, 600);
    table.scrollTo(MOST_SCROLLED_PX - 60_000);
    table.scrollBy(-100);
    table.scrollTo(MOST_SCROLLED_PX / 2);
    for (const [pixels, last] of [
      [1_900, MILLION - 1],
      [-1_900, 0],
    ] as const) {
      let turns = 0;
      const isThere = (): boolean => Math.abs(table.topInView(last) - (last === 0 ? 0 : 560)) < 1;
      for (; !isThere() && turns < 30_000; turns += 1) table.scrollBy(pixels);
      expect(isThere()).toBe(true);
    }
  });

  test('shows the last row if the scroll bar is at its end, and the first if it is at its start', () => {
    const table = aTable(MILLION, 40, 600);
    table.scrollTo(MOST_SCROLLED_PX);
    expect(table.isDrawn(MILLION - 1)).toBe(true);
    expect(table.topInView(MILLION - 1)).toBe(560);
    table.scrollTo(0);
    expect(table.topInView(0)).toBe(0);
  });

  test('keeps the rows in view in place when other rows disappear or return', () => {
    const table = aTable(MILLION, 40, 600);
    table.scrollTo(MOST_SCROLLED_PX);
    table.table.count = 100;
    table.rows.place();
    expect(table.topInView(99)).toBe(560);
    table.table.count = MILLION;
    table.rows.place();
    expect(table.topInView(99)).toBe(560);
    table.table.count = 0;
    table.rows.place();
    table.table.count = MILLION;
    table.rows.place();
    expect(table.topInView(0)).toBe(0);
  });
});
