import { DAY_MS } from '../../shared/instant.ts';
import { addTo, greatest } from '../../shared/lists.ts';
import { fill, trimRuns, addEnds, type Filled } from './fill.ts';
import { listLanes, lastSlot, listUnmeetable, type HostLane, type Missed, type Run, type Work } from './lanes.ts';
import { listSlots, type MaintenanceRules, type MaintenanceNight } from './rules.ts';
import type { Span, ZoneClock } from '../../shared/time-zone.ts';

interface PlannedRun extends Span {
  id: string;
  dueMs: number;
}

/** The work may end long before `endMs`. */
export interface PlannedWindow extends Span {
  doneMs: number;
  runs: PlannedRun[];
}

/**
 * `no-window`: there is no window at the right time. `no-room`: the windows are too full. `too-long`: no window is long
 * enough.
 */
export type MissReason = 'no-window' | 'no-room' | 'too-long';

export interface PlannedMiss extends Omit<Missed, 'item'> {
  id: string;
  reason: MissReason;
}

export interface WindowPlan {
  windows: PlannedWindow[];
  missed: PlannedMiss[];
  considered: number;
}

interface Horizon {
  nowMs: number;
  untilMs: number;
}

export function getHorizon(rules: MaintenanceRules, nowMs: number): Horizon {
  return { nowMs, untilMs: nowMs + rules.horizonDays * DAY_MS };
}

export function lanesUnder(
  works: readonly Work[],
  rules: MaintenanceRules,
  { nowMs, untilMs }: Horizon,
  clock?: ZoneClock,
): HostLane[] {
  const slots = listSlots(rules, nowMs, untilMs, clock);
  return listLanes(works, { slots, leadMs: rules.leadDays * DAY_MS, horizonMs: untilMs });
}

/**
 * Plans windows in which all work is done in time. Uses the last window before the earliest deadline, the last one
 * before the next due time after that, and so on; if a window is too full, also the one before it. Reports work that
 * cannot be in time, and plans it as soon as possible. The rules must be valid.
 */
export function planWindows(works: readonly Work[], rules: MaintenanceRules, nowMs: number): WindowPlan {
  const horizon = getHorizon(rules, nowMs);
  const lanes = lanesUnder(works, rules, horizon);
  const slots = lanes[0]?.slots ?? listSlots(rules, nowMs, horizon.untilMs);
  const standings = lanes.map(getStanding);
  // Lanes with late work use every window that they need; other lanes reuse these windows where possible.
  const late = standings.filter(({ isLate }) => isLate).map(({ lane, runs }) => ({ lane, runs: trimRuns(lane, runs) }));
  const taken = late.flatMap(({ runs }) => runs.map(({ slot }) => slot));
  const inTime = standings.filter(({ isLate }) => !isLate);
  const windows = listWindows([...late, ...chooseLatestRuns(inTime, taken)], slots);
  const missed = standings.flatMap((standing) => standing.missed);
  return { windows, missed: addMissEnds(missed, windows), considered: slots.length };
}

interface Standing {
  lane: HostLane;
  runs: Run[];
  missed: PlannedMiss[];
  /** Whether an item is late even with extra time. */
  isLate: boolean;
}

/**
 * Reports work that is late for lack of room, and moves its due time to the end of the slot that can hold it, so that
 * the rest can be planned normally.
 */
function getStanding(lane: HostLane): Standing {
  const filled = fill(lane, lane.slots.keys(), false);
  if (filled.late.length === 0) return { lane, runs: filled.runs, missed: listMisses(lane, filled), isLate: false };
  const tardy = fill(lane, lane.slots.keys(), true);
  const missed = listMisses(lane, tardy);
  const patient = addGrace(lane, tardy);
  const again = fill(patient, lane.slots.keys(), false);
  return again.late.length === 0
    ? { lane: patient, runs: again.runs, missed, isLate: false }
    : { lane, runs: tardy.runs, missed, isLate: true };
}

function addGrace(lane: HostLane, { runs, late }: Filled): HostLane {
  const isLate = new Set(late.map(({ item }) => item));
  const graces = new Map<number, number>();
  for (const { item, slot } of runs)
    if (isLate.has(item) && !graces.has(item)) graces.set(item, lane.slots[slot]!.endMs);
  const items = lane.items.map((item, place) => ({ ...item, graceMs: graces.get(place) ?? -Infinity }));
  return { ...lane, items };
}

function addMissEnds(missed: readonly PlannedMiss[], windows: readonly PlannedWindow[]): PlannedMiss[] {
  if (missed.length === 0) return [];
  const ends = new Map<string, number[]>();
  for (const { runs } of windows) for (const { id, endMs } of runs) addTo(ends, id, endMs);
  return missed.map(({ endMs: _, ...miss }) => {
    const endMs = ends.get(miss.id)?.find((end) => end > miss.dueMs);
    return endMs === undefined ? miss : { ...miss, endMs };
  });
}

function listMisses(lane: HostLane, { late }: Filled): PlannedMiss[] {
  const alone = listUnmeetable(lane);
  const known = new Set(alone.map(({ item }) => item));
  const longestMs = greatest(lane.slots.map(({ startMs, endMs }) => endMs - startMs));
  const misses = [
    ...alone.map((miss) => {
      const isTooLong = lane.slots.length > 0 && lane.items[miss.item]!.durationMs > longestMs;
      return { ...miss, reason: isTooLong ? ('too-long' as const) : ('no-window' as const) };
    }),
    ...late.filter(({ item }) => !known.has(item)).map((miss) => ({ ...miss, reason: 'no-room' as const, times: 1 })),
  ];
  return misses.map(({ item, ...miss }) => ({ id: lane.items[item]!.id, ...miss }));
}

export function missesUnder(lane: HostLane): PlannedMiss[] {
  return listMisses(lane, fill(lane, lane.slots.keys(), true));
}

/** Limit for the product of runs and slots, about half a second of work. Above it, unnecessary slots are kept. */
const SPARE_LIMIT = 3_000_000;

/** Plans lanes in the latest slots that meet all deadlines, preferring slots that are already taken. */
function chooseLatestRuns(standings: readonly Standing[], taken: readonly number[]): { lane: HostLane; runs: Run[] }[] {
  const lanes = standings.map(({ lane }) => lane);
  const chosen = extendSlots(lanes, new Set(taken));
  const runs =
    chosen === undefined
      ? standings.map((standing) => trimRuns(standing.lane, standing.runs))
      : dropSpareSlots(lanes, runsIn(lanes, sortSlots(chosen)), taken);
  return lanes.map((lane, at) => ({ lane, runs: runs[at]! }));
}

/** Drops every slot that no deadline needs, earliest first. */
function dropSpareSlots(
  lanes: readonly HostLane[],
  runs: readonly Run[][],
  taken: readonly number[],
): readonly Run[][] {
  let best = runs;
  const listUsed = (): Set<number> => new Set([...best.flatMap((own) => own.map(({ slot }) => slot)), ...taken]);
  if (listUsed().size * runs.flat().length > SPARE_LIMIT) return best;
  for (const slot of sortSlots(listUsed())) {
    const others = listUsed();
    if (taken.includes(slot) || !others.delete(slot)) continue;
    const left = sortSlots(others);
    if (areInTime(lanes, left)) best = runsIn(lanes, left);
  }
  return best;
}

function areInTime(lanes: readonly HostLane[], chosen: readonly number[]): boolean {
  return lanes.every((lane) => fill(lane, chosen, false).late.length === 0);
}

/** Returns the fewest runs in these slots that meet all deadlines. */
function runsIn(lanes: readonly HostLane[], chosen: readonly number[]): Run[][] {
  return lanes.map((lane) => trimRuns(lane, fill(lane, chosen, false).runs));
}

/**
 * Adds slots until nothing is late: the latest slots before the earliest due time, as many as the work due by then
 * needs. `undefined` if more slots do not help.
 */
function extendSlots(lanes: readonly HostLane[], chosen: Set<number>): Set<number> | undefined {
  for (;;) {
    const inOrder = sortSlots(chosen);
    const late = lanes.flatMap((lane) =>
      fill(lane, inOrder, false).late.map(({ item: place, dueMs }) => {
        const item = lane.items[place]!;
        return { lane, item, dueMs, last: lastSlot(lane, item, dueMs) };
      }),
    );
    const [one] = late;
    if (one === undefined) return chosen;
    const first = late.reduce((earliest, each) => (each.dueMs < earliest.dueMs ? each : earliest), one);
    let overMs = late
      .filter(({ lane, last }) => lane === first.lane && last <= first.last)
      .reduce((sum, { item }) => sum + item.durationMs, 0);
    const { size } = chosen;
    for (let slot = first.last; slot >= 0 && overMs > 0; slot -= 1) {
      if (chosen.has(slot)) continue;
      const { startMs, endMs } = first.lane.slots[slot]!;
      chosen.add(slot);
      overMs -= endMs - startMs;
    }
    if (chosen.size === size) return undefined;
  }
}

function sortSlots(slots: ReadonlySet<number>): number[] {
  return [...slots].sort((a, b) => a - b);
}

/** Restores the due times under the rules, without the extra time for late work. */
function restoreDues(lane: HostLane, runs: readonly Run[]): Run[] {
  const dues = lane.items.map(({ dueMs }) => dueMs);
  return runs.map((run) => {
    const dueMs = dues[run.item]!;
    const { repeatMs } = lane.items[run.item]!;
    dues[run.item] = Math.max(dueMs, lane.slots[run.slot]!.startMs + repeatMs - lane.leadMs);
    return { ...run, dueMs };
  });
}

function listWindows(
  planned: readonly { lane: HostLane; runs: readonly Run[] }[],
  slots: readonly MaintenanceNight[],
): PlannedWindow[] {
  const bySlot = new Map<number, PlannedRun[]>();
  for (const { lane, runs } of planned)
    for (const run of restoreDues(lane, addEnds(lane, runs))) {
      const { id, durationMs } = lane.items[run.item]!;
      addTo(bySlot, run.slot, { id, startMs: run.endMs - durationMs, endMs: run.endMs, dueMs: run.dueMs });
    }
  return sortSlots(new Set(bySlot.keys())).map((slot) => {
    const { startMs, endMs } = slots[slot]!;
    const runs = bySlot.get(slot)!.sort((a, b) => a.startMs - b.startMs);
    return { startMs, endMs, doneMs: greatest(runs.map((run) => run.endMs)), runs };
  });
}
