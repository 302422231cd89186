import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import { EXPIRY_STATES, thresholdAtMs, type ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import { SECOND_MS } from '../../shared/instant.ts';

/*
 * The worst state among a cluster's credentials over time, as steps that can be sampled in cells of any length. States
 * are indexes in `EXPIRY_STATES`; a lower index is worse.
 */

const FINE = EXPIRY_STATES.indexOf('fine');

/** Times are in milliseconds since 1970, absent for never. */
export interface StatusSegment {
  renewedMs?: number;
  /** Start and end of validity of the first successor to expire, and when it is usable again (absent for never). */
  endFromMs?: number;
  endMs?: number;
  recoversMs?: number;
}

/** A period in a state other than fine; `untilMs` may be `Infinity`. */
export interface Phase {
  state: number;
  fromMs: number;
  untilMs: number;
}

/** Lists a credential's phases until its renewal and those of the expiring successor. Empty if the end is unknown. */
export function listPhases(
  row: Pick<BoardRow, 'notBeforeMs' | 'notAfterMs' | 'lifetimeClass'>,
  { renewedMs, endFromMs, endMs, recoversMs }: StatusSegment,
  classes: LifetimeClasses,
): Phase[] {
  const { notBeforeMs, notAfterMs } = row;
  if (notAfterMs === undefined) return [];
  const phases: Phase[] = [];
  const add = (state: ExpiryState, fromMs: number, untilMs: number) => {
    if (untilMs > fromMs) phases.push({ state: EXPIRY_STATES.indexOf(state), fromMs, untilMs });
  };
  const { renewalDue, renewalOverdue, urgent, usualMs } = classes[row.lifetimeClass];
  const grow = (beginMs: number | undefined, lastMs: number, untilMs: number) => {
    const period = { notBeforeMs: beginMs, notAfterMs: lastMs };
    const dueMs = thresholdAtMs(renewalDue, period, usualMs);
    const overdueMs = Math.max(dueMs, thresholdAtMs(renewalOverdue, period, usualMs));
    const urgentMs = Math.max(overdueMs, thresholdAtMs(urgent, period, usualMs));
    add('renewal-due', dueMs, Math.min(overdueMs, untilMs));
    add('renewal-overdue', overdueMs, Math.min(urgentMs, untilMs));
    add('urgent', urgentMs, Math.min(lastMs + SECOND_MS, untilMs));
  };
  if (notBeforeMs !== undefined) add('not-yet-valid', -Infinity, notBeforeMs);
  const ownEndMs = notAfterMs + SECOND_MS;
  const endsAsItIs = endMs !== undefined && endMs <= ownEndMs;
  grow(notBeforeMs, notAfterMs, Math.min(ownEndMs, endsAsItIs ? Infinity : (renewedMs ?? Infinity)));
  if (endMs === undefined) return phases;
  if (!endsAsItIs && endFromMs !== undefined) grow(endFromMs, endMs - SECOND_MS, endMs);
  add('expired', endMs, recoversMs ?? Infinity);
  return phases;
}

/** `states[n]` is the worst state from `fromMs[n]` to the next instant. The first step has no beginning. */
export interface Steps {
  fromMs: Float64Array;
  states: Uint8Array;
}

export function worstSteps(phases: readonly Phase[]): Steps {
  const edges = new Float64Array(phases.length * 2);
  phases.forEach(({ fromMs, untilMs }, at) => {
    edges[at * 2] = fromMs;
    edges[at * 2 + 1] = untilMs;
  });
  const order = Uint32Array.from(edges.keys()).sort((one, other) => edges[one]! - edges[other]!);
  const counts = new Int32Array(EXPIRY_STATES.length);
  const fromMs: number[] = [-Infinity];
  const states: number[] = [FINE];
  for (let next = 0; next < order.length;) {
    const atMs = edges[order[next]!]!;
    if (atMs === Infinity) break;
    // Applies all changes at this instant before the state is read.
    for (; next < order.length && edges[order[next]!] === atMs; next += 1) {
      const edge = order[next]!;
      counts[phases[edge >> 1]!.state]! += edge % 2 === 0 ? 1 : -1;
    }
    const worst = findWorst(counts);
    if (worst === states.at(-1)) continue;
    if (atMs === fromMs.at(-1)) states[states.length - 1] = worst;
    else {
      fromMs.push(atMs);
      states.push(worst);
    }
  }
  return { fromMs: Float64Array.from(fromMs), states: Uint8Array.from(states) };
}

function findWorst(counts: Int32Array): number {
  for (let state = 0; state < FINE; state += 1) if (counts[state]! > 0) return state;
  return FINE;
}

export function buildStrip(
  { fromMs, states }: Steps,
  cells: { fromMs: number; cellMs: number; count: number },
): Uint8Array {
  const strip = new Uint8Array(cells.count);
  let step = stepAt(fromMs, cells.fromMs);
  for (let cell = 0; cell < cells.count; cell += 1) {
    const beginMs = cells.fromMs + cell * cells.cellMs;
    const endMs = beginMs + cells.cellMs;
    // Skips steps that end by the start of the cell.
    while (step + 1 < fromMs.length && fromMs[step + 1]! <= beginMs) step += 1;
    let worst = states[step]!;
    while (step + 1 < fromMs.length && fromMs[step + 1]! < endMs) {
      step += 1;
      worst = Math.min(worst, states[step]!);
    }
    strip[cell] = worst;
  }
  return strip;
}

/** Returns the index of the last step that begins at or before an instant. */
export function stepAt(fromMs: ArrayLike<number>, atMs: number): number {
  let low = 0;
  let high = fromMs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fromMs[middle]! <= atMs) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function findCellState(cell: number | undefined): ExpiryState {
  return EXPIRY_STATES[cell ?? FINE] ?? 'fine';
}

export interface StripRun {
  state: ExpiryState;
  first: number;
  count: number;
}

export function collectRuns(strip: Uint8Array): StripRun[] {
  const runs: StripRun[] = [];
  for (let cell = 0; cell < strip.length; cell += 1) {
    const state = findCellState(strip[cell]);
    const last = runs.at(-1);
    if (last?.state === state) last.count += 1;
    else runs.push({ state, first: cell, count: 1 });
  }
  return runs;
}
