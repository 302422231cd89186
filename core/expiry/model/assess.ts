import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import { lifeMoments, stateAt, type ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import { RenewalObstacles, type RenewalObstacle } from './renewal-obstacle.ts';

/** Times are in milliseconds since 1970. */
export interface Assessment {
  row: BoardRow;
  state: ExpiryState;
  /** All times are absent if the end of validity is unknown. */
  renewalDueMs?: number;
  renewalOverdueMs?: number;
  urgentMs?: number;
  /** First instant after the validity period. */
  expiredMs?: number;
  /** Present in state `stalled`, and in `urgent` if the renewal also fails. */
  obstacle?: RenewalObstacle;
}

interface Moment {
  nowMs: number;
  classes: LifetimeClasses;
}

const made = new WeakMap<readonly BoardRow[], Moment & { assessments: readonly Assessment[] }>();

/** Caches the last result for each list, since callers that print a list also list what needs attention. */
export function assess(rows: readonly BoardRow[], { nowMs, classes }: Moment): readonly Assessment[] {
  const known = made.get(rows);
  if (known?.nowMs === nowMs && known.classes === classes) return known.assessments;
  const obstacles = new RenewalObstacles(rows, classes, nowMs);
  const assessments = rows.map((row) => assessRow(row, { nowMs, classes }, obstacles));
  made.set(rows, { nowMs, classes, assessments });
  return assessments;
}

/** `obstacles` must cover the credential's cluster. */
export function assessRow(row: BoardRow, { nowMs, classes }: Moment, obstacles: RenewalObstacles): Assessment {
  const { notBeforeMs, notAfterMs } = row;
  if (notAfterMs === undefined) return { row, state: 'unknown' };
  const moments = lifeMoments({ notBeforeMs, notAfterMs }, classes[row.lifetimeClass]);
  const state = stateAt(moments, notBeforeMs, nowMs);
  const { renewalDueMs, renewalOverdueMs, urgentMs, expiredMs } = moments;
  const one: Assessment = { row, state, renewalDueMs, renewalOverdueMs, urgentMs, expiredMs };
  if (state !== 'renewal-overdue' && state !== 'urgent') return one;
  const obstacle = obstacles.find(row);
  if (obstacle === undefined) return one;
  if (state === 'renewal-overdue') one.state = 'stalled';
  one.obstacle = obstacle;
  return one;
}
