import type { BoardRow } from '../../inventory/model/board-row.ts';
import { LAYERS, type Layer } from '../../shared/ids.ts';
import { queryTest, rowsWithQuery, type JudgedRows, type RowLabels } from './board-search.ts';
import { rowTable } from './row-ranks.ts';
import { LIFETIME_CLASSES, type LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import { thresholdAtMs, type ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';

/** Empty lists match everything. */
export interface BoardFilter {
  query: string;
  states: readonly ExpiryState[];
  layers: readonly Layer[];
}

export const EMPTY_FILTER: BoardFilter = { query: '', states: [], layers: [] };

/** Positions on a lifetime bar, clamped to 0..1: 0 is `notBefore`, 1 is `notAfter`. */
export interface LifeShares {
  now: number;
  renewalDue: number;
  urgent: number;
}

/** Returns `undefined` if the start or end is unknown or the period is empty. */
export function lifeShares(
  row: Pick<BoardRow, 'notBeforeMs' | 'notAfterMs' | 'lifetimeClass'>,
  nowMs: number,
  classes: LifetimeClasses = LIFETIME_CLASSES,
): LifeShares | undefined {
  const { notBeforeMs, notAfterMs } = row;
  if (notBeforeMs === undefined || notAfterMs === undefined || notAfterMs <= notBeforeMs) return undefined;
  const { renewalDue, urgent, usualMs } = classes[row.lifetimeClass];
  const share = (ms: number) => Math.min(1, Math.max(0, (ms - notBeforeMs) / (notAfterMs - notBeforeMs)));
  return {
    now: share(nowMs),
    renewalDue: share(thresholdAtMs(renewalDue, { notBeforeMs, notAfterMs }, usualMs)),
    urgent: share(thresholdAtMs(urgent, { notBeforeMs, notAfterMs }, usualMs)),
  };
}

export interface FilteredBoard extends JudgedRows {
  order: readonly number[];
}

/** Returns the wanted rows: their texts or `labels` contain every part of the query, ignoring case. */
export function filterRows(board: FilteredBoard, filter: BoardFilter, labels: RowLabels): readonly number[] {
  const { order } = board;
  const marks = rowsWithQuery(board, filter.query, labels);
  if (marks === undefined && filter.states.length + filter.layers.length === 0) return order;
  const isWanted = rowFilter(board, filter);
  return order.filter((index) => (marks === undefined || marks[index] === 1) && isWanted(index));
}

/** Checking this many rows one by one takes about a millisecond. */
const LOOKED_AT = 1_024;

/** Returns the first `count` rows that pass the filter; `undefined` if the first `LOOKED_AT` rows contain fewer. */
export function firstRows(
  board: FilteredBoard,
  filter: BoardFilter,
  labels: RowLabels,
  count: number,
): readonly number[] | undefined {
  const { rows, states, order } = board;
  const isWanted = rowFilter(board, filter);
  const hasQuery = queryTest(filter.query, labels);
  const found: number[] = [];
  for (const index of order.slice(0, LOOKED_AT)) {
    if (isWanted(index) && hasQuery({ row: rows[index]!, state: states[index]! })) found.push(index);
    if (found.length === count) return found;
  }
  return undefined;
}

function rowFilter(
  { rows, states }: FilteredBoard,
  { states: wantedStates, layers: wantedLayers }: BoardFilter,
): (index: number) => boolean {
  const { layers } = rowTable(rows);
  const isWantedLayer = LAYERS.map((layer) => wantedLayers.length === 0 || wantedLayers.includes(layer));
  return (index) =>
    (wantedStates.length === 0 || wantedStates.includes(states[index]!)) && isWantedLayer[layers[index]!]!;
}
