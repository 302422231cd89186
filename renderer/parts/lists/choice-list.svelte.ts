import type { PagedList } from './paged-list.svelte.ts';
import { rowAfterKey } from './row-window.svelte.ts';

/** Nobody chooses more rows than this one by one. */
export const MOST_CHOSEN = 10_000;

/** Rows stay chosen while others are searched for. */
export class ChoiceList<Row> {
  readonly list: PagedList<Row>;
  #rowKey: (row: Row) => string;
  /** Counts actions, so that rows requested by an earlier action are ignored. */
  #turn = 0;
  /** The row at which a range starts, and the rows chosen before the range. */
  #anchor = 0;
  #before: ReadonlyMap<string, Row> | undefined;

  /** The row on which keys act; -1 if there is none. */
  current = $state(-1);
  chosen: ReadonlyMap<string, Row> = $state.raw(new Map());
  isFull = $state(false);

  constructor(list: PagedList<Row>, keyOf: (row: Row) => string) {
    this.list = list;
    this.#rowKey = keyOf;
  }

  forget(): void {
    this.list.forget();
    this.current = -1;
    this.clear();
  }

  search(query: string): void {
    this.list.search(query);
    this.current = -1;
    this.#before = undefined;
  }

  isChosen(row: Row): boolean {
    return this.chosen.has(this.#rowKey(row));
  }

  toggle(index: number): void {
    const row = this.list.rowAt(index);
    if (row === undefined) return;
    this.#begin(index);
    const chosen = new Map(this.chosen);
    if (!chosen.delete(this.#rowKey(row))) chosen.set(this.#rowKey(row), row);
    this.#choose(chosen);
  }

  async extendTo(index: number): Promise<void> {
    const turn = (this.#turn += 1);
    this.current = index;
    this.#before ??= this.chosen;
    const before = this.#before;
    const [first, last] = [Math.min(this.#anchor, index), Math.max(this.#anchor, index) + 1];
    const rows = await this.list.rows(first, Math.min(last, first + MOST_CHOSEN));
    if (rows === undefined || turn !== this.#turn) return;
    this.#choose(this.#addRows(before, rows));
  }

  /** Chooses all rows that were found; if all are chosen already, removes them from the choice. */
  async toggleAll(): Promise<void> {
    const turn = (this.#turn += 1);
    const { total = 0 } = this.list;
    const rows = await this.list.rows(0, Math.min(total, MOST_CHOSEN));
    if (rows === undefined || turn !== this.#turn) return;
    this.#before = undefined;
    if (!rows.every((row) => this.isChosen(row))) {
      this.#choose(this.#addRows(this.chosen, rows), total > MOST_CHOSEN);
      return;
    }
    const chosen = new Map(this.chosen);
    for (const row of rows) chosen.delete(this.#rowKey(row));
    this.#choose(chosen);
  }

  remove(key: string): void {
    this.#before = undefined;
    this.#turn += 1;
    const chosen = new Map(this.chosen);
    chosen.delete(key);
    this.#choose(chosen);
  }

  clear(): void {
    this.#before = undefined;
    this.#turn += 1;
    this.#choose(new Map());
  }

  /** Returns whether the key was used. `page` is the number of visible rows. */
  press({ key, shiftKey }: { key: string; shiftKey: boolean }, page: number): boolean {
    const { total: count = 0 } = this.list;
    if (count === 0) return false;
    if (key === ' ') {
      if (shiftKey) void this.extendTo(Math.max(0, this.current));
      else this.toggle(Math.max(0, this.current));
      return true;
    }
    const index = rowAfterKey(key, { from: this.current, count, page });
    if (index === undefined) return false;
    if (shiftKey) {
      if (this.#before === undefined) this.#anchor = Math.max(0, this.current);
      void this.extendTo(index);
    } else this.#begin(index);
    return true;
  }

  #begin(index: number): void {
    this.current = index;
    this.#anchor = index;
    this.#before = undefined;
    this.#turn += 1;
  }

  #addRows(chosen: ReadonlyMap<string, Row>, rows: readonly Row[]): Map<string, Row> {
    const more = new Map(chosen);
    for (const row of rows) more.set(this.#rowKey(row), row);
    return more;
  }

  #choose(chosen: ReadonlyMap<string, Row>, isCut = false): void {
    const kept = [...chosen].slice(0, MOST_CHOSEN);
    this.isFull = isCut || kept.length < chosen.size;
    this.chosen = kept.length < chosen.size ? new Map(kept) : chosen;
  }
}
