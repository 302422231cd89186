import { untrack } from 'svelte';
import { FINE_PX, scrolledPx, toRowsPx, toScrollPx, type ScrolledRows } from './scaled-scroll.ts';

/** Rows drawn beyond each edge, so that a quick scroll meets them. */
const SPARE_ROWS = 8;
/** Pixels of the titles above the rows, which stay in view. */
const HEAD_PX = 32;

/** What a window is cut from; each is asked by itself, so that an effect depends on no more than it needs. */
export interface WindowedRows {
  /** How many rows there are; 0 while nobody knows. */
  count: () => number;
  /** Pixels of each row. */
  rowPx: () => number;
  /** The row that the keys move from; -1 for none. */
  current: () => number;
  /** The rows that are drawn. */
  view: () => readonly { index: number }[];
  /** Draws `count` rows from `first` on. */
  show: (first: number, count: number) => void;
}

/**
 * The part of a long table that is drawn. The element with the scroll bar is bound to `scroller` and `height` and says
 * `place` when it scrolls, and `settle` when it has scrolled; `place` and `reveal` are effects of the component. The rows
 * are in an element of `bodyPx`, each at `topOf`.
 */
export class RowWindow {
  #rows: WindowedRows;
  #id: string;

  scroller: HTMLElement | undefined = $state.raw();
  #height: number = $state(600);
  /** How many rows a key that turns the page goes on. */
  readonly page: number = $derived.by(() => Math.max(1, Math.floor((this.height - HEAD_PX) / this.#rows.rowPx()) - 1));
  /** For `aria-activedescendant`: the element of the current row, while it is drawn. */
  readonly activeId: string | undefined = $derived.by(() => {
    const current = this.#rows.current();
    return this.#rows.view().some(({ index }) => index === current) ? this.rowId(current) : undefined;
  });

  /** Pixels of the element with the rows. */
  readonly bodyPx: number = $derived.by(() => scrolledPx(this.#rowsPx));
  readonly #rowsPx: number = $derived.by(() => this.#rows.count() * this.#rows.rowPx());
  readonly #scrolled: ScrolledRows = $derived.by(() => ({
    rowsPx: this.#rowsPx,
    viewPx: Math.max(0, this.height - HEAD_PX),
  }));
  /** How many pixels the rows are further down than the scroll bar; 0 where they scroll as they are. */
  #ahead: number = $state(0);
  /** Where the scroll bar was last, and the pixels of the rows then. */
  #last = { scrollTop: 0, rowsPx: 0 };

  constructor(id: string, rows: WindowedRows) {
    this.#id = id;
    this.#rows = rows;
  }

  /** Pixels, with the titles. */
  get height(): number {
    return this.#height;
  }

  /** Keeps the current row in view if it was in view; else the rows stay where they are. */
  set height(px: number) {
    const wasInView = this.#isCurrentInView();
    this.#height = px;
    if (wasInView) this.reveal();
  }

  rowId(index: number): string {
    return `${this.#id}-${index}`;
  }

  /** Draws what is in view; for an effect too, since a table that became shorter may have scrolled by itself. */
  readonly place = (): void => {
    const rowPx = this.#rows.rowPx();
    const top = this.#top();
    const first = Math.max(0, Math.floor(top / rowPx) - SPARE_ROWS);
    const drawn = Math.ceil(this.height / rowPx) + 2 * SPARE_ROWS;
    // Else an effect would depend on what it draws.
    untrack(() => this.#rows.show(first, drawn));
  };

  /** Scrolls as little as shows the current row; for an effect, since a selection, a filter or an order may move that row. */
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

  /** Puts the scroll bar where it belongs, which fine scrolling does not; no row moves. */
  readonly settle = (): void => {
    if (this.bodyPx !== this.#rowsPx) this.#scrollTo(this.#top());
  };

  /** Pixels of a row from the top of the element with the rows. */
  topOf(index: number): number {
    return index * this.#rows.rowPx() - this.#ahead;
  }

  #isCurrentInView(): boolean {
    const [current, rowPx] = [this.#rows.current(), this.#rows.rowPx()];
    if (current < 0) return false;
    const [start, top] = [current * rowPx, this.#top()];
    return start + rowPx > top && start < top + this.#scrolled.viewPx;
  }

  /** Pixels of the rows above what is in view, also after a scroll that no event has told yet. */
  #top(): number {
    const [scrolled, { scroller }] = [this.#scrolled, this];
    return untrack(() => {
      const [{ rowsPx, viewPx }, last] = [scrolled, this.#last];
      const scrollTop = rowsPx === 0 ? 0 : (scroller?.scrollTop ?? 0);
      this.#last = { scrollTop, rowsPx };
      if (rowsPx === this.bodyPx) this.#ahead = 0;
      else if (last.rowsPx !== rowsPx) {
        // Other rows, as many pixels of them above as there were before.
        this.#scrollTo(Math.min(rowsPx - viewPx, last.scrollTop + this.#ahead));
      } else if (Math.abs(scrollTop - last.scrollTop) > FINE_PX) {
        this.#ahead = toRowsPx(scrollTop, scrolled) - scrollTop;
      } else if (scrollTop <= 0 || scrollTop >= this.bodyPx - viewPx) {
        // The scroll bar must not be at its end before the rows are.
        this.#scrollTo(scrollTop + this.#ahead);
      }
      return this.#last.scrollTop + this.#ahead;
    });
  }

  /** `top`: pixels of the rows above what comes into view. */
  #scrollTo(top: number): void {
    untrack(() => {
      const [{ scroller }, scrolled] = [this, this.#scrolled];
      if (scroller === undefined) return;
      scroller.scrollTop = toScrollPx(top, scrolled);
      // The element rounds it to pixels of the screen.
      const { scrollTop } = scroller;
      this.#last = { scrollTop, rowsPx: scrolled.rowsPx };
      this.#ahead = scrolled.rowsPx === this.bodyPx ? 0 : top - scrollTop;
    });
  }
}

/** The row that an arrow, page or end key leads to, as in a file manager; `undefined` for any other key and without rows. */
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
  /** The current row; -1 for none. */
  from: number;
  /** How many rows there are. */
  count: number;
  /** How many of them a key that turns the page goes on. */
  page: number;
}
