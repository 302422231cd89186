import type { LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import {
  EXPIRY_STATES,
  getNextChange,
  lifeMoments,
  stateAt,
  type ExpiryState,
} from '../../knowledge/model/credentials/expiry-state.ts';
import { RenewalObstacles } from './renewal-obstacle.ts';

export interface BoardStates {
  states: readonly ExpiryState[];
  counts: Readonly<Record<ExpiryState, number>>;
  /** Milliseconds since 1970; `Infinity` if no state will ever change. */
  nextChangeMs: number;
}

/** States that somebody must be told about; `core/repair/model/needs.ts` decides what to do. */
export const NEEDS_ATTENTION: readonly ExpiryState[] = [
  ...(['expired', 'urgent', 'stalled', 'renewal-overdue', 'not-yet-valid'] as const),
];

export function countStates(judged: readonly { state: ExpiryState }[]): Record<ExpiryState, number> {
  const counts = Object.fromEntries(EXPIRY_STATES.map((state) => [state, 0])) as Record<ExpiryState, number>;
  for (const { state } of judged) counts[state] += 1;
  return counts;
}

/** The last result for adjacent rows of one cluster, whose states depend on each other. */
interface JudgedGroup {
  first: number;
  end: number;
  nextChangeMs: number;
}

/** Judges the same rows again as time passes. Recomputes only clusters in which a state may change. */
export class BoardJudge {
  readonly #rows: readonly BoardRow[];
  readonly #classes: LifetimeClasses;
  #groups: JudgedGroup[] | undefined;
  #obstacles: RenewalObstacles | undefined;
  #last: BoardStates | undefined;
  #lastMs = -Infinity;

  constructor(rows: readonly BoardRow[], classes: LifetimeClasses) {
    this.#rows = rows;
    this.#classes = classes;
  }

  /** Returns the same object as before if nothing has changed. */
  statesAt(nowMs: number): BoardStates {
    const last = this.#last;
    const isLater = last !== undefined && nowMs >= this.#lastMs;
    if (isLater && nowMs < last.nextChangeMs) return last;
    const groups = (this.#groups ??= groupByCluster(this.#rows));
    this.#obstacles = this.#obstacles?.obstaclesAt(nowMs) ?? new RenewalObstacles(this.#rows, this.#classes, nowMs);
    const states = last?.states.slice() ?? new Array<ExpiryState>(this.#rows.length).fill('unknown');
    const counts = last === undefined ? { ...countStates([]), unknown: states.length } : { ...last.counts };
    for (const group of groups)
      if (!isLater || nowMs >= group.nextChangeMs) this.#judge(group, nowMs, { states, counts });
    const nextChangeMs = groups.reduce((first, group) => Math.min(first, group.nextChangeMs), Infinity);
    this.#last = { states, counts, nextChangeMs };
    this.#lastMs = nowMs;
    return this.#last;
  }

  #judge(
    group: JudgedGroup,
    nowMs: number,
    { states, counts }: { states: ExpiryState[]; counts: Record<ExpiryState, number> },
  ): void {
    group.nextChangeMs = Infinity;
    for (let index = group.first; index < group.end; index++) {
      const state = this.#judgeRow(this.#rows[index]!, nowMs, group);
      counts[states[index]!] -= 1;
      counts[state] += 1;
      states[index] = state;
    }
    const first = this.#rows[group.first];
    if (first === undefined) return;
    for (const endMs of this.#obstacles?.pillarEnds(first.clusterId) ?? []) changeAt(group, endMs, nowMs);
  }

  #judgeRow(row: BoardRow, nowMs: number, group: JudgedGroup): ExpiryState {
    const { notBeforeMs, notAfterMs, refusals } = row;
    if (notAfterMs === undefined) return 'unknown';
    const moments = lifeMoments({ notBeforeMs, notAfterMs }, this.#classes[row.lifetimeClass]);
    let state = stateAt(moments, notBeforeMs, nowMs);
    if (state === 'renewal-overdue' && this.#obstacles?.find(row) !== undefined) state = 'stalled';
    changeAt(group, getNextChange(moments, notBeforeMs, nowMs), nowMs);
    if (refusals !== undefined) for (const { untilMs = Infinity } of refusals) changeAt(group, untilMs, nowMs);
    return state;
  }
}

function changeAt(group: JudgedGroup, ms: number, nowMs: number): void {
  if (ms > nowMs && ms < group.nextChangeMs) group.nextChangeMs = ms;
}

/** Returns one group per cluster, or a single group if rows of some cluster are not adjacent. */
function groupByCluster(rows: readonly BoardRow[]): JudgedGroup[] {
  const groups: JudgedGroup[] = [];
  const known = new Set<string>();
  let clusterId: string | undefined;
  for (const [index, row] of rows.entries()) {
    if (row.clusterId !== clusterId) {
      clusterId = row.clusterId;
      if (known.has(clusterId)) return [{ first: 0, end: rows.length, nextChangeMs: -Infinity }];
      known.add(clusterId);
      groups.push({ first: index, end: index, nextChangeMs: -Infinity });
    }
    groups.at(-1)!.end = index + 1;
  }
  return groups;
}
