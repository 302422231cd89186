import type { JudgedRow } from '../../../core/expiry/model/board-columns.ts';
import type { CredentialRequest } from '../../../core/inventory/contract.ts';
import type { BoardRow } from '../../../core/inventory/model/board-row.ts';

/** `alone` as a click, `toggle` as with Ctrl, `range` as with Shift. */
export type SelectionMode = 'alone' | 'toggle' | 'range';

interface SelectableRows {
  /** The row at a place of the filtered table. */
  rowAt: (place: number) => JudgedRow | undefined;
  count: () => number;
}

/** Several selected rows, as in a file manager. Rows that a filter hides are not acted on. */
export class SelectedRows {
  readonly #table: SelectableRows;
  #keys: ReadonlySet<string> = $state.raw(new Set());
  /** The rows selected before the range, and the row at which the range begins. */
  #before: ReadonlySet<string> = new Set();
  #anchor: string | undefined;

  /** Empty unless several rows are selected. */
  readonly rows: readonly JudgedRow[] = $derived.by(() => {
    if (this.#keys.size < 2) return [];
    const rows = this.#list(0, this.#table.count()).filter(({ row }) => this.#keys.has(rowKey(row)));
    return rows.length < 2 ? [] : rows;
  });
  readonly count = $derived(this.rows.length);

  constructor(table: SelectableRows) {
    this.#table = table;
  }

  has({ clusterId, credentialId: id }: CredentialRequest): boolean {
    return this.#keys.has(rowKey({ clusterId, id }));
  }

  select(place: number, mode: SelectionMode): void {
    const one = this.#table.rowAt(place);
    if (one === undefined) return;
    const key = rowKey(one.row);
    if (mode === 'range') return this.#extendTo(place);
    const others = mode === 'toggle' ? this.#keys : new Set<string>();
    this.#keys = others.has(key) ? new Set([...others].filter((each) => each !== key)) : new Set([...others, key]);
    this.#before = this.#keys;
    this.#anchor = key;
  }

  selectAll(): void {
    this.#keys = new Set(this.#list(0, this.#table.count()).map(({ row }) => rowKey(row)));
  }

  clear(): void {
    this.#keys = new Set();
    this.#anchor = undefined;
  }

  #extendTo(place: number): void {
    const all = this.#list(0, this.#table.count());
    const anchor = all.findIndex(({ row }) => rowKey(row) === this.#anchor);
    if (anchor === -1) return this.select(place, 'alone');
    const range = all.slice(Math.min(anchor, place), Math.max(anchor, place) + 1);
    this.#keys = new Set([...this.#before, ...range.map(({ row }) => rowKey(row))]);
  }

  #list(first: number, end: number): JudgedRow[] {
    return Array.from({ length: end - first }, (_, at) => this.#table.rowAt(first + at)).filter(
      (one) => one !== undefined,
    );
  }
}

function rowKey({ clusterId, id }: Pick<BoardRow, 'clusterId' | 'id'>): string {
  return `${clusterId} ${id}`;
}
