import { addTo } from '../../shared/lists.ts';
import type { MaintenanceNight } from './rules.ts';

/** Tasks in the same lane run one after another. Lanes, one for each deployment with its own hosts, run in parallel. */
export interface Work {
  id: string;
  lane: string;
  /** Milliseconds since 1970. */
  deadlineMs: number;
  /** Time from the start of the task's window until the task is due again; absent for a task that is done only once. */
  repeatsWithinMs?: number;
  durationMs: number;
  /** Ids of tasks that must be done before the first occurrence of this one. In a shared window, they come first. */
  after?: readonly string[];
}

/** A task with all times known. Within a window, items run in the order of their lane. */
export interface Item {
  id: string;
  dueMs: number;
  /** `Infinity`: never due again. */
  repeatMs: number;
  durationMs: number;
  /** Indexes of the items to be done before this one; all are lower than its own. */
  after: number[];
  /**
   * Whether the item, if it were the only one, could meet all its deadlines up to the horizon. If not, it is done as
   * soon as possible.
   */
  canBeMet: boolean;
  /** The latest time for the first occurrence of an item that is late for lack of room. */
  graceMs: number;
}

/** An item that misses deadlines even on its own: its first miss, and the number of misses within the horizon. */
export interface Missed {
  item: number;
  dueMs: number;
  /** Absent when no slot is left for the item. */
  endMs?: number;
  times: number;
}

/** Items that are done one at a time. */
export interface HostLane {
  items: Item[];
  slots: readonly MaintenanceNight[];
  leadMs: number;
  /** Work that is due at this time or later is not planned. */
  horizonMs: number;
}

/** `item` and `slot` are indexes. */
export interface Run {
  item: number;
  slot: number;
  endMs: number;
  dueMs: number;
}

export interface LaneState {
  /** `Infinity` when nothing is left to do. */
  dueMs: number[];
  /** Whether the item has been done at least once in this plan. */
  isBegun: boolean[];
}

/** Groups work into lanes, sorted so that each item follows its predecessors. Work linked by `after` shares a lane. */
export function listLanes(
  works: readonly Work[],
  world: { slots: readonly MaintenanceNight[]; leadMs: number; horizonMs: number },
): HostLane[] {
  const findLane = joinLanes(works);
  const byLane = new Map<string, Work[]>();
  for (const work of works) addTo(byLane, findLane(work.lane), work);
  return Array.from(byLane.values(), (group) => {
    const lane = { ...world, items: listItems(group, world) };
    for (const { item } of listUnmeetable(lane)) lane.items[item]!.canBeMet = false;
    return lane;
  });
}

/** Lists the work in a task's lane and linked lanes, which competes for the same time. */
export function workBeside(works: readonly Work[], id: string): Work[] {
  const findLane = joinLanes(works);
  const own = works.find((work) => work.id === id);
  return own === undefined ? [] : works.filter(({ lane }) => findLane(lane) === findLane(own.lane));
}

function joinLanes(works: readonly Work[]): (lane: string) => string {
  const parents = new Map<string, string>();
  const getRoot = (lane: string): string => {
    let root = lane;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    return root;
  };
  const lanes = new Map(works.map(({ id, lane }) => [id, lane]));
  for (const { lane, after } of works)
    for (const id of after ?? []) {
      const [own, other] = [getRoot(lane), getRoot(lanes.get(id) ?? lane)];
      if (own !== other) parents.set(own, other);
    }
  return getRoot;
}

function listItems(group: readonly Work[], { leadMs, horizonMs }: { leadMs: number; horizonMs: number }): Item[] {
  // Work due after the horizon is not done, so no work waits for it.
  const works = sortByDependencies(group.filter(({ deadlineMs }) => deadlineMs - leadMs < horizonMs));
  const places = new Map(works.map(({ id }, place) => [id, place]));
  return works.map((work, own) => ({
    id: work.id,
    dueMs: work.deadlineMs - leadMs,
    repeatMs: work.repeatsWithinMs ?? Infinity,
    durationMs: work.durationMs,
    // Keeps only earlier items, which breaks any cycle.
    after: (work.after ?? []).flatMap((id) => {
      const place = places.get(id);
      return place !== undefined && place < own ? [place] : [];
    }),
    canBeMet: true,
    graceMs: -Infinity,
  }));
}

function sortByDependencies(works: readonly Work[]): Work[] {
  const byId = new Map(works.map((work) => [work.id, work]));
  const done: Work[] = [];
  const seen = new Set<string>();
  const visit = (work: Work): void => {
    if (seen.has(work.id)) return;
    seen.add(work.id);
    for (const id of work.after ?? []) {
      const before = byId.get(id);
      if (before !== undefined) visit(before);
    }
    done.push(work);
  };
  works.forEach(visit);
  return done;
}

function isLongEnough({ durationMs }: Item, { startMs, endMs }: MaintenanceNight): boolean {
  return startMs + durationMs <= endMs;
}

/** Returns the first slot, at or after place `from`, that is long enough for the item; -1 if there is none. */
function firstSlot({ slots }: HostLane, item: Item, from: number): number {
  for (let at = from; at < slots.length; at += 1) if (isLongEnough(item, slots[at]!)) return at;
  return -1;
}

/** Returns the last slot in which the item, done on its own, ends by `dueMs`; -1 if there is none. */
export function lastSlot({ slots }: HostLane, item: Item, dueMs: number): number {
  let low = 0;
  let high = slots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (slots[middle]!.startMs + item.durationMs <= dueMs) low = middle + 1;
    else high = middle;
  }
  for (let at = low - 1; at >= 0; at -= 1) if (isLongEnough(item, slots[at]!)) return at;
  return -1;
}

/**
 * Returns the next due time of an item done in `slot`, never earlier than `dueMs`. An item that cannot be in time is
 * due at the end of the next slot that is long enough for it.
 */
export function nextDueMs(lane: HostLane, item: Item, slot: number, dueMs: number): number {
  const ruleMs = Math.max(dueMs, lane.slots[slot]!.startMs + item.repeatMs - lane.leadMs);
  if (ruleMs >= lane.horizonMs) return Infinity;
  if (item.canBeMet) return ruleMs;
  const next = firstSlot(lane, item, slot + 1);
  return next < 0 ? Infinity : Math.max(ruleMs, lane.slots[next]!.endMs);
}

/** Lists deadlines that cannot be met even with unlimited room if each item is done as late as allowed. */
export function listUnmeetable(lane: HostLane): Missed[] {
  return lane.items.flatMap((item, place): Missed[] => {
    let missed: Missed | undefined;
    let dueMs = item.dueMs;
    let slot = firstSlot(lane, item, 0);
    while (dueMs < lane.horizonMs) {
      if (slot < 0) {
        missed ??= { item: place, dueMs, times: 0 };
        missed.times += 1;
        break;
      }
      const endMs = lane.slots[slot]!.startMs + item.durationMs;
      if (endMs > dueMs) {
        missed ??= { item: place, dueMs, endMs, times: 0 };
        missed.times += 1;
      } else slot = lastSlot(lane, item, dueMs);
      dueMs = Math.max(dueMs, lane.slots[slot]!.startMs + item.repeatMs - lane.leadMs);
      if (dueMs < lane.horizonMs) slot = firstSlot(lane, item, slot + 1);
    }
    return missed === undefined ? [] : [missed];
  });
}

/** Returns the state before the first slot; items without any slot are left out. */
export function startState(lane: HostLane): LaneState {
  const dueMs = lane.items.map((item) => {
    if (item.canBeMet) return Math.max(item.dueMs, item.graceMs);
    const endMs = lane.slots[firstSlot(lane, item, 0)]?.endMs ?? Infinity;
    return Math.max(item.dueMs, item.graceMs, endMs);
  });
  return { dueMs, isBegun: dueMs.map((due) => due === Infinity) };
}

/** Returns due times, made earlier where an item would be due later than an item that depends on it. */
export function effectiveDues(lane: HostLane, { dueMs, isBegun }: LaneState): number[] {
  const dues = [...dueMs];
  for (let place = lane.items.length - 1; place >= 0; place -= 1) {
    if (isBegun[place]) continue;
    for (const before of lane.items[place]!.after)
      if (!isBegun[before]) dues[before] = Math.min(dues[before]!, dues[place]!);
  }
  return dues;
}

/** Returns whether the item may be done in the slot. `isChosen` returns whether another item is done there. */
export function mayRun(
  lane: HostLane,
  state: LaneState,
  place: number,
  slot: number,
  isChosen: (place: number) => boolean,
): boolean {
  const item = lane.items[place]!;
  const at = lane.slots[slot]!;
  if (state.dueMs[place] === Infinity || !isLongEnough(item, at)) return false;
  return item.after.every((before) => state.isBegun[before] || isChosen(before));
}

/** Returns whether the items, one after the other, end within the slot and in time. */
export function isInTime(lane: HostLane, state: LaneState, slot: number, places: readonly number[]): boolean {
  const at = lane.slots[slot]!;
  let endMs = at.startMs;
  return places.every((place) => {
    endMs += lane.items[place]!.durationMs;
    return endMs <= at.endMs && endMs <= state.dueMs[place]!;
  });
}
