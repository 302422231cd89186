import { DAY_MS } from '../../shared/instant.ts';
import { fewestWithRoom, fill, trimmed, withEnds, type Filled } from './fill.ts';
import { lanesOf, lastSlot, missedAlone, startState, type Lane, type Run, type Work } from './lanes.ts';
import { slotsOf, type MaintenanceRules, type Slot } from './rules.ts';
import { Budget, meetsAll, searchWith } from './search.ts';
import type { ZoneClock } from './time-zone.ts';

/** Steps that the search for a better plan may take: about half a second. */
const SEARCH_STEPS = 60_000;
/** Runs times windows up to which every window is tried for being dispensable. */
const PRUNE_LIMIT = 3_000_000;

export interface PlannedRun {
  id: string;
  startMs: number;
  endMs: number;
  /** Its deadline less the lead. */
  dueMs: number;
}

/** A window in which something is done. Spans are of the rules; work may be over long before `endMs`. */
export interface PlannedWindow {
  startMs: number;
  endMs: number;
  /** When the last task is done, as estimated. */
  doneMs: number;
  /** In the order in which they are done; those of different lanes side by side. */
  runs: PlannedRun[];
}

/** `no-window`: no window at the right time, however much room. `no-room`: the windows are too full. `too-long`: longer than any window. */
export type MissReason = 'no-window' | 'no-room' | 'too-long';

/** A deadline that the rules cannot meet. */
export interface PlannedMiss {
  id: string;
  reason: MissReason;
  /** The deadline less the lead. */
  dueMs: number;
  /** When it is done by this plan; absent when there is no window for it within the horizon. */
  endMs?: number;
  /** How often within the horizon. */
  times: number;
}

export interface WindowPlan {
  windows: PlannedWindow[];
  missed: PlannedMiss[];
  /** Proven: no plan with fewer windows meets as much. */
  exact: boolean;
  /** Windows that the rules allow within the horizon, used or not. */
  considered: number;
}

export interface Horizon {
  nowMs: number;
  untilMs: number;
}

export function horizonOf(rules: MaintenanceRules, nowMs: number): Horizon {
  return { nowMs, untilMs: nowMs + rules.horizonDays * DAY_MS };
}

/** Lanes of the work under the rules, all with the same slots. */
export function lanesUnder(
  works: readonly Work[],
  rules: MaintenanceRules,
  { nowMs, untilMs }: Horizon,
  clock?: ZoneClock,
): Lane[] {
  const slots = slotsOf(rules, nowMs, untilMs, clock);
  return lanesOf(works, { slots, leadMs: rules.leadDays * DAY_MS, horizonMs: untilMs });
}

/**
 * The fewest windows in which all work is done in time. What cannot be done in time is told, and done as soon as it can be.
 * Proven for small inputs, and wherever the plan is as short as it would be with room for everything in each window. The
 * rules must have no fault. Source of the method: the last window before the first deadline is never a worse choice than an
 * earlier one as long as there is room; where there is not, every choice is tried within a fixed number of steps.
 */
export function planWindows(works: readonly Work[], rules: MaintenanceRules, nowMs: number): WindowPlan {
  const horizon = horizonOf(rules, nowMs);
  const lanes = lanesUnder(works, rules, horizon);
  const slots = lanes[0]?.slots ?? slotsOf(rules, nowMs, horizon.untilMs);
  const budget = new Budget(SEARCH_STEPS);
  const standings = lanes.map((lane) => standingOf(lane, budget));
  const crowded = standings.filter(({ isCrowded }) => isCrowded);
  const full = crowded.filter(({ late }) => late.length > 0);
  const free = standings.filter(({ late }) => late.length === 0);
  // Lanes that stay late take what they need; the others join them there as far as they can.
  const fixed = full.map(({ lane, runs }) => trimmed(lane, runs));
  const taken = new Set(fixed.flat().map(({ slot }) => slot));
  const { runs, exact } = fewest(
    free.map(({ lane }) => lane),
    free.map((standing) => standing.runs),
    taken,
    budget,
  );
  const windows = windowsOf(
    [
      ...full.map(({ lane }, at) => ({ lane, runs: fixed[at]! })),
      ...free.map(({ lane }, at) => ({ lane, runs: runs[at]! })),
    ],
    slots,
  );
  return {
    windows,
    missed: withEndsOf(
      standings.flatMap(({ missed }) => missed),
      windows,
    ),
    exact: exact && crowded.length === 0,
    considered: slots.length,
  };
}

interface Standing extends Filled {
  lane: Lane;
  missed: PlannedMiss[];
  /** Something was late for want of room, before it was given time. */
  isCrowded: boolean;
}

/**
 * What a lane can do with every slot. What is late for want of room is told, and given until the end of the slot in which it
 * can be done, so that the rest can be planned as any other; `late` is what is late even then.
 */
function standingOf(lane: Lane, budget: Budget): Standing {
  const filled = fill(lane, lane.slots.keys(), false);
  const isMet = filled.late.length === 0;
  const searched = isMet ? filled.runs : meetsAll(lane, budget);
  if (Array.isArray(searched)) {
    const met = { runs: searched, late: [] };
    return { ...met, lane, missed: missesOf(lane, met), isCrowded: false };
  }
  const tardy = fill(lane, lane.slots.keys(), true);
  const missed = missesOf(lane, tardy);
  const patient = withGrace(lane, tardy);
  const again = fill(patient, lane.slots.keys(), false);
  return again.late.length === 0
    ? { ...again, lane: patient, missed, isCrowded: true }
    : { ...tardy, lane, missed, isCrowded: true };
}

/** The lane with time for what is late in it: until the end of the slot in which it was done. */
function withGrace(lane: Lane, { runs, late }: Filled): Lane {
  const isLate = new Set(late.map(({ item }) => item));
  const graces = new Map<number, number>();
  for (const { item, slot } of runs)
    if (isLate.has(item) && !graces.has(item)) graces.set(item, lane.slots[slot]!.endMs);
  const items = lane.items.map((item, place) => ({ ...item, graceMs: graces.get(place) ?? -Infinity }));
  return { ...lane, items };
}

/** Misses with the moment at which the plan does it. */
function withEndsOf(missed: readonly PlannedMiss[], windows: readonly PlannedWindow[]): PlannedMiss[] {
  const ends = new Map<string, number[]>();
  for (const { runs } of windows)
    for (const { id, endMs } of runs) {
      const known = ends.get(id);
      if (known === undefined) ends.set(id, [endMs]);
      else known.push(endMs);
    }
  return missed.map(({ endMs: _, ...miss }) => {
    const endMs = ends.get(miss.id)?.find((end) => end > miss.dueMs);
    return endMs === undefined ? miss : { ...miss, endMs };
  });
}

/** What this lane cannot meet, each item once. */
function missesOf(lane: Lane, { late }: Filled): PlannedMiss[] {
  const alone = missedAlone(lane);
  const known = new Set(alone.map(({ item }) => item));
  const longestMs = lane.slots.reduce((most, { startMs, endMs }) => Math.max(most, endMs - startMs), 0);
  return [
    ...alone.map(({ item, times, dueMs, endMs }): PlannedMiss => ({
      id: lane.items[item]!.id,
      reason: lane.slots.length > 0 && lane.items[item]!.durationMs > longestMs ? 'too-long' : 'no-window',
      dueMs,
      times,
      ...(endMs === undefined ? {} : { endMs }),
    })),
    ...late
      .filter(({ item }) => !known.has(item))
      .map(({ item, dueMs, endMs }): PlannedMiss => ({
        id: lane.items[item]!.id,
        reason: 'no-room',
        dueMs,
        times: 1,
        ...(endMs === undefined ? {} : { endMs }),
      })),
  ];
}

/** What the lane misses with every slot in use. */
export function missesUnder(lane: Lane): PlannedMiss[] {
  return missesOf(lane, fill(lane, lane.slots.keys(), true));
}

interface Fewest {
  /** By lane. */
  runs: Run[][];
  exact: boolean;
}

/** Runs in as few slots as can be found beyond those that are taken. `known` is a plan of each lane that meets everything. */
function fewest(lanes: readonly Lane[], known: readonly Run[][], taken: ReadonlySet<number>, budget: Budget): Fewest {
  const withRoom = fewestWithRoom(lanes, lanes.map(startState), -1).filter((slot) => slot !== Infinity);
  let chosen = extended(lanes, new Set([...withRoom, ...taken]));
  let runs = chosen === undefined ? undefined : lanes.map((lane) => runsIn(lane, chosen!));
  if (chosen === undefined || runs === undefined) {
    runs = known.map((ofLane, at) => trimmed(lanes[at]!, ofLane));
    chosen = slotsUsed(runs);
  }
  const least = Math.max(withRoom.length, ...lanes.map(leastByRoom));
  if (slotsUsed(runs).size > least) {
    runs = pruned(lanes, runs, taken);
    const used = slotsUsed(runs).size;
    for (let count = least; count < used && taken.size === 0; count += 1) {
      const { runs: better, isComplete } = searchWith(lanes, count, budget);
      if (better !== undefined) return { runs: lanes.map((lane, at) => trimmed(lane, better[at]!)), exact: true };
      if (!isComplete) return { runs, exact: false };
    }
    return { runs, exact: taken.size === 0 };
  }
  return { runs, exact: true };
}

/** Adds slots, the latest that help, until nothing is late; `undefined` when that does not help any more. */
function extended(lanes: readonly Lane[], chosen: Set<number>): Set<number> | undefined {
  for (;;) {
    const missing = lanes.map((lane) => missingSlots(lane, chosen));
    if (missing.some((slots) => slots === undefined)) return undefined;
    if (missing.every((slots) => slots?.length === 0)) return chosen;
    for (const slots of missing) for (const slot of slots ?? []) chosen.add(slot);
  }
}

/** Slots to add for what is late first: the latest before it is due, as many as its work fills. */
function missingSlots(lane: Lane, chosen: ReadonlySet<number>): number[] | undefined {
  const { late } = fill(lane, sorted(chosen), false);
  const first = late.reduce<(typeof late)[number] | undefined>(
    (earliest, each) => (earliest === undefined || each.dueMs < earliest.dueMs ? each : earliest),
    undefined,
  );
  if (first === undefined) return [];
  const last = lastSlot(lane, lane.items[first.item]!, first.dueMs);
  const overMs = late
    .filter(({ item, dueMs }) => lastSlot(lane, lane.items[item]!, dueMs) <= last)
    .reduce((sum, { item }) => sum + lane.items[item]!.durationMs, 0);
  const added: number[] = [];
  let roomMs = 0;
  for (let slot = last; slot >= 0 && roomMs < overMs; slot -= 1) {
    const at = lane.slots[slot];
    if (at === undefined || chosen.has(slot)) continue;
    added.push(slot);
    roomMs += at.endMs - at.startMs;
  }
  return added.length === 0 ? undefined : added;
}

function sorted(slots: ReadonlySet<number>): number[] {
  return [...slots].sort((a, b) => a - b);
}

function slotsUsed(runs: readonly (readonly Run[])[]): Set<number> {
  return new Set(runs.flat().map(({ slot }) => slot));
}

/** The lane's work in the chosen slots, no more than needed. */
function runsIn(lane: Lane, chosen: ReadonlySet<number>): Run[] {
  return trimmed(lane, fill(lane, sorted(chosen), false).runs);
}

/** Leaves out every slot without which all is still met, the earliest first. */
function pruned(lanes: readonly Lane[], runs: Run[][], taken: ReadonlySet<number>): Run[][] {
  let best = runs;
  let chosen = new Set([...slotsUsed(runs), ...taken]);
  if (chosen.size * runs.flat().length > PRUNE_LIMIT) return best;
  for (const slot of sorted(chosen)) {
    if (taken.has(slot)) continue;
    const without = new Set(chosen);
    if (!without.delete(slot)) continue;
    const filled = lanes.map((lane) => fill(lane, sorted(without), false));
    if (filled.some(({ late }) => late.length > 0)) continue;
    best = lanes.map((lane, at) => trimmed(lane, filled[at]!.runs));
    chosen = new Set([...slotsUsed(best), ...taken]);
  }
  return best;
}

/** So many slots the lane needs at least for the length of its work, whatever is done in which. */
function leastByRoom(lane: Lane): number {
  const unitMs = lane.items.reduce((common, { durationMs }) => divisor(common, durationMs), 0);
  if (unitMs === 0) return 0;
  const start = startState(lane);
  const byDue = lane.items
    .map(({ durationMs }, place) => ({ durationMs, dueMs: start.dueMs[place]! }))
    .filter(({ dueMs }) => dueMs !== Infinity)
    .sort((a, b) => a.dueMs - b.dueMs);
  let least = 0;
  let workMs = 0;
  for (const [at, { durationMs, dueMs }] of byDue.entries()) {
    workMs += durationMs;
    if (byDue[at + 1]?.dueMs === dueMs) continue;
    const rooms = lane.slots
      .filter(({ startMs }) => startMs < dueMs)
      .map(({ startMs, endMs }) => Math.floor((endMs - startMs) / unitMs) * unitMs)
      .sort((a, b) => b - a);
    let count = 0;
    for (let roomMs = 0; roomMs < workMs && count < rooms.length; count += 1) roomMs += rooms[count]!;
    least = Math.max(least, count);
  }
  return least;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/** Runs, in order of time, with the dues of the rules: without what was given to what cannot be met. */
function withDues(lane: Lane, runs: readonly Run[]): Run[] {
  const dues = lane.items.map(({ dueMs }) => dueMs);
  return runs.map((run) => {
    const dueMs = dues[run.item]!;
    const { repeatMs } = lane.items[run.item]!;
    dues[run.item] = Math.max(dueMs, lane.slots[run.slot]!.startMs + repeatMs - lane.leadMs);
    return { ...run, dueMs };
  });
}

function windowsOf(planned: readonly { lane: Lane; runs: readonly Run[] }[], slots: readonly Slot[]): PlannedWindow[] {
  const bySlot = new Map<number, PlannedRun[]>();
  for (const { lane, runs } of planned)
    for (const run of withDues(lane, withEnds(lane, runs))) {
      const { id, durationMs } = lane.items[run.item]!;
      const planned = { id, startMs: run.endMs - durationMs, endMs: run.endMs, dueMs: run.dueMs };
      const group = bySlot.get(run.slot);
      if (group === undefined) bySlot.set(run.slot, [planned]);
      else group.push(planned);
    }
  return sorted(new Set(bySlot.keys())).map((slot) => {
    const { startMs, endMs } = slots[slot]!;
    const runs = bySlot.get(slot)!;
    runs.sort((a, b) => a.startMs - b.startMs);
    return { startMs, endMs, doneMs: Math.max(...runs.map((run) => run.endMs)), runs };
  });
}
