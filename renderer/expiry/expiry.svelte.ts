import type { WindowServices } from '../parts/window/services.ts';
import { untrack } from 'svelte';
import { EMPTY_FILTER, lifeShares, type LifeShares } from '../../core/expiry/model/board.ts';
import { BoardJudge, type BoardStates } from '../../core/expiry/model/board-states.ts';
import {
  BOARD_COLUMNS,
  COLUMN_FACTS,
  FACET_FACTS,
  GROUPINGS,
  SHOWN_FACTS,
  type BoardColumn,
  type ColumnWords,
  type FacetColumn,
  type Grouping,
  type JudgedRow,
  type ShownColumn,
} from '../../core/expiry/model/board-columns.ts';
import { listLines, type BoardLine, type IssuerMap, type RowGroup } from '../../core/expiry/model/board-groups.ts';
import { prepareOrder, sortRows } from '../../core/expiry/model/board-order.ts';
import { prepareSearch, rowLabels, rowsWithQuery } from '../../core/expiry/model/board-search.ts';
import { completeQuery } from '../../core/expiry/model/board-query.ts';
import { COLUMN_WIDTH, SAVED_VIEWS, type SavedView } from '../../core/expiry/model/settings.ts';
import { columnWords } from '../../core/expiry/text/column-words.ts';
import type { BoardRow } from '../../core/inventory/model/board-row.ts';
import type { LifetimeClasses } from '../../core/knowledge/model/credentials/lifetimes.ts';
import { FOREIGN_CLUSTER, LAYERS, type ClusterId, type CredentialId, type Layer } from '../../core/shared/ids.ts';
import { EXPIRY_STATES, timeLeftMs, type ExpiryState } from '../../core/knowledge/model/credentials/expiry-state.ts';
import { SHORT_SPAN_MS } from '../../core/shared/text/time.ts';
import { SelectedRows, type SelectionMode } from './table/selection.svelte.ts';
import { FoundRows } from './table/found-rows.svelte.ts';
import {
  columnTemplate,
  fitColumns,
  insertColumn,
  leastWidth,
  placeColumn,
  tableColumns,
} from './table/board-columns.ts';
import type { InventoryState } from '../inventory/inventory.svelte.ts';
import { rowAfterKey } from '../parts/lists/row-window.svelte.ts';
import { mapInSlices } from '../parts/slices.svelte.ts';

export interface RowReference {
  clusterId: ClusterId;
  credentialId: CredentialId;
}

export interface RowView {
  /** Index in the filtered table, 0-based. */
  index: number;
  /** Number of groups that contain the row. */
  depth: number;
  row: BoardRow;
  state: ExpiryState;
  leftMs: number | undefined;
  life: LifeShares | undefined;
}

interface GroupView {
  index: number;
  group: RowGroup;
  isFolded: boolean;
}

/** Left and right margins of the cells in a row, as in the style sheet of the table. */
const ROW_MARGINS_PX = 16;

const NO_STATES: readonly ExpiryState[] = [];

/** States that are shown only if they occur, because most inventories never have them. */
const RARE_STATES: readonly ExpiryState[] = ['stalled', 'not-yet-valid', 'unknown'];

const MOST_HINTS = 8;
/** Reading the values of this many rows takes a few milliseconds. */
const MOST_HINT_ROWS = 20_000;

interface Services extends Pick<WindowServices, 'now' | 'settings' | 'text'> {
  inventory: InventoryState;
  /** Returns sentences about outstanding work. */
  needs: () => readonly string[];
  issuers: () => IssuerMap;
}

export class ExpiryBoard {
  #services: Services;
  readonly #words: ColumnWords;
  /** Without the mark of sample clusters. */
  readonly #plainWords: ColumnWords;
  #judges = new WeakMap<readonly BoardRow[], { classes: LifetimeClasses; judge: BoardJudge }>();

  selected = $state.raw<RowReference>();
  readonly selection = new SelectedRows({
    rowAt: (index) => this.#rowAt(index),
    count: () => this.lineCount,
    current: () => this.selectedIndex,
  });
  window = $state.raw({ first: 0, count: 40 });
  width = $state(1_200);
  /** Whether the admin chose the credentials outside the platform. */
  #wantsForeign = $state(false);

  /** Replaced by a new object only when rows or states change. */
  readonly judged = $derived.by(() => this.#judge(this.#services.inventory.rows));
  /** Also true if all credentials are outside the platform. */
  readonly showsForeign = $derived.by(() => {
    const { rows, foreign } = this.#services.inventory;
    return foreign.length > 0 && (this.#wantsForeign || rows.length === 0);
  });
  readonly foreignCount = $derived.by(() => this.#services.inventory.foreign.length);
  readonly #rows = $derived.by(() =>
    this.showsForeign ? this.#services.inventory.foreign : this.#services.inventory.rows,
  );
  readonly #states = $derived.by(() => (this.showsForeign ? this.#judge(this.#rows) : this.judged));

  readonly needs = $derived.by(() => this.#services.needs());
  readonly filter = $derived.by(() => this.#services.settings.values.filter);
  readonly sort = $derived.by(() => this.#services.settings.values.sort);
  readonly filtered = $derived(
    this.filter.query.trim() !== '' || this.filter.states.length > 0 || this.filter.layers.length > 0,
  );
  readonly #labels = $derived.by(() => rowLabels(this.#words));
  readonly #order = $derived.by(() => {
    // A changed state matters only if the rows are sorted by state.
    const states = this.sort.column === 'state' ? this.#states.states : NO_STATES;
    return sortRows(this.#rows, states, this.sort, (role) => this.#words.role(role));
  });
  readonly #filtering = new FoundRows();
  readonly #result = $derived.by(() =>
    this.#filtering.search(
      {
        board: { rows: this.#rows, states: this.#states.states, order: this.#order },
        filter: this.filter,
        labels: this.#labels,
      },
      () => untrack(() => this.window.first + this.window.count),
    ),
  );
  readonly #found = $derived.by(() => this.#result.all);
  readonly groupings = GROUPINGS;
  readonly grouping = $derived.by(() => this.#services.settings.values.grouping);
  #folded: ReadonlySet<string> = $state.raw(new Set());
  readonly isFolded = $derived(this.#folded.size > 0);
  /** The group from which the arrow keys move; absent while they move from a row. */
  #group = $state.raw<string>();
  readonly #lines: readonly BoardLine[] = $derived.by(() => {
    const { grouping } = this;
    if (grouping === 'none') return this.#result.first ?? this.#found;
    const board = {
      rows: this.#rows,
      states: this.#states.states,
      found: this.#found,
      issuers: this.#services.issuers(),
    };
    return listLines({ ...board, grouping, words: this.#plainWords }, (key) => this.#folded.has(key));
  });
  readonly lineCount = $derived.by(() => this.#lines.length);
  readonly isSearching = $derived.by(() => this.#result.isSearching);
  readonly total = $derived.by(() => this.#rows.length);
  readonly shown = $derived.by(() => this.#found.length);

  readonly chips = $derived(
    EXPIRY_STATES.map((state) => ({
      state,
      count: this.#states.counts[state],
      chosen: this.filter.states.includes(state),
    })).filter(({ state, count, chosen }) => count > 0 || chosen || !RARE_STATES.includes(state)),
  );
  readonly layers = $derived(LAYERS.map((layer) => ({ layer, chosen: this.filter.layers.includes(layer) })));

  readonly chosenColumns = $derived.by(() => this.#services.settings.values.columns);
  readonly allColumns = $derived(
    BOARD_COLUMNS.reduce<readonly BoardColumn[]>(
      (columns, column) => (columns.includes(column) ? columns : insertColumn(columns, column)),
      this.chosenColumns,
    ),
  );
  readonly columnWidth = COLUMN_WIDTH;
  readonly #widths = $derived.by(() => this.#services.settings.values.columnWidths);
  readonly columns = $derived(fitColumns(tableColumns(this.chosenColumns), this.width - ROW_MARGINS_PX, this.#widths));
  readonly template = $derived(columnTemplate(this.columns, this.#widths));
  readonly leastWidth = $derived(leastWidth(this.columns, this.#widths) + ROW_MARGINS_PX);
  readonly rowHeight = $derived.by(() => (this.#services.settings.values.density === 'comfortable' ? 40 : 32));

  readonly lines: readonly (RowView | GroupView)[] = $derived.by(() => {
    const { first, count } = this.window;
    const above = this.#lines[this.#findGroup(first)];
    let depth = typeof above === 'object' ? above.level : 0;
    return this.#lines.slice(first, first + count).flatMap((line, at): (RowView | GroupView)[] => {
      const index = first + at;
      if (typeof line === 'object') {
        depth = line.level;
        return [{ index, group: line, isFolded: this.#folded.has(line.key) }];
      }
      const one = this.#rowAt(index);
      return one === undefined ? [] : [{ index, depth, state: one.state, ...this.viewRow(one.row) }];
    });
  });
  readonly view = $derived(this.lines.filter((line): line is RowView => 'row' in line));
  readonly shortInView = $derived(
    this.view.some(({ leftMs }) => leftMs !== undefined && Math.abs(leftMs) < SHORT_SPAN_MS),
  );

  readonly #selectedRow = $derived.by(() => {
    const { selected } = this;
    return selected === undefined ? -1 : this.#rows.findIndex((row) => isRow(row, selected));
  });
  readonly selectedIndex = $derived.by(() => {
    const wanted = this.#group ?? this.#selectedRow;
    return typeof wanted === 'number'
      ? this.#lines.indexOf(wanted)
      : this.#lines.findIndex((line) => typeof line === 'object' && line.key === wanted);
  });
  /** A new value whenever the admin moves. */
  readonly current = $derived(this.#group ?? this.selected);

  constructor(services: Services) {
    this.#services = services;
    const { now, text } = services;
    this.#words = columnWords((key, values) => text.t(key, values), {
      end: ({ notAfterMs }) => (notAfterMs === undefined ? text.t('column.no-end') : text.format.moment(notAfterMs)),
      left: (notAfterMs) => text.format.span(timeLeftMs(notAfterMs, now.current)),
    });
    this.#plainWords = { ...this.#words, sample: (cluster) => cluster };
  }

  findState(reference: RowReference): ExpiryState | undefined {
    const index = this.#rows.findIndex((row) => isRow(row, reference));
    return this.#states.states[index];
  }

  viewRow(row: BoardRow): Pick<RowView, 'row' | 'leftMs' | 'life'> {
    const nowMs = this.#services.now.current;
    return {
      row,
      leftMs: row.notAfterMs === undefined ? undefined : timeLeftMs(row.notAfterMs, nowMs),
      life: lifeShares(row, nowMs, this.#services.settings.classes),
    };
  }

  search(query: string): void {
    this.#services.settings.change({ filter: { ...this.filter, query } });
  }

  /** Lists queries that the one typed so far may become. */
  hints(): string[] {
    return completeQuery(this.filter.query, this.#labels.facets, (facet) => this.#listValues(facet)).slice(
      0,
      MOST_HINTS,
    );
  }

  #listValues(facet: FacetColumn): Set<string> {
    const texts = new Map<string, string>();
    for (const [index, row] of this.#rows.slice(0, MOST_HINT_ROWS).entries()) {
      const one = { row, state: this.#states.states[index] ?? 'unknown' };
      const known = FACET_FACTS[facet].facet(one, this.#labels);
      if (!texts.has(known)) texts.set(known, COLUMN_FACTS[facet].text(one, this.#plainWords));
    }
    return new Set(texts.values());
  }

  toggleState(state: ExpiryState): void {
    this.#services.settings.change({ filter: { ...this.filter, states: toggleItem(this.filter.states, state) } });
  }

  toggleLayer(layer: Layer): void {
    this.#services.settings.change({ filter: { ...this.filter, layers: toggleItem(this.filter.layers, layer) } });
  }

  toggleForeign(): void {
    this.#wantsForeign = !this.showsForeign;
    this.selected = undefined;
    this.#group = undefined;
    this.selection.clear();
  }

  clearFilter(): void {
    this.#services.settings.change({ filter: EMPTY_FILTER });
  }

  /** Sorts by a column; choosing the same column again reverses the order. */
  sortBy(column: BoardColumn): void {
    const descending = this.sort.column === column ? !this.sort.descending : false;
    this.#services.settings.change({ sort: { column, descending } });
  }

  readonly savedViews = $derived.by(() => this.#services.settings.values.savedViews);
  readonly #shownView = $derived.by(() => {
    const { columns, sort, grouping, filter } = this.#services.settings.values;
    return { columns, sort, grouping, filter };
  });
  /** The saved view that the table shows, if nothing was changed since. */
  readonly savedView = $derived(
    this.savedViews.find(({ name: _, ...view }) => JSON.stringify(view) === JSON.stringify(this.#shownView)),
  );
  readonly viewLimits = SAVED_VIEWS;

  showView({ columns, sort, grouping, filter }: SavedView): void {
    this.#services.settings.change({ columns, sort, grouping, filter });
  }

  /** Returns whether a view can get this name: an old one, or a new one while there are few. */
  takesView(name: string): boolean {
    return this.#otherViews(name).length < SAVED_VIEWS.most;
  }

  /** Saves the shown columns, order, groups and filter; replaces a view with the same name. */
  saveView(name: string): void {
    if (!this.takesView(name)) return;
    const { columns, sort, grouping, filter } = this.#shownView;
    const views = [...this.#otherViews(name), { name, columns, sort, grouping, filter }];
    const savedViews = views.sort((a, b) => (a.name < b.name ? -1 : 1));
    this.#services.settings.change({ savedViews });
  }

  deleteView(name: string): void {
    this.#services.settings.change({ savedViews: this.#otherViews(name) });
  }

  #otherViews(name: string): SavedView[] {
    return this.savedViews.filter((each) => each.name !== name);
  }

  /** Groups by a column; choosing the same column again ends the grouping. */
  groupBy(grouping: Grouping): void {
    this.#services.settings.change({ grouping: grouping === this.grouping ? 'none' : grouping });
  }

  toggleGroup(key: string): void {
    this.#folded = new Set(toggleItem([...this.#folded], key));
  }

  /** Folds all groups, or unfolds them if any is folded. */
  toggleGroups(): void {
    const keys = this.#lines.flatMap((line) => (typeof line === 'object' ? line.key : []));
    this.#folded = new Set(this.isFolded ? [] : keys);
  }

  /** Folds, unfolds and moves with Left and Right as in a tree; returns `false` for any other key. */
  moveInTree(key: string): boolean {
    const line = this.#lines[this.selectedIndex];
    if (this.grouping === 'none' || line === undefined || !['ArrowLeft', 'ArrowRight'].includes(key)) return false;
    const group = typeof line === 'object' ? line : undefined;
    const isOpen = group !== undefined && !this.#folded.has(group.key);
    if (group !== undefined && isOpen === (key === 'ArrowLeft')) this.toggleGroup(group.key);
    else if (key === 'ArrowLeft') this.select(this.#findGroup(this.selectedIndex, group?.level));
    else if (isOpen) this.select(this.selectedIndex + 1);
    return true;
  }

  /** Returns the place of the group around a line, or -1. */
  #findGroup(place: number, level = Infinity): number {
    if (this.grouping === 'none') return -1;
    return this.#lines.slice(0, place).findLastIndex((line) => typeof line === 'object' && line.level < level);
  }

  /** Whether a chosen column is left out because it would not fit. */
  isTooNarrow(column: BoardColumn): boolean {
    return this.chosenColumns.includes(column) && !this.columns.includes(column);
  }

  /** Shows or hides a column; the last column stays, because a table needs at least one. */
  toggleColumn(column: BoardColumn): void {
    const { chosenColumns: chosen } = this;
    const columns = chosen.includes(column) ? toggleItem(chosen, column) : insertColumn(chosen, column);
    if (columns.length > 0) this.#services.settings.change({ columns });
  }

  /** Moves a column to the place of another. */
  placeColumn(column: BoardColumn, other: ShownColumn): void {
    const place = this.chosenColumns.find((each) => each === other || each === SHOWN_FACTS[other].beside);
    if (place !== undefined)
      this.#services.settings.change({ columns: placeColumn(this.chosenColumns, column, place) });
  }

  /** Moves a column past its neighbour in the table: to the right by 1, to the left by -1. */
  moveColumn(column: BoardColumn, by: 1 | -1): void {
    const shown = this.chosenColumns.filter((each) => this.columns.includes(each));
    const other = shown[shown.indexOf(column) + by];
    if (other !== undefined) this.placeColumn(column, other);
  }

  /** Makes a column wider only while no other column has to make room by being left out. */
  resizeColumn(column: ShownColumn, px: number): void {
    const others = leastWidth(
      this.columns.filter((each) => each !== column),
      this.#widths,
    );
    const most = Math.min(COLUMN_WIDTH.most, this.width - ROW_MARGINS_PX - others);
    const width = Math.round(Math.max(COLUMN_WIDTH.least, Math.min(px, most)));
    this.#services.settings.change({ columnWidths: { ...this.#widths, [column]: width } });
  }

  resetColumns(): void {
    this.#services.settings.change({ columns: [...BOARD_COLUMNS], columnWidths: {} });
  }

  select(index: number, mode?: SelectionMode): void {
    const line = this.#lines[index];
    this.#group = typeof line === 'object' ? line.key : undefined;
    if (typeof line === 'object' && mode !== 'range') this.selection.clear();
    const one = this.#rowAt(index);
    if (one === undefined) return;
    this.selection.select(one.row, mode);
    this.selected = getReference(one.row);
  }

  /** Leaves only the current row selected. */
  deselect(): void {
    this.selection.clear();
    this.select(this.selectedIndex);
  }

  reveal(reference: RowReference): void {
    this.selected = reference;
    this.#group = undefined;
    this.selection.select({ clusterId: reference.clusterId, id: reference.credentialId });
    if (this.showsForeign !== (reference.clusterId === FOREIGN_CLUSTER) && this.selectedIndex === -1)
      this.#wantsForeign = !this.showsForeign;
    if (this.selectedIndex === -1 && this.filtered) this.clearFilter();
    if (this.selectedIndex === -1) this.#folded = new Set();
  }

  /** Moves the selection with a navigation key, as in a file manager; returns `false` for any other key. */
  moveBy(key: string, page: number, mode?: SelectionMode): boolean {
    const target = rowAfterKey(key, { from: this.selectedIndex, count: this.lineCount, page });
    if (target === undefined) return false;
    this.select(target, mode);
    return true;
  }

  /** Returns a line of tab-separated values for each selected row. */
  selectionText(): string {
    const columns = tableColumns(this.chosenColumns);
    const lines = this.selection.rows.map((one) => columns.map((column) => this.cellText(one, column)));
    return lines.map((cells) => cells.filter((cell) => cell !== undefined).join('\t')).join('\n');
  }

  /** Returns `undefined` for a value that is drawn, not written. */
  cellText(view: JudgedRow, column: ShownColumn): string | undefined {
    return SHOWN_FACTS[column].text?.(view, this.#words);
  }

  matches(query: string, limit: number): RowView[] {
    const rows = this.#rows;
    const marks = rowsWithQuery({ rows, states: this.#states.states }, query, this.#labels);
    if (marks === undefined) return [];
    const views: RowView[] = [];
    for (const index of this.#order) {
      if (marks[index] !== 1) continue;
      const row = rows[index];
      if (row === undefined) continue;
      views.push({ index, depth: 0, state: this.#states.states[index] ?? 'unknown', ...this.viewRow(row) });
      if (views.length === limit) break;
    }
    return views;
  }

  showWindow(first: number, count: number): void {
    if (first !== this.window.first || count !== this.window.count) this.window = { first, count };
  }

  preparations(rows: readonly BoardRow[]): (() => void)[] {
    return [() => prepareOrder(rows, this.sort.column), () => void this.#judge(rows)];
  }

  /** Prepares the first search and the first sort by each column; returns a function that stops the preparation. */
  prepare(): () => void {
    const { rows } = this.#services.inventory;
    let isWanted = true;
    const orders = BOARD_COLUMNS.map((column) => () => prepareOrder(rows, column));
    void mapInSlices(
      [() => prepareSearch(rows), ...orders],
      (part) => part(),
      () => isWanted,
    );
    return () => (isWanted = false);
  }

  #judge(rows: readonly BoardRow[]): BoardStates {
    const { settings, now } = this.#services;
    const { classes } = settings;
    let known = this.#judges.get(rows);
    if (known?.classes !== classes) {
      known = { classes, judge: new BoardJudge(rows, classes) };
      this.#judges.set(rows, known);
    }
    return known.judge.statesAt(now.current);
  }

  #rowAt(index: number): JudgedRow | undefined {
    const at = this.#lines[index];
    const row = typeof at === 'number' ? this.#rows[at] : undefined;
    return typeof at !== 'number' || row === undefined
      ? undefined
      : { row, state: this.#states.states[at] ?? 'unknown' };
  }
}

function getReference(row: BoardRow): RowReference {
  return { clusterId: row.clusterId, credentialId: row.id };
}

function isRow(row: BoardRow | undefined, { clusterId, credentialId }: RowReference): boolean {
  return row?.clusterId === clusterId && row.id === credentialId;
}

function toggleItem<T>(list: readonly T[], item: T): T[] {
  return list.includes(item) ? list.filter((kept) => kept !== item) : [...list, item];
}
