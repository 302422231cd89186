import { untrack } from 'svelte';
import { FINE_PX, scrollHeightPx, mapToRows, mapToScroll } from './scaled-scroll.ts';

/** Rows drawn beyond each edge, for quick scrolling. */
const SPARE_ROWS = 8;
const HEAD_PX = 32;

/** Each value has its own function, so that an effect depends only on the values that it needs. */
export interface WindowedRows {
  /** 0 while unknown. */
  count: () => number;
  rowPx: () => number;
  /** The row from which the arrow keys move; -1 if there is none. */
  current: () => number;
  view: () => readonly { index: number }[];
  show: (first: number, count: number) => void;
}

/**
 * The drawn part of a long table. Bind the scrolling element to `scroller` and `height`; call `place` on scroll and
 * `settle` on scrollend, and call both `place` and `reveal` in effects. The rows are inside an element of height
 * `bodyPx`, each at `rowTop`.
 */
export class RowWindow {
  #rows: WindowedRows;
  #id: string;

  scroller = $state.raw<HTMLElement>();
  #height = $state(600);
  readonly #mostInView = $derived.by(() => Math.ceil(this.height / this.#rows.rowPx()));
  /**
   * Use the index modulo this number as the key of a row, so that new rows reuse the elements of others. Until `place`
   * is called, more rows may be drawn than fit; their keys must differ, too.
   */
  readonly mostDrawn = $derived.by(() => Math.max(this.#mostInView + 2 * SPARE_ROWS, this.#rows.view().length));
  /** Number of rows by which Page Up and Page Down move. */
  readonly page = $derived.by(() => Math.max(1, Math.floor((this.height - HEAD_PX) / this.#rows.rowPx()) - 1));
  /** For `aria-activedescendant`; set only while the current row is drawn. */
  readonly activeId = $derived.by(() => {
    const current = this.#rows.current();
    return this.#rows.view().some(({ index }) => index === current) ? this.rowId(current) : undefined;
  });

  readonly bodyPx = $derived.by(() => scrollHeightPx(this.#rowsPx));
  readonly #rowsPx = $derived.by(() => this.#rows.count() * this.#rows.rowPx());
  readonly #scrolled = $derived({ rowsPx: this.#rowsPx, viewPx: Math.max(0, this.height - HEAD_PX) });
  /** Number of pixels by which the rows are ahead of the scroll bar; 0 while scrolling is unscaled. */
  #ahead = $state(0);
  /** The last position of the scroll bar, and the height of the rows at that time. */
  #last = { scrollTop: 0, rowsPx: 0 };

  constructor(id: string, rows: WindowedRows) {
    this.#id = id;
    this.#rows = rows;
  }

  get height(): number {
    return this.#height;
  }

  /** Keeps the current row in view if it was visible. */
  set height(px: number) {
    const wasInView = this.isInView(this.#rows.current());
    this.#height = px;
    if (wasInView) this.reveal();
  }

  rowId(index: number): string {
    return `${this.#id}-${index}`;
  }

  /**
   * Draws the rows in view. Effects must also call this function, because the browser may scroll a table that has
   * become shorter.
   */
  readonly place = (): void => {
    const rowPx = this.#rows.rowPx();
    const top = this.#top();
    const inView = Math.floor(top / rowPx);
    const first = Math.max(0, inView - SPARE_ROWS);
    const drawn = inView + this.#mostInView + SPARE_ROWS - first;
    // An effect would otherwise depend on its own result.
    untrack(() => this.#rows.show(first, drawn));
  };

  /** Scrolls just far enough to show the current row; call this in an effect. */
  reveal(): void {
    const [current, rowPx, { scroller }] = [this.#rows.current(), this.#rows.rowPx(), this];
    if (current < 0 || scroller === undefined) return;
    untrack(() => {
      const [start, top] = [current * rowPx, this.#top()];
      const end = start + rowPx - this.#scrolled.viewPx;
      if (start < top) this.#scrollTo(start);
      else if (end > top) this.#scrollTo(end);
    });
  }

  /** Corrects the scroll bar after fine scrolling; the rows do not move. */
  readonly settle = (): void => {
    if (this.bodyPx !== this.#rowsPx) this.#scrollTo(this.#top());
  };

  /** Returns the distance from the top of the body in pixels. */
  rowTop(index: number): number {
    return index * this.#rows.rowPx() - this.#ahead;
  }

  isInView(index: number): boolean {
    const rowPx = this.#rows.rowPx();
    if (index < 0) return false;
    const [start, top] = [index * rowPx, this.#top()];
    return start + rowPx > top && start < top + this.#scrolled.viewPx;
  }

  /** Returns the height of the rows above the view; up to date even before the scroll event. */
  #top(): number {
    const [scrolled, { scroller }] = [this.#scrolled, this];
    return untrack(() => {
      const [{ rowsPx, viewPx }, last] = [scrolled, this.#last];
      const scrollTop = rowsPx === 0 ? 0 : (scroller?.scrollTop ?? 0);
      this.#last = { scrollTop, rowsPx };
      if (rowsPx === this.bodyPx) this.#ahead = 0;
      else if (last.rowsPx !== rowsPx) {
        // The height of the rows has changed; the same number of pixels as before stays above the view.
        this.#scrollTo(Math.min(rowsPx - viewPx, last.scrollTop + this.#ahead));
      } else if (Math.abs(scrollTop - last.scrollTop) > FINE_PX) {
        this.#ahead = mapToRows(scrollTop, scrolled) - scrollTop;
      } else if (scrollTop <= 0 || scrollTop >= this.bodyPx - viewPx) {
        // The scroll bar must not reach its end before the rows do.
        this.#scrollTo(scrollTop + this.#ahead);
      }
      return this.#last.scrollTop + this.#ahead;
    });
  }

  #scrollTo(top: number): void {
    untrack(() => {
      const [{ scroller }, scrolled] = [this, this.#scrolled];
      if (scroller === undefined) return;
      scroller.scrollTop = mapToScroll(top, scrolled);
      // The browser rounds to physical pixels.
      const { scrollTop } = scroller;
      this.#last = { scrollTop, rowsPx: scrolled.rowsPx };
      this.#ahead = scrolled.rowsPx === this.bodyPx ? 0 : top - scrollTop;
    });
  }
}

/** Returns the row that a navigation key selects, as in a file manager; `undefined` for other keys or without rows. */
export function rowAfterKey(key: string, { from, count, page }: RowKeys): number | undefined {
  const last = count - 1;
  const targets: Partial<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: last,
  };
  const target = Object.hasOwn(targets, key) ? targets[key] : undefined;
  return target === undefined || last < 0 ? undefined : Math.min(last, Math.max(0, target));
}

interface RowKeys {
  from: number;
  count: number;
  page: number;
}
