import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { endRanks, roleRanks, rowTable, stateRanks, textRanks, tieOrder } from './row-ranks.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';

export const BOARD_COLUMNS = ['state', 'cluster', 'layer', 'role', 'name', 'issuer', 'expires', 'left'] as const;
export type BoardColumn = (typeof BOARD_COLUMNS)[number];

export interface BoardSort {
  column: BoardColumn;
  descending: boolean;
}

export const DEFAULT_SORT: BoardSort = { column: 'state', descending: false };

const RANKED_TEXTS = {
  cluster: textRanks(({ cluster }) => cluster),
  name: textRanks(({ name }) => name),
  issuer: textRanks(({ issuer }) => issuer),
};

/** For each row the rank of its value among all values of the chosen column: 0 is first. */
function columnRanks(
  rows: readonly BoardRow[],
  states: readonly ExpiryState[],
  column: BoardColumn,
  roleText: (role: RoleId) => string,
): ArrayLike<number> {
  switch (column) {
    case 'state':
      return stateRanks(rows, states);
    case 'layer':
      return rowTable(rows).layers;
    case 'role':
      return roleRanks(rows, roleText);
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
  columnRanks(rows, [], column, String);
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
  const getPlace = (index: number): number => (descending ? last - ranks[index]! : ranks[index]!);
  for (let index = 0; index < ranks.length; index++) starts[getPlace(index) + 1]! += 1;
  for (let rank = 1; rank < starts.length; rank++) starts[rank]! += starts[rank - 1]!;
  const order = new Array<number>(rows.length);
  for (const index of tieOrder(rows)) order[starts[getPlace(index)]!++] = index;
  return order;
}
