import type { BoardRow } from './board.ts';
import { judgeRows } from './board.ts';
import type { LifetimeClasses } from './catalogue/lifetimes.ts';
import { SECOND_MS } from './instant.ts';
import type { ExpiryState } from './lifetime.ts';
import { thresholdAtMs } from './lifetime.ts';
import { RenewalObstacles } from './renewal-obstacle.ts';
import type { RenewalObstacle } from './renewal-obstacle.ts';

/** A credential judged at one moment, with the moments at which that changes. Milliseconds since 1970. */
export interface Assessment {
  row: BoardRow;
  state: ExpiryState;
  /** Absent without a known end, as are the others. */
  renewalDueMs?: number;
  renewalOverdueMs?: number;
  urgentMs?: number;
  /** First moment at which it is no longer valid. */
  expiredMs?: number;
  /** With `stalled`, and with `urgent` where the renewal is seen failing, too. */
  obstacle?: RenewalObstacle;
}

/** All credentials of an inventory at `nowMs`, in the order of `rows`. */
export function assess(
  rows: readonly BoardRow[],
  { nowMs, classes }: { nowMs: number; classes: LifetimeClasses },
): Assessment[] {
  const { states } = judgeRows(rows, nowMs, classes);
  const obstacles = new RenewalObstacles(rows, classes, nowMs);
  return rows.map((row, index) => {
    const state = states[index] ?? 'unknown';
    const { notBeforeMs, notAfterMs } = row;
    if (notAfterMs === undefined) return { row, state };
    const lifetimeClass = classes[row.lifetimeClass];
    const at = (name: 'renewalDue' | 'renewalOverdue' | 'urgent'): number =>
      thresholdAtMs(lifetimeClass[name], { notBeforeMs, notAfterMs }, lifetimeClass.usualMs);
    const obstacle = state === 'stalled' || state === 'urgent' ? obstacles.of(row) : undefined;
    return {
      row,
      state,
      renewalDueMs: at('renewalDue'),
      renewalOverdueMs: at('renewalOverdue'),
      urgentMs: at('urgent'),
      expiredMs: notAfterMs + SECOND_MS,
      ...(obstacle !== undefined && { obstacle }),
    };
  });
}
