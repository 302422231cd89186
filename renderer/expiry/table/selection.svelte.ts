import type { JudgedRow } from '../../../core/expiry/model/board-columns.ts';
import { rowKey, type BoardRow } from '../../../core/inventory/model/board-row.ts';

type RowId = Pick<BoardRow, 'clusterId' | 'id'>;

/** `alone` as a click, `toggle` as with Ctrl, `range` as with Shift. */
export type SelectionMode = 'alone' | 'toggle' | 'range';

interface SelectableRows {
  /** The row at a place of the filtered table. */
  rowAt: (place: number) => JudgedRow | undefined;
  count: () => number;
  /** The place from which the arrow keys move; -1 if there is none. */
  current: () => number;
}

/** The selected rows, as in a file manager. Rows that a filter hides are not acted on. */
export class SelectedRows {
  readonly #table: SelectableRows;
  #keys: ReadonlySet<string> = $state.raw(new Set());
  /** The rows selected before the range, and the row at which the range begins. */
  #before: ReadonlySet<string> = new Set();
  #anchor: string | undefined;

  readonly rows: readonly JudgedRow[] = $derived.by(() => {
    const current = this.#table.rowAt(this.#table.current());
    // Usually only the current row is selected, and no other row has to be looked at.
    if (this.#keys.size === 1 && current !== undefined && this.#keys.has(rowKey(current.row))) return [current];
    return this.#keys.size === 0 ? [] : this.#list().filter(({ row }) => this.#keys.has(rowKey(row)));
  });
  readonly count = $derived(this.rows.length);

  constructor(table: SelectableRows) {
    this.#table = table;
  }

  has(row: RowId): boolean {
    return this.#keys.has(rowKey(row));
  }

  select(row: RowId, mode: SelectionMode = 'alone'): void {
    if (mode === 'range' && this.#extendTo(rowKey(row))) return;
    const key = rowKey(row);
    const keys = new Set(mode === 'toggle' ? this.#keys : []);
    if (!keys.delete(key)) keys.add(key);
    this.#keys = keys;
    this.#before = keys;
    this.#anchor = key;
  }

  selectAll(): void {
    this.#keys = new Set(this.#list().map(({ row }) => rowKey(row)));
  }

  clear(): void {
    this.#keys = new Set();
    this.#anchor = undefined;
  }

  /** Returns `false` if the row at which the range begins is hidden. */
  #extendTo(end: string): boolean {
    const keys = this.#list().map(({ row }) => rowKey(row));
    const places = [keys.indexOf(this.#anchor ?? ''), keys.indexOf(end)];
    const first = Math.min(...places);
    if (first === -1) return false;
    this.#keys = new Set([...this.#before, ...keys.slice(first, Math.max(...places) + 1)]);
    return true;
  }

  #list(): JudgedRow[] {
    return Array.from({ length: this.#table.count() }, (_, place) => this.#table.rowAt(place) ?? []).flat();
  }
}
