import type { ClusterId, CredentialId, CredentialKind, Layer } from './credential.ts';
import { LAYERS } from './credential.ts';
import { LIFETIME_CLASSES } from './catalogue/lifetimes.ts';
import type { LifetimeClassId } from './catalogue/lifetimes.ts';
import type { RoleId } from './catalogue/credentials.ts';
import { EXPIRY_STATES, expiryState, nextStateChangeMs, thresholdAtMs } from './lifetime.ts';
import type { ExpiryState } from './lifetime.ts';

/** What the board needs of one credential: flat, small, without anything that ticks. */
export interface BoardRow {
  id: CredentialId;
  clusterId: ClusterId;
  cluster: string;
  kind: CredentialKind;
  layer: Layer;
  role: RoleId;
  name: string;
  issuer: string;
  /** Milliseconds since 1970; absent when unknown. */
  notBeforeMs?: number;
  notAfterMs?: number;
  assumed: boolean;
  lifetimeClass: LifetimeClassId;
  /** Lower-case text of every field that the search looks at, parts separated by a newline. */
  search: string;
}

export const BOARD_COLUMNS = [
  'state',
  'cluster',
  'layer',
  'role',
  'name',
  'issuer',
  'expires',
  'left',
] as const;
export type BoardColumn = (typeof BOARD_COLUMNS)[number];

export interface BoardSort {
  column: BoardColumn;
  descending: boolean;
}

/** Empty lists let everything through. */
export interface BoardFilter {
  query: string;
  states: readonly ExpiryState[];
  layers: readonly Layer[];
}

export const DEFAULT_SORT: BoardSort = { column: 'state', descending: false };
export const EMPTY_FILTER: BoardFilter = { query: '', states: [], layers: [] };

/** State of every row at one moment, and when the next of them changes: until then the answer stays true. */
export interface BoardStates {
  states: ExpiryState[];
  counts: Record<ExpiryState, number>;
  /** Milliseconds since 1970; `Infinity` when no state will ever change. */
  nextChangeMs: number;
}

/** Judges all rows at `nowMs`. */
export function judgeRows(rows: readonly BoardRow[], nowMs: number): BoardStates {
  const counts = Object.fromEntries(EXPIRY_STATES.map((state) => [state, 0])) as Record<
    ExpiryState,
    number
  >;
  let nextChangeMs = Infinity;
  const states: ExpiryState[] = [];
  for (const row of rows) {
    const period = { notBeforeMs: row.notBeforeMs, notAfterMs: row.notAfterMs };
    const lifetimeClass = LIFETIME_CLASSES[row.lifetimeClass];
    const state = expiryState(period, lifetimeClass, nowMs);
    states.push(state);
    counts[state] += 1;
    const next = nextStateChangeMs(period, lifetimeClass, nowMs);
    if (next < nextChangeMs) nextChangeMs = next;
  }
  return { states, counts, nextChangeMs };
}

/** What the board says in one sentence: who needs somebody today, and how long the others can wait. */
export interface Outlook {
  /** Expired or urgent. */
  attention: number;
  /** Clusters that those belong to, each once, in the order of `rows`. */
  attentionClusters: string[];
  overdue: number;
  unknown: number;
  /** Fine, renewal due or not yet valid. */
  rest: number;
  /** When the first of the rest will be overdue for renewal, if nothing renews it; `Infinity` when there is no rest. */
  restFineUntilMs: number;
}

/** Sums up rows and their states, both in the same order. */
export function outlookOf(rows: readonly BoardRow[], states: readonly ExpiryState[]): Outlook {
  const outlook: Outlook = {
    attention: 0,
    attentionClusters: [],
    overdue: 0,
    unknown: 0,
    rest: 0,
    restFineUntilMs: Infinity,
  };
  const clusters = new Map<ClusterId, string>();
  rows.forEach((row, index) => {
    const state = states[index] ?? 'unknown';
    if (state === 'expired' || state === 'urgent') {
      outlook.attention += 1;
      clusters.set(row.clusterId, row.cluster);
    } else if (state === 'renewal-overdue') outlook.overdue += 1;
    else if (state === 'unknown' || row.notAfterMs === undefined) outlook.unknown += 1;
    else {
      outlook.rest += 1;
      const { renewalOverdue, usualMs } = LIFETIME_CLASSES[row.lifetimeClass];
      const period = { notBeforeMs: row.notBeforeMs, notAfterMs: row.notAfterMs };
      outlook.restFineUntilMs = Math.min(
        outlook.restFineUntilMs,
        thresholdAtMs(renewalOverdue, period, usualMs),
      );
    }
  });
  outlook.attentionClusters = [...clusters.values()];
  return outlook;
}

/** Where the parts of a lifetime lie on a bar, as fractions of it: 0 is `notBefore`, 1 the end. */
export interface LifeShares {
  /** Cut to 0..1. */
  now: number;
  renewalDue: number;
  urgent: number;
}

/** `undefined` when an end is not known or the period is empty. */
export function lifeShares(row: BoardRow, nowMs: number): LifeShares | undefined {
  const { notBeforeMs, notAfterMs } = row;
  if (notBeforeMs === undefined || notAfterMs === undefined || notAfterMs <= notBeforeMs)
    return undefined;
  const { renewalDue, urgent, usualMs } = LIFETIME_CLASSES[row.lifetimeClass];
  const share = (ms: number): number =>
    Math.min(1, Math.max(0, (ms - notBeforeMs) / (notAfterMs - notBeforeMs)));
  return {
    now: share(nowMs),
    renewalDue: share(thresholdAtMs(renewalDue, { notBeforeMs, notAfterMs }, usualMs)),
    urgent: share(thresholdAtMs(urgent, { notBeforeMs, notAfterMs }, usualMs)),
  };
}

/** Orders by end of validity, cluster, name and id; the costly part of every sort, so it is kept per list of rows. */
const tieOrders = new WeakMap<readonly BoardRow[], Uint32Array>();

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function endOf(row: BoardRow | undefined): number {
  return row?.notAfterMs ?? Infinity;
}

function compareTies(a: BoardRow | undefined, b: BoardRow | undefined): number {
  if (a === undefined || b === undefined) return 0;
  const left = endOf(a);
  const right = endOf(b);
  if (left !== right) return left < right ? -1 : 1;
  return (
    compareText(a.cluster, b.cluster) || compareText(a.name, b.name) || compareText(a.id, b.id)
  );
}

function tieOrderOf(rows: readonly BoardRow[]): Uint32Array {
  let order = tieOrders.get(rows);
  if (order === undefined) {
    order = Uint32Array.from(rows.keys()).sort((a, b) => compareTies(rows[a], rows[b]));
    tieOrders.set(rows, order);
  }
  return order;
}

/** Position of every text among the different texts in order, so that rows are compared by a number. */
function textRanks(texts: readonly string[]): Map<string, number> {
  return new Map([...new Set(texts)].sort(compareText).map((text, rank) => [text, rank]));
}

/** For each row the place of its value in the chosen column among all values of that column: 0 is first. */
function columnRanks(
  rows: readonly BoardRow[],
  states: readonly ExpiryState[],
  column: Exclude<BoardColumn, 'expires' | 'left'>,
  roleText: (role: RoleId) => string,
): Uint32Array {
  const ranks = new Uint32Array(rows.length);
  const fill = (rankOf: (row: BoardRow, index: number) => number | undefined): Uint32Array => {
    rows.forEach((row, index) => (ranks[index] = rankOf(row, index) ?? 0));
    return ranks;
  };
  switch (column) {
    case 'state': {
      const rankOf = new Map(EXPIRY_STATES.map((state, rank) => [state, rank]));
      return fill((_, index) => rankOf.get(states[index] ?? 'unknown'));
    }
    case 'layer':
      return fill((row) => LAYERS.indexOf(row.layer));
    case 'role': {
      const words = new Map<RoleId, string>();
      for (const { role } of rows)
        if (!words.has(role)) words.set(role, roleText(role).toLowerCase());
      const rankOf = textRanks([...words.values()]);
      return fill((row) => rankOf.get(words.get(row.role) ?? ''));
    }
    case 'cluster':
    case 'name':
    case 'issuer': {
      const lower = rows.map((row) => row[column].toLowerCase());
      const rankOf = textRanks(lower);
      return fill((_, index) => rankOf.get(lower[index] ?? ''));
    }
  }
}

/** Ranks of the ends of validity in `tieOrder`, equal for equal ends. */
function endRanks(rows: readonly BoardRow[], tieOrder: Uint32Array): Uint32Array {
  const ranks = new Uint32Array(rows.length);
  let rank = 0;
  let before: number | undefined;
  for (const index of tieOrder) {
    const end = endOf(rows[index]);
    if (before !== undefined && end !== before) rank += 1;
    before = end;
    ranks[index] = rank;
  }
  return ranks;
}

/**
 * Indexes of `rows` in board order. Ties fall back to the end of validity, then cluster and name, so the order is total
 * and does not depend on the order of arrival. `roleText` gives the words an admin sees for a role, for sorting by it.
 * Sorting the same list again, by another column or with new states, takes time linear in its length.
 */
export function sortRows(
  rows: readonly BoardRow[],
  states: readonly ExpiryState[],
  sort: BoardSort,
  roleText: (role: RoleId) => string,
): number[] {
  const tieOrder = tieOrderOf(rows);
  const ranks =
    sort.column === 'expires' || sort.column === 'left'
      ? endRanks(rows, tieOrder)
      : columnRanks(rows, states, sort.column, roleText);
  // A counting sort: stable, so rows of one rank stay in tie order, in both directions.
  const starts = new Uint32Array(ranks.reduce((most, rank) => Math.max(most, rank), 0) + 2);
  const place = (index: number): number => {
    const rank = ranks[index] ?? 0;
    return sort.descending ? starts.length - 2 - rank : rank;
  };
  for (const index of tieOrder) starts[place(index) + 1]! += 1;
  for (let rank = 1; rank < starts.length; rank++) starts[rank]! += starts[rank - 1]!;
  const order = new Array<number>(rows.length);
  for (const index of tieOrder) order[starts[place(index)]!++] = index;
  return order;
}

/** Hex in pairs with colons, as openssl and Windows print fingerprints and serials; the last pair may still be typed. */
const COLON_HEX = /^(?:[0-9a-f]{2}:){2,}[0-9a-f]{0,2}$/u;

/** The words of a query: all of them must be found in a row. Rows hold hex without colons, so the query's lose theirs. */
export function queryWords(query: string): string[] {
  return query
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map((word) => (COLON_HEX.test(word) ? word.replaceAll(':', '') : word));
}

/** Words that the admin reads in a row but that are not in its search text, since they depend on the language. */
export interface RowLabels {
  roles: ReadonlyMap<RoleId, string>;
  layers: ReadonlyMap<Layer, string>;
}

/** The search texts of a list of rows as one, since one search through it is several times faster than one per row. */
interface SearchText {
  text: string;
  /** Where each row's text starts, and at the end the length of it all. */
  starts: Uint32Array;
}

const searchTexts = new WeakMap<readonly BoardRow[], SearchText>();

function searchTextOf(rows: readonly BoardRow[]): SearchText {
  let known = searchTexts.get(rows);
  if (known === undefined) {
    const starts = new Uint32Array(rows.length + 1);
    // A word of a query holds no white space, so none can match across two rows.
    rows.forEach(
      (row, index) => (starts[index + 1] = (starts[index] ?? 0) + row.search.length + 1),
    );
    known = { text: rows.map((row) => row.search).join('\n'), starts };
    searchTexts.set(rows, known);
  }
  return known;
}

/** Prepares the first search through `rows`, which otherwise takes the time that this takes. */
export function prepareSearch(rows: readonly BoardRow[]): void {
  searchTextOf(rows);
}

/** 1 for every row in which the word occurs, else 0. */
function rowsWithWord(rows: readonly BoardRow[], word: string, labels: RowLabels): Uint8Array {
  const having = <T>(texts: ReadonlyMap<T, string>): Set<T> =>
    new Set([...texts].filter(([, text]) => text.toLowerCase().includes(word)).map(([id]) => id));
  const roles = having(labels.roles);
  const layers = having(labels.layers);
  const marks = new Uint8Array(rows.length);
  let row = 0;
  if (roles.size > 0 || layers.size > 0) {
    for (const { role, layer } of rows) {
      if (roles.has(role) || layers.has(layer)) marks[row] = 1;
      row += 1;
    }
  }
  const { text, starts } = searchTextOf(rows);
  row = 0;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, starts[row])) {
    while ((starts[row + 1] ?? Infinity) <= at) row += 1;
    marks[row] = 1;
    row += 1;
    if (row >= rows.length) break;
  }
  return marks;
}

/** 1 for every row in which every word of the query occurs, else 0; `undefined` when the query is empty. */
export function rowsWithQuery(
  rows: readonly BoardRow[],
  query: string,
  labels: RowLabels,
): Uint8Array | undefined {
  let all: Uint8Array | undefined;
  for (const word of queryWords(query)) {
    const marks = rowsWithWord(rows, word, labels);
    if (all !== undefined)
      for (let index = 0; index < marks.length; index++) marks[index]! &= all[index]!;
    all = marks;
  }
  return all;
}

/**
 * Of `order`, the indexes that pass the filter, in the same order. Every word of the query must occur in the row's search
 * text or in the words that `labels` gives for it (role and layer as the admin reads them), without regard to case.
 */
export function filterRows(
  rows: readonly BoardRow[],
  states: readonly ExpiryState[],
  order: readonly number[],
  filter: BoardFilter,
  labels: RowLabels,
): number[] {
  const wantedStates = filter.states.length === 0 ? undefined : new Set(filter.states);
  const wantedLayers = filter.layers.length === 0 ? undefined : new Set(filter.layers);
  const matching = rowsWithQuery(rows, filter.query, labels);
  const found: number[] = [];
  for (const index of order) {
    if (matching !== undefined && matching[index] !== 1) continue;
    const row = rows[index];
    const state = states[index];
    if (row === undefined || state === undefined) continue;
    if (wantedStates !== undefined && !wantedStates.has(state)) continue;
    if (wantedLayers !== undefined && !wantedLayers.has(row.layer)) continue;
    found.push(index);
  }
  return found;
}
