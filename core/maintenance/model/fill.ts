import {
  afterSlot,
  effectiveDues,
  endsInSlot,
  lastSlot,
  mayRun,
  nextDueMs,
  startState,
  type HostLane,
  type LaneState,
  type Run,
} from './lanes.ts';

/** Number of items that do not fit before a slot counts as full. */
const PASSED_OVER = 16;

/** A lane's work in the chosen slots. */
export interface Filled {
  runs: Run[];
  /** Items late for want of room, each at its first occurrence. */
  late: Late[];
}

export interface Late {
  item: number;
  dueMs: number;
  /** Absent when no slot is left for it. */
  endMs?: number;
}

/** Items ordered by due time: a binary heap of places. */
class DueHeap {
  #places: number[] = [];
  readonly #dues: readonly number[];

  /** `dues` may change for a place only while it is not in the heap. */
  constructor(dues: readonly number[]) {
    this.#dues = dues;
  }

  get first(): number | undefined {
    return this.#places[0];
  }

  push(place: number): void {
    const places = this.#places;
    let at = places.length;
    places.push(place);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): number | undefined {
    const places = this.#places;
    const first = places[0];
    const last = places.pop();
    if (first === undefined || last === undefined || places.length === 0) return first;
    places[0] = last;
    for (let at = 0; ;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < places.length && this.#isBefore(child, least)) least = child;
      if (least === at) return first;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(left: number, right: number): boolean {
    const [a, b] = [this.#places[left]!, this.#places[right]!];
    const [dueA, dueB] = [this.#dues[a]!, this.#dues[b]!];
    return dueA < dueB || (dueA === dueB && a < b);
  }

  #swap(left: number, right: number): void {
    const places = this.#places;
    [places[left], places[right]] = [places[right]!, places[left]!];
  }
}

/**
 * In each chosen slot, in chronological order, does what is due first, as far as there is room. Ends at the first item
 * that would be late, unless `isTardy`: then it is done late. Good, but not always optimal: it may leave room that a
 * cleverer order would have used.
 */
export function fill(lane: HostLane, chosen: Iterable<number>, isTardy: boolean): Filled {
  const state = startState(lane);
  const dues = effectiveDues(lane, state);
  const heap = new DueHeap(dues);
  dues.forEach((due, place) => {
    if (due !== Infinity) heap.push(place);
  });
  const runs: Run[] = [];
  const late = new Map<number, Late>();
  for (const slot of chosen) {
    const first = heap.first;
    if (first === undefined) break;
    for (const place of fillSlot({ lane, state, dues, heap, slot, runs, isTardy, late })) {
      const due = nextDueMs(lane, lane.items[place]!, slot, state.dueMs[place]!);
      state.dueMs[place] = due;
      state.isBegun[place] = true;
      dues[place] = due;
      if (due !== Infinity) heap.push(place);
    }
    if (late.size > 0 && !isTardy) break;
  }
  for (let place = heap.pop(); place !== undefined; place = heap.pop())
    if (!late.has(place)) late.set(place, { item: place, dueMs: state.dueMs[place]! });
  return { runs, late: [...late.values()] };
}

interface Filling {
  lane: HostLane;
  state: LaneState;
  dues: number[];
  heap: DueHeap;
  slot: number;
  runs: Run[];
  isTardy: boolean;
  late: Map<number, Late>;
}

/** Takes what is done in the slot from the heap; what cannot be done goes back. */
function fillSlot({ lane, state, dues, heap, slot, runs, isTardy, late }: Filling): number[] {
  const at = lane.slots[slot];
  const picked = new Set<number>();
  const back: number[] = [];
  let passedOver = 0;
  let isTight = false;
  let leftMs = at === undefined ? 0 : at.endMs - at.startMs;
  while (passedOver < PASSED_OVER) {
    const place = heap.pop();
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
    // Only when something is due within the slot can the order in it make anything late.
    isTight ||= at !== undefined && dues[place]! < at.endMs;
    if (!isTardy && isTight) {
      if (endsInSlot(lane, state, slot, places) !== undefined) continue;
      picked.delete(place);
      leftMs += item.durationMs;
      back.push(place);
    }
  }
  for (const place of back) heap.push(place);
  const places = [...picked].sort((a, b) => a - b);
  let endMs = at?.startMs ?? 0;
  for (const place of places) {
    endMs += lane.items[place]!.durationMs;
    const dueMs = state.dueMs[place]!;
    runs.push({ item: place, slot, endMs, dueMs });
    if (endMs > dueMs && !late.has(place)) late.set(place, { item: place, dueMs, endMs });
  }
  return places;
}

/**
 * The latest possible slot for the next one, given this state of the lane: no other choice of slots can wait longer. -1
 * when something is already late, `Infinity` when nothing is left to do.
 */
function latestNext(lane: HostLane, state: LaneState): number {
  let latest = Infinity;
  const dues = effectiveDues(lane, state);
  lane.items.forEach((item, place) => {
    const due = dues[place]!;
    if (due !== Infinity) latest = Math.min(latest, lastSlot(lane, item, due));
  });
  return latest;
}

/**
 * Does everything that may begin by a slot, as if the slot were long enough for all of it: at least as good as anything
 * a plan could have done up to it.
 */
function afterAll(lane: HostLane, state: LaneState, slot: number): LaneState {
  const startMs = lane.slots[slot]?.startMs ?? -Infinity;
  const done = new Set<number>();
  lane.items.forEach((item, place) => {
    const isReady = item.after.every((before) => state.isBegun[before] === true || done.has(before));
    if (state.dueMs[place] !== Infinity && startMs >= item.earliestMs && isReady) done.add(place);
  });
  return afterSlot(lane, state, slot, [...done]);
}

/** The last slot before the first deadline, the last one before what is due next after that, and so on, as if each had room for all. */
export function latestSlots(lanes: readonly HostLane[]): number[] {
  const chosen: number[] = [];
  let states = lanes.map(startState);
  for (;;) {
    const next = lanes.reduce((least, lane, at) => Math.min(least, latestNext(lane, states[at]!)), Infinity);
    // Nothing is left to do, or something cannot be met any more.
    if (next === Infinity || next <= (chosen.at(-1) ?? -1)) return chosen;
    chosen.push(next);
    states = lanes.map((lane, at) => afterAll(lane, states[at]!, next));
  }
}

/** Drops unnecessary runs: each item is done as rarely and as late as the chosen slots allow. */
export function trimmed(lane: HostLane, runs: readonly Run[]): Run[] {
  const ofItem: Run[][] = lane.items.map(() => []);
  for (const run of runs) ofItem[run.item]!.push(run);
  const start = startState(lane);
  const kept: Run[][] = lane.items.map(() => []);
  // No later than this slot, since a later item that depends on it was kept there.
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
  return withEnds(lane, kept.flat());
}

/** Runs in chronological order, one after the other within each slot from its start. */
export function withEnds(lane: HostLane, runs: readonly Run[]): Run[] {
  const sorted = [...runs].sort((a, b) => a.slot - b.slot || a.item - b.item);
  let slot = -1;
  let endMs = 0;
  return sorted.map((run) => {
    if (run.slot !== slot) endMs = lane.slots[run.slot]?.startMs ?? 0;
    slot = run.slot;
    endMs += lane.items[run.item]!.durationMs;
    return { ...run, endMs };
  });
}
