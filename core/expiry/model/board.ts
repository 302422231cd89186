import type { BoardRow } from './board-row.ts';
import { LAYERS, type Layer } from '../../shared/ids.ts';
import { rowsWithQuery, type RowLabels } from './board-search.ts';
import { rowTables } from './row-tables.ts';
import { LIFETIME_CLASSES, type LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import { thresholdAtMs, type ExpiryState } from './lifetime.ts';

/** Empty lists match everything. */
export interface BoardFilter {
  query: string;
  states: readonly ExpiryState[];
  layers: readonly Layer[];
}

export const EMPTY_FILTER: BoardFilter = { query: '', states: [], layers: [] };

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
 * The indexes of `order` that pass the filter, in the same order. Every word of the query must occur in the row's
 * search text or in its `labels` (role and layer as displayed), ignoring case.
 */
export function filterRows(
  rows: readonly BoardRow[],
  states: readonly ExpiryState[],
  order: readonly number[],
  filter: BoardFilter,
  labels: RowLabels,
): readonly number[] {
  const { states: wantedStates, layers: wantedLayers } = filter;
  const marks = rowsWithQuery(rows, filter.query, labels);
  if (marks === undefined && wantedStates.length + wantedLayers.length === 0) return order;
  const isWanted = Uint8Array.from(LAYERS, (layer) =>
    wantedLayers.length === 0 || wantedLayers.includes(layer) ? 1 : 0,
  );
  const { layers } = rowTables.of(rows);
  const found: number[] = [];
  for (let place = 0; place < order.length; place++) {
    const index = order[place]!;
    if (marks !== undefined && marks[index] !== 1) continue;
    if (wantedStates.length > 0 && !wantedStates.includes(states[index]!)) continue;
    if (isWanted[layers[index]!] === 1) found.push(index);
  }
  return found;
}
