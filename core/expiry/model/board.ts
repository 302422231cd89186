import type { BoardRow } from './board-row.ts';
import { LAYERS, type Layer } from '../../shared/ids.ts';
import { LIFETIME_CLASSES, type LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import { ROLE_IDS, type RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { EXPIRY_STATES, lifeMoments, getNextChange, stateAt, thresholdAtMs, type ExpiryState } from './lifetime.ts';
import { RenewalObstacles } from './renewal-obstacle.ts';

export const BOARD_COLUMNS = ['state', 'cluster', 'layer', 'role', 'name', 'issuer', 'expires', 'left'] as const;
export type BoardColumn = (typeof BOARD_COLUMNS)[number];

export interface BoardSort {
  column: BoardColumn;
  descending: boolean;
}

/** Empty lists match everything. */
export interface BoardFilter {
  query: string;
  states: readonly ExpiryState[];
  layers: readonly Layer[];
}

export const DEFAULT_SORT: BoardSort = { column: 'state', descending: false };
export const EMPTY_FILTER: BoardFilter = { query: '', states: [], layers: [] };

/** State of every row at one instant, and when the next of them changes: until then the result stays valid. */
export interface BoardStates {
  states: ExpiryState[];
  counts: Record<ExpiryState, number>;
  /** Milliseconds since 1970; `Infinity` when no state will ever change. */
  nextChangeMs: number;
}

/** Evaluates all rows at `nowMs`; `classes` holds the thresholds (default: the catalogue's). */
export function judgeRows(
  rows: readonly BoardRow[],
  nowMs: number,
  classes: LifetimeClasses = LIFETIME_CLASSES,
): BoardStates {
  const counts = Object.fromEntries(EXPIRY_STATES.map((state) => [state, 0])) as Record<ExpiryState, number>;
  let nextChangeMs = Infinity;
  const states: ExpiryState[] = [];
  let obstacles: RenewalObstacles | undefined;
  for (const row of rows) {
    const { notBeforeMs, notAfterMs } = row;
    let state: ExpiryState = 'unknown';
    if (notAfterMs !== undefined) {
      const moments = lifeMoments({ notBeforeMs, notAfterMs }, classes[row.lifetimeClass]);
      state = stateAt(moments, notBeforeMs, nowMs);
      if (state === 'renewal-overdue') {
        obstacles ??= new RenewalObstacles(rows, classes, nowMs);
        if (obstacles.of(row) !== undefined) state = 'stalled';
      }
      const next = getNextChange(moments, notBeforeMs, nowMs);
      if (next < nextChangeMs) nextChangeMs = next;
    }
    states.push(state);
    counts[state] += 1;
  }
  return { states, counts, nextChangeMs };
}

/** Of these somebody has to know, and not here: see `core/repair/model/needs.ts`. */
const IN_NEED: readonly ExpiryState[] = ['expired', 'urgent', 'stalled', 'renewal-overdue', 'not-yet-valid'];

/** What the board can say of everything that needs nobody. */
export interface Outlook {
  unknown: number;
  /** Ended, late or not valid yet, and not part of the platform: no plan is about them. */
  foreignInNeed: number;
  /** Fine, or due for renewal. */
  rest: number;
  /** When the first of the rest will be overdue for renewal if nothing renews it; `Infinity` when there is no rest. */
  restFineUntilMs: number;
}

/** Sums up rows and their states, both in the same order. */
export function buildOutlook(
  rows: readonly BoardRow[],
  states: readonly ExpiryState[],
  classes: LifetimeClasses = LIFETIME_CLASSES,
): Outlook {
  const outlook: Outlook = { unknown: 0, foreignInNeed: 0, rest: 0, restFineUntilMs: Infinity };
  rows.forEach((row, index) => {
    const state = states[index] ?? 'unknown';
    if (IN_NEED.includes(state)) {
      if (row.foreign !== undefined) outlook.foreignInNeed += 1;
      return;
    }
    if (state === 'unknown' || row.notAfterMs === undefined) outlook.unknown += 1;
    else {
      outlook.rest += 1;
      const { renewalOverdue, usualMs } = classes[row.lifetimeClass];
      const period = { notBeforeMs: row.notBeforeMs, notAfterMs: row.notAfterMs };
      outlook.restFineUntilMs = Math.min(outlook.restFineUntilMs, thresholdAtMs(renewalOverdue, period, usualMs));
    }
  });
  return outlook;
}

/** Positions on a lifetime bar, as fractions: 0 is `notBefore`, 1 the end. */
export interface LifeShares {
  /** Clamped to 0..1. */
  now: number;
  renewalDue: number;
  urgent: number;
}

/** `undefined` when an end is unknown or the period is empty. */
export function lifeShares(
  row: Pick<BoardRow, 'notBeforeMs' | 'notAfterMs' | 'lifetimeClass'>,
  nowMs: number,
  classes: LifetimeClasses = LIFETIME_CLASSES,
): LifeShares | undefined {
  const { notBeforeMs, notAfterMs } = row;
  if (notBeforeMs === undefined || notAfterMs === undefined || notAfterMs <= notBeforeMs) return undefined;
  const { renewalDue, urgent, usualMs } = classes[row.lifetimeClass];
  const share = (ms: number): number => Math.min(1, Math.max(0, (ms - notBeforeMs) / (notAfterMs - notBeforeMs)));
  return {
    now: share(nowMs),
    renewalDue: share(thresholdAtMs(renewalDue, { notBeforeMs, notAfterMs }, usualMs)),
    urgent: share(thresholdAtMs(urgent, { notBeforeMs, notAfterMs }, usualMs)),
  };
}

/**
 * Order by end of validity, cluster, name and id: the expensive part of every sort, so it is cached per list of rows.
 */
const tieOrders = new WeakMap<readonly BoardRow[], Uint32Array>();

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function getEnd(row: BoardRow | undefined): number {
  return row?.notAfterMs ?? Infinity;
}

/** Of two that end together. */
function compareTies(a: BoardRow | undefined, b: BoardRow | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return compareText(a.cluster, b.cluster) || compareText(a.name, b.name) || compareText(a.id, b.id);
}

function getTieOrder(rows: readonly BoardRow[]): Uint32Array {
  let order = tieOrders.get(rows);
  if (order === undefined) {
    const ends = Float64Array.from(rows, getEnd);
    order = Uint32Array.from(rows.keys()).sort((a, b) => {
      const [left, right] = [ends[a]!, ends[b]!];
      return left === right ? compareTies(rows[a], rows[b]) : left < right ? -1 : 1;
    });
    tieOrders.set(rows, order);
  }
  return order;
}

/** Rank of every text among the distinct texts, so that rows are compared by number. */
function textRanks(texts: readonly string[]): Map<string, number> {
  return new Map([...new Set(texts)].sort(compareText).map((text, rank) => [text, rank]));
}

/** Ranks of columns of texts, which take longest, kept for each list of rows: the same column is turned over, and back. */
const rankedTexts = new WeakMap<readonly BoardRow[], Map<BoardColumn, Uint32Array>>();

/** For each row the rank of its value among all values of the chosen column: 0 is first. */
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
      for (const { role } of rows) if (!words.has(role)) words.set(role, roleText(role).toLowerCase());
      const rankOf = textRanks([...words.values()]);
      return fill((row) => rankOf.get(words.get(row.role) ?? ''));
    }
    case 'cluster':
    case 'name':
    case 'issuer': {
      const known = rankedTexts.get(rows) ?? new Map<BoardColumn, Uint32Array>();
      rankedTexts.set(rows, known);
      const before = known.get(column);
      if (before !== undefined) return before;
      const lower = rows.map((row) => row[column].toLowerCase());
      const rankOf = textRanks(lower);
      fill((_, index) => rankOf.get(lower[index] ?? ''));
      known.set(column, ranks);
      return ranks;
    }
  }
}

/** Ranks of the ends of validity in `tieOrder`, equal for equal ends. */
function endRanks(rows: readonly BoardRow[], tieOrder: Uint32Array): Uint32Array {
  const ranks = new Uint32Array(rows.length);
  let rank = 0;
  let before: number | undefined;
  for (const index of tieOrder) {
    const end = getEnd(rows[index]);
    if (before !== undefined && end !== before) rank += 1;
    before = end;
    ranks[index] = rank;
  }
  return ranks;
}

/**
 * Indexes of `rows` in board order. Ties are broken by end of validity, then cluster and name, so the order is total
 * and independent of the order of arrival. `roleText` returns the displayed name of a role, for sorting by it. Sorting
 * the same list again, by another column or with new states, is linear in its length.
 */
export function sortRows(
  rows: readonly BoardRow[],
  states: readonly ExpiryState[],
  sort: BoardSort,
  roleText: (role: RoleId) => string,
): number[] {
  const tieOrder = getTieOrder(rows);
  const ranks =
    sort.column === 'expires' || sort.column === 'left'
      ? endRanks(rows, tieOrder)
      : columnRanks(rows, states, sort.column, roleText);
  // A counting sort: stable, so rows of equal rank stay in tie order, in both directions.
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

/** Hex pairs with colons, as openssl and Windows print fingerprints and serials; the last pair may be incomplete. */
const COLON_HEX = /^(?:[0-9a-f]{2}:){2,}[0-9a-f]{0,2}$/u;

/**
 * The words of a query: all of them must be found in a row. Rows hold hex without colons, so the query's are removed.
 */
export function queryWords(query: string): string[] {
  return query
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map((word) => (COLON_HEX.test(word) ? word.replaceAll(':', '') : word));
}

/** Words that an admin sees in a row but that are not in its search text, since they depend on the language. */
export interface RowLabels {
  roles: ReadonlyMap<RoleId, string>;
  layers: ReadonlyMap<Layer, string>;
}

/** The texts of a list of rows as one, since one search through it is several times faster than one per row. */
class JoinedTexts {
  readonly #text: string;
  /** Start of each row's text, and finally the total length. */
  readonly #starts: Uint32Array;
  /** The words of the last query: typing extends one of them, and most rows then match at the same position. */
  #found = new Map<string, Int32Array>();

  constructor(texts: readonly string[]) {
    this.#starts = new Uint32Array(texts.length + 1);
    // A word contains no white space, so none can match across two rows.
    texts.forEach((text, row) => (this.#starts[row + 1] = (this.#starts[row] ?? 0) + text.length + 1));
    this.#text = texts.join('\n');
  }

  /** First position of each word in the text of each row, -1 when missing; in the order of `words`. */
  placesOf(words: readonly string[]): Int32Array[] {
    const found = new Map<string, Int32Array>();
    const places = words.map((word) => {
      const part = longestStart(word, this.#found.keys());
      const known = part === undefined ? undefined : this.#found.get(part);
      const ofWord = known !== undefined && part === word ? known : this.#search(word, known);
      found.set(word, ofWord);
      return ofWord;
    });
    this.#found = found;
    return places;
  }

  /** `known` holds the positions of a prefix of the word. */
  #search(word: string, known: Int32Array | undefined): Int32Array {
    const [text, starts] = [this.#text, this.#starts];
    const places = new Int32Array(starts.length - 1).fill(-1);
    // First position of the word from where the search was last resumed; valid for every row in between.
    let next = -2;
    for (let row = 0; row < places.length; row++) {
      const from = known === undefined ? starts[row]! : known[row]!;
      if (from === -1) continue;
      if (known !== undefined && text.startsWith(word, from)) {
        places[row] = from;
        continue;
      }
      if (next < from) next = text.indexOf(word, from);
      if (next === -1) break;
      if (next < starts[row + 1]!) places[row] = next;
    }
    return places;
  }
}

/** The longest of `parts` that is a prefix of the word. */
function longestStart(word: string, parts: Iterable<string>): string | undefined {
  let longest: string | undefined;
  for (const part of parts) {
    if (word.startsWith(part) && part.length > (longest?.length ?? 0)) longest = part;
  }
  return longest;
}

interface SearchTexts {
  words: JoinedTexts;
  numbers: JoinedTexts;
  /** Index of each row's role in `ROLE_IDS` and of its layer in `LAYERS`. */
  roles: Uint8Array;
  layers: Uint8Array;
}

const searchTexts = new WeakMap<readonly BoardRow[], SearchTexts>();

function getSearchTexts(rows: readonly BoardRow[]): SearchTexts {
  let known = searchTexts.get(rows);
  if (known === undefined) {
    known = {
      words: new JoinedTexts(rows.map((row) => row.search)),
      numbers: new JoinedTexts(rows.map((row) => row.numbers)),
      roles: Uint8Array.from(rows, ({ role }) => ROLE_IDS.indexOf(role)),
      layers: Uint8Array.from(rows, ({ layer }) => LAYERS.indexOf(layer)),
    };
    searchTexts.set(rows, known);
  }
  return known;
}

/** Prepares the first search through `rows`, which would otherwise take this time. */
export function prepareSearch(rows: readonly BoardRow[]): void {
  getSearchTexts(rows);
}

/** Only such a word can occur in a fingerprint or a serial. */
const HEX = /^[0-9a-f]+$/u;

/** 1 for every row in which every word of the query occurs, else 0; `undefined` when the query is empty. */
export function rowsWithQuery(rows: readonly BoardRow[], query: string, labels: RowLabels): Uint8Array | undefined {
  const words = [...new Set(queryWords(query))];
  if (words.length === 0) return undefined;
  const texts = getSearchTexts(rows);
  const inWords = texts.words.placesOf(words);
  const hexWords = words.filter((word) => HEX.test(word));
  const inNumbers = texts.numbers.placesOf(hexWords);
  const marks = new Uint8Array(rows.length).fill(1);
  words.forEach((word, index) => {
    unmarkMissing(marks, [inWords[index], inNumbers[hexWords.indexOf(word)]], {
      ...texts,
      labelledRoles: Uint8Array.from(ROLE_IDS, (id) => hasWord(labels.roles.get(id), word)),
      labelledLayers: Uint8Array.from(LAYERS, (id) => hasWord(labels.layers.get(id), word)),
    });
  });
  return marks;
}

interface Labelled {
  roles: Uint8Array;
  layers: Uint8Array;
  /** 1 for each role and layer whose label contains the word. */
  labelledRoles: Uint8Array;
  labelledLayers: Uint8Array;
}

/** Clears every row that contains a word nowhere. Runs at every keystroke, so it uses arrays of numbers only. */
function unmarkMissing(
  marks: Uint8Array,
  [first, second]: [Int32Array | undefined, Int32Array | undefined],
  { roles, layers, labelledRoles, labelledLayers }: Labelled,
): void {
  const places = first ?? NOWHERE;
  const others = second ?? NOWHERE;
  const inOthers = second !== undefined;
  for (let row = 0; row < marks.length; row++) {
    if (places[row]! >= 0 || (inOthers && others[row]! >= 0)) continue;
    if (labelledRoles[roles[row]!] === 1 || labelledLayers[layers[row]!] === 1) continue;
    marks[row] = 0;
  }
}

const NOWHERE = new Int32Array(0);

function hasWord(label: string | undefined, word: string): 0 | 1 {
  return label?.toLowerCase().includes(word) === true ? 1 : 0;
}

/**
 * The indexes of `order` that pass the filter, in the same order. Every word of the query must occur in the row's
 * search text or in its `labels` (role and layer as displayed), ignoring case.
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
  const marks = rowsWithQuery(rows, filter.query, labels);
  const found: number[] = [];
  for (const index of order) {
    if (marks !== undefined && marks[index] !== 1) continue;
    if (wantedStates !== undefined && !wantedStates.has(states[index]!)) continue;
    if (wantedLayers !== undefined && !wantedLayers.has(rows[index]!.layer)) continue;
    found.push(index);
  }
  return found;
}
