import { ROLE_IDS, type RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { oncePerRows, rowTable } from './row-ranks.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import { EXPIRY_STATES, type ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import { rankTexts } from './text-ranks.ts';

export const BOARD_COLUMNS = ['state', 'cluster', 'layer', 'role', 'name', 'issuer', 'expires', 'left'] as const;
export type BoardColumn = (typeof BOARD_COLUMNS)[number];

export interface BoardSort {
  column: BoardColumn;
  descending: boolean;
}

export const DEFAULT_SORT: BoardSort = { column: 'state', descending: false };

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * Order by end of validity, cluster, name and id: the costly part of every sort. Rows of one cluster are sorted among
 * themselves, and all of them by their ends then, which are numbers.
 */
const tieOrder = oncePerRows((rows) => {
  const order = new Uint32Array(rows.length);
  let filled = 0;
  for (const own of rowsByCluster(rows)) for (const index of sortByName(rows, own)) order[filled++] = index;
  return sortByEnd(order, rowTable(rows).ends);
});

/** The indexes of the rows of each cluster name, in the order of those names. */
function rowsByCluster(rows: readonly BoardRow[]): number[][] {
  const clusters = new Map<string, number[]>();
  // Rows of one cluster are adjacent, so most need no map lookup.
  let cluster: string | undefined;
  let own: number[] = [];
  for (const [index, row] of rows.entries()) {
    if (row.cluster !== cluster) {
      cluster = row.cluster;
      own = clusters.get(cluster) ?? [];
      clusters.set(cluster, own);
    }
    own.push(index);
  }
  const sorted = [...clusters].sort(([left], [right]) => compareText(left, right));
  return sorted.map(([, indexes]) => indexes);
}

/** By name and id. */
function sortByName(rows: readonly BoardRow[], indexes: readonly number[]): number[] {
  const named = indexes.map((index) => ({ index, name: rows[index]!.name }));
  named.sort((a, b) => compareText(a.name, b.name) || compareText(rows[a.index]!.id, rows[b.index]!.id));
  return named.map(({ index }) => index);
}

const DIGIT_BITS = 16;
const DIGITS = 2 ** DIGIT_BITS;
const SIGN = 0x80_00_00_00;

/** Sorts indexes by their ends, digit by digit; what ends together keeps its order. */
function sortByEnd(indexes: Uint32Array, ends: Float64Array): Uint32Array {
  const keys = sortableBits(ends);
  let from: Uint32Array = indexes;
  let to: Uint32Array = new Uint32Array(indexes.length);
  // The lower half of a number comes first in memory on every platform that this runs on.
  for (const [half, shift] of [
    [0, 0],
    [0, DIGIT_BITS],
    [1, 0],
    [1, DIGIT_BITS],
  ] as const) {
    const starts = new Uint32Array(DIGITS + 1);
    const digitOf = (index: number): number => (keys[2 * index + half]! >>> shift) & (DIGITS - 1);
    for (let index = 0; index < from.length; index++) starts[digitOf(index) + 1]! += 1;
    if (starts.includes(from.length)) continue;
    for (let digit = 1; digit < DIGITS; digit++) starts[digit]! += starts[digit - 1]!;
    for (let place = 0; place < from.length; place++) {
      const index = from[place]!;
      to[starts[digitOf(index)]!++] = index;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Two halves for each number that compare, as whole numbers without a sign, as the numbers do. */
function sortableBits(numbers: Float64Array): Uint32Array {
  const bits = new Uint32Array(numbers.slice().buffer);
  for (let high = 1; high < bits.length; high += 2) {
    const isNegative = bits[high]! >= SIGN;
    bits[high] = isNegative ? ~bits[high]! : bits[high]! ^ SIGN;
    if (isNegative) bits[high - 1] = ~bits[high - 1]!;
  }
  return bits;
}

/** For each row the rank of a text among the different ones of all rows, in any case. */
function textRanks(field: 'cluster' | 'name' | 'issuer'): (rows: readonly BoardRow[]) => Uint32Array {
  return oncePerRows((rows) => {
    // Rows of one cluster are adjacent, and have some texts in common.
    const texts: string[] = [];
    const textOf = new Uint32Array(rows.length);
    let before: string | undefined;
    for (const [index, row] of rows.entries()) {
      const text = row[field];
      if (text !== before) texts.push(text.toLowerCase());
      before = text;
      textOf[index] = texts.length - 1;
    }
    const ranks = rankTexts(texts);
    return textOf.map((text) => ranks[text]!);
  });
}

const RANKED_TEXTS = { cluster: textRanks('cluster'), name: textRanks('name'), issuer: textRanks('issuer') };

/** Ranks of the ends of validity, equal for equal ends. */
const endRanks = oncePerRows((rows) => {
  const { ends } = rowTable(rows);
  const ranks = new Uint32Array(rows.length);
  let rank = 0;
  let before: number | undefined;
  for (const index of tieOrder(rows)) {
    const end = ends[index]!;
    if (before !== undefined && end !== before) rank += 1;
    before = end;
    ranks[index] = rank;
  }
  return ranks;
});

const STATE_RANKS = new Map<ExpiryState | undefined, number>(EXPIRY_STATES.map((state, rank) => [state, rank]));

/** For each row the rank of its value among all values of the chosen column: 0 is first. */
function columnRanks(
  rows: readonly BoardRow[],
  states: readonly ExpiryState[],
  column: BoardColumn,
  roleText: (role: RoleId) => string,
): ArrayLike<number> {
  switch (column) {
    case 'state': {
      const unknown = STATE_RANKS.get('unknown')!;
      const ranks = new Uint8Array(rows.length);
      for (let index = 0; index < ranks.length; index++) ranks[index] = STATE_RANKS.get(states[index]) ?? unknown;
      return ranks;
    }
    case 'layer':
      return rowTable(rows).layers;
    case 'role': {
      const words = ROLE_IDS.map((role) => roleText(role).toLowerCase());
      const sorted = [...new Set(words)].sort(compareText);
      const rankOf = words.map((word) => sorted.indexOf(word));
      return rowTable(rows).roles.map((role) => rankOf[role]!);
    }
    case 'cluster':
    case 'name':
    case 'issuer':
      return RANKED_TEXTS[column](rows);
    case 'expires':
    case 'left':
      return endRanks(rows);
  }
}

/** Does in advance what the first sort of these rows by this column needs. */
export function prepareOrder(rows: readonly BoardRow[], column: BoardColumn): void {
  tieOrder(rows);
  if (column === 'expires' || column === 'left') endRanks(rows);
  else if (column === 'cluster' || column === 'name' || column === 'issuer') RANKED_TEXTS[column](rows);
}

/**
 * Indexes of `rows` in board order. Ties are broken by end of validity, then cluster and name, so the order is total
 * and independent of the order of arrival. `roleText` returns the displayed name of a role, for sorting by it. Sorting
 * the same list again, by another column or with new states, is linear in its length.
 */
export function sortRows(
  rows: readonly BoardRow[],
  states: readonly ExpiryState[],
  { column, descending }: BoardSort,
  roleText: (role: RoleId) => string,
): number[] {
  const ranks = columnRanks(rows, states, column, roleText);
  let last = 0;
  for (let index = 0; index < ranks.length; index++) if (ranks[index]! > last) last = ranks[index]!;
  // A counting sort: stable, so rows of equal rank stay in tie order, in both directions.
  const starts = new Uint32Array(last + 2);
  const place = (index: number): number => (descending ? last - ranks[index]! : ranks[index]!);
  for (let index = 0; index < ranks.length; index++) starts[place(index) + 1]! += 1;
  for (let rank = 1; rank < starts.length; rank++) starts[rank]! += starts[rank - 1]!;
  const order = new Array<number>(rows.length);
  for (const index of tieOrder(rows)) order[starts[place(index)]!++] = index;
  return order;
}
