import { untrack } from 'svelte';
import type { Result } from '../../../core/shared/problem.ts';
import type { NoticesState } from '../window/notices.svelte.ts';
import { Waiting } from '../waiting.svelte.ts';

const PAGE = 200;
const LARGE_PAGE = 1_000;

export interface PageRange {
  query: string;
  offset: number;
  limit: number;
}

interface Page<Row> {
  total: number;
  rows: readonly Row[];
}

/** Requests only the visible rows from main. */
export class PagedList<Row> {
  #ask: (range: PageRange) => Promise<Result<Page<Row>>>;
  #notices: Pick<NoticesState, 'problem'>;
  #turn = 0;
  /** The turn of the query that `#pages` answers. */
  #shownTurn = 0;
  #asked = new Set<number>();
  #pages: ReadonlyMap<number, readonly Row[]> = $state.raw(new Map());
  window = $state.raw({ first: 0, count: PAGE });

  query = $state('');
  /** Absent until the first answer. */
  total = $state<number>();
  readonly waiting = new Waiting();

  /** A row that has not arrived is `undefined`. */
  readonly view = $derived.by(() => {
    const { first, count } = this.window;
    const last = Math.min(this.total ?? 0, first + count);
    return Array.from({ length: Math.max(0, last - first) }, (_, at) => ({
      index: first + at,
      row: this.rowAt(first + at),
    }));
  });

  constructor(ask: (range: PageRange) => Promise<Result<Page<Row>>>, notices: Pick<NoticesState, 'problem'>) {
    this.#ask = ask;
    this.#notices = notices;
  }

  forget(): void {
    this.#turn += 1;
    this.#asked.clear();
    this.#pages = new Map();
    this.waiting.end();
    this.query = '';
    this.total = undefined;
  }

  search(query: string): void {
    if (query === this.query) return;
    this.query = query;
    void this.reload();
  }

  /** Requests the list again; the old rows stay until the first answer. */
  async reload(): Promise<void> {
    this.#turn += 1;
    this.#asked.clear();
    // The number of rows comes with the first page.
    await this.#askPage(0);
  }

  showWindow(first: number, count: number): void {
    // An effect that calls this would otherwise depend on its own result.
    untrack(() => {
      if (first !== this.window.first || count !== this.window.count) this.window = { first, count };
      if (this.#asked.size > 0) this.#load();
    });
  }

  rowAt(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /**
   * Returns the rows from `first` up to, but not including, `last`; `undefined` if they cannot be read or change
   * meanwhile.
   */
  async rows(first: number, last: number): Promise<Row[] | undefined> {
    const rows: Row[] = [];
    const turn = this.#turn;
    while (rows.length < last - first) {
      const offset = first + rows.length;
      const known = this.rowAt(offset);
      if (known !== undefined) {
        rows.push(known);
        continue;
      }
      const limit = Math.min(LARGE_PAGE, last - offset);
      const result = await this.#ask({ query: this.query.trim(), offset, limit });
      if (turn !== this.#turn) return undefined;
      if (!result.ok) {
        this.#notices.problem(result.problem);
        return undefined;
      }
      if (result.value.rows.length === 0) break;
      rows.push(...result.value.rows);
    }
    return rows;
  }

  #load(): void {
    const { first, count } = this.window;
    const end = Math.min(first + count, this.total ?? 0);
    for (let page = Math.floor(first / PAGE); page * PAGE < end; page += 1)
      if (!this.#asked.has(page)) void this.#askPage(page);
  }

  async #askPage(page: number): Promise<void> {
    const turn = this.#turn;
    this.#asked.add(page);
    this.waiting.begin();
    const result = await this.#ask({ query: this.query.trim(), offset: page * PAGE, limit: PAGE });
    if (turn !== this.#turn) return;
    this.waiting.end();
    if (!result.ok) return this.#notices.problem(result.problem);
    const isFirst = this.#shownTurn !== turn;
    this.#shownTurn = turn;
    this.#pages = new Map(isFirst ? [] : this.#pages).set(page, result.value.rows);
    this.total = result.value.total;
    if (isFirst) this.#load();
  }
}
