import {
  effectiveDues,
  isInTime,
  mayRun,
  nextDueMs,
  startState,
  type HostLane,
  type LaneState,
  type Missed,
  type Run,
} from './lanes.ts';

/** A slot counts as full after this many items that do not fit. */
const PASSED_OVER = 16;

export interface Filled {
  runs: Run[];
  /** Items that are late for lack of room, each with its first late occurrence. */
  late: Late[];
}

type Late = Omit<Missed, 'times'>;

/** Keeps the queue in descending order of due time. */
function enqueue(queue: number[], place: number, dues: readonly number[]): void {
  const due = dues[place]!;
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = queue[middle]!;
    if (dues[other]! > due || (dues[other] === due && other > place)) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, place);
}

/**
 * Fills each chosen slot with the items due first, while there is room. Stops at the first item that would be late;
 * with `isTardy`, schedules it late and continues. The result is not always optimal: another order might use the
 * remaining room.
 */
export function fill(lane: HostLane, chosen: Iterable<number>, isTardy: boolean): Filled {
  const state = startState(lane);
  const dues = effectiveDues(lane, state);
  const queue: number[] = [];
  dues.forEach((due, place) => {
    if (due !== Infinity) enqueue(queue, place, dues);
  });
  const runs: Run[] = [];
  const late = new Map<number, Late>();
  for (const slot of chosen) {
    if (queue.length === 0) break;
    for (const place of fillSlot({ lane, state, dues, queue, slot, runs, isTardy, late })) {
      const due = nextDueMs(lane, lane.items[place]!, slot, state.dueMs[place]!);
      state.dueMs[place] = due;
      state.isBegun[place] = true;
      dues[place] = due;
      if (due !== Infinity) enqueue(queue, place, dues);
    }
    if (late.size > 0 && !isTardy) break;
  }
  for (const place of queue.reverse())
    if (!late.has(place)) late.set(place, { item: place, dueMs: state.dueMs[place]! });
  return { runs, late: [...late.values()] };
}

interface Filling {
  lane: HostLane;
  state: LaneState;
  dues: number[];
  queue: number[];
  slot: number;
  runs: Run[];
  isTardy: boolean;
  late: Map<number, Late>;
}

function fillSlot({ lane, state, dues, queue, slot, runs, isTardy, late }: Filling): number[] {
  const at = lane.slots[slot]!;
  const picked = new Set<number>();
  const back: number[] = [];
  let passedOver = 0;
  let isTight = false;
  let leftMs = at.endMs - at.startMs;
  while (passedOver < PASSED_OVER) {
    const place = queue.pop();
    if (place === undefined) break;
    const item = lane.items[place]!;
    const canRun = mayRun(lane, state, place, slot, (before) => picked.has(before));
    if (!canRun || item.durationMs > leftMs) {
      if (canRun) passedOver += 1;
      back.push(place);
      continue;
    }
    picked.add(place);
    leftMs -= item.durationMs;
    const places = [...picked].sort((a, b) => a - b);
    // The order within a slot can make an item late only if an item is due within the slot.
    isTight ||= dues[place]! < at.endMs;
    if (!isTardy && isTight) {
      if (isInTime(lane, state, slot, places)) continue;
      picked.delete(place);
      leftMs += item.durationMs;
      back.push(place);
    }
  }
  for (const place of back) enqueue(queue, place, dues);
  const places = [...picked].sort((a, b) => a - b);
  let endMs = at.startMs;
  for (const place of places) {
    endMs += lane.items[place]!.durationMs;
    const dueMs = state.dueMs[place]!;
    runs.push({ item: place, slot, endMs, dueMs });
    if (endMs > dueMs && !late.has(place)) late.set(place, { item: place, dueMs, endMs });
  }
  return places;
}

/** Drops unnecessary runs, so that each item is done as rarely and as late as the chosen slots allow. */
export function trimRuns(lane: HostLane, runs: readonly Run[]): Run[] {
  const ofItem: Run[][] = lane.items.map(() => []);
  for (const run of runs) ofItem[run.item]!.push(run);
  const start = startState(lane);
  const kept: Run[][] = lane.items.map(() => []);
  // For each item, the last slot in which it may be done, because an item that depends on it is kept there.
  const notAfter = lane.items.map(() => Infinity);
  for (let place = lane.items.length - 1; place >= 0; place -= 1) {
    const item = lane.items[place]!;
    let dueMs = start.dueMs[place]!;
    let limit = notAfter[place]!;
    let at = 0;
    const all = ofItem[place]!;
    while (dueMs !== Infinity && at < all.length) {
      let pick = at;
      while (pick + 1 < all.length && all[pick + 1]!.endMs <= dueMs && all[pick + 1]!.slot <= limit) pick += 1;
      const run = all[pick]!;
      kept[place]!.push({ ...run, dueMs });
      dueMs = nextDueMs(lane, item, run.slot, dueMs);
      limit = Infinity;
      at = pick + 1;
    }
    const first = kept[place]![0];
    if (first !== undefined)
      for (const before of item.after) notAfter[before] = Math.min(notAfter[before]!, first.slot);
  }
  return addEnds(lane, kept.flat());
}

/** Sorts runs and computes their ends: runs follow one another from the start of each slot. */
export function addEnds(lane: HostLane, runs: readonly Run[]): Run[] {
  const sorted = [...runs].sort((a, b) => a.slot - b.slot || a.item - b.item);
  let slot = -1;
  let endMs = 0;
  return sorted.map((run) => {
    if (run.slot !== slot) endMs = lane.slots[run.slot]!.startMs;
    slot = run.slot;
    endMs += lane.items[run.item]!.durationMs;
    return { ...run, endMs };
  });
}
