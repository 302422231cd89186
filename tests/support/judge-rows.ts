import { BoardJudge, type BoardStates } from '../../core/expiry/model/board-states.ts';
import type { BoardRow } from '../../core/inventory/model/board-row.ts';
import { LIFETIME_CLASSES } from '../../core/knowledge/model/credentials/lifetimes.ts';

/** Judges rows once, with the default thresholds of the catalogue. */
export function judgeRows(rows: readonly BoardRow[], nowMs: number): BoardStates {
  return new BoardJudge(rows, LIFETIME_CLASSES).statesAt(nowMs);
}
