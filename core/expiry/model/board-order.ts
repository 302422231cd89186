import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import { COLUMN_FACTS, type BoardColumn } from './board-columns.ts';
import { tieOrder } from './row-ranks.ts';

export interface BoardSort {
  column: BoardColumn;
  descending: boolean;
}

export const DEFAULT_SORT: BoardSort = { column: 'state', descending: false };

export function prepareOrder(rows: readonly BoardRow[], column: BoardColumn): void {
  tieOrder(rows);
  COLUMN_FACTS[column].ranks(rows, { states: [], roleText: String });
}

/**
 * Returns indexes of `rows` in board order. Ties are broken by end of validity, cluster, name and id, so the order of
 * `rows` does not matter.
 */
export function sortRows(
  rows: readonly BoardRow[],
  states: readonly ExpiryState[],
  { column, descending }: BoardSort,
  roleText: (role: RoleId) => string,
): number[] {
  const ranks = COLUMN_FACTS[column].ranks(rows, { states, roleText });
  let last = 0;
  for (let index = 0; index < ranks.length; index++) if (ranks[index]! > last) last = ranks[index]!;
  // A counting sort: rows of equal rank stay in tie order, in both directions.
  const starts = new Uint32Array(last + 2);
  const getPlace = (index: number) => (descending ? last - ranks[index]! : ranks[index]!);
  for (let index = 0; index < ranks.length; index++) starts[getPlace(index) + 1]! += 1;
  for (let rank = 1; rank < starts.length; rank++) starts[rank]! += starts[rank - 1]!;
  const order = new Array<number>(rows.length);
  for (const index of tieOrder(rows)) order[starts[getPlace(index)]!++] = index;
  return order;
}
