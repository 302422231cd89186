import { fewestWithRoom, latestNext } from './fill.ts';
import { afterSlot, endsInSlot, mayRun, startState, type Lane, type LaneState, type Run } from './lanes.ts';

/** A state and how it was reached: the runs of its last slot, and the node before. */
interface Node {
  state: LaneState;
  runs: readonly Run[];
  before: Node | undefined;
}

/** Counts down the work that a search may do, so that it ends after the same steps on every computer. */
export class Budget {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  /** Whether there was a step left. */
  take(): boolean {
    this.#left -= 1;
    return this.#left >= 0;
  }

  get isSpent(): boolean {
    return this.#left < 0;
  }
}

/**
 * Every choice of items for a slot that can be done in it and to which no further one can be added; to do more never makes
 * anything due sooner, so that one of them is as good as any choice.
 */
function fullChoices(lane: Lane, state: LaneState, slot: number, budget: Budget): number[][] {
  const choices: number[][] = [];
  const chosen: number[] = [];
  const isChosen = (place: number): boolean => chosen.includes(place);
  const fits = (places: readonly number[]): boolean => endsInSlot(lane, state, slot, places) !== undefined;
  const canAdd = (place: number): boolean =>
    !isChosen(place) && mayRun(lane, state, place, slot, isChosen) && fits([...chosen, place].sort((a, b) => a - b));
  const visit = (place: number): void => {
    if (!budget.take()) return;
    if (place === lane.items.length) {
      if (!lane.items.some((_, other) => canAdd(other))) choices.push([...chosen]);
      return;
    }
    if (mayRun(lane, state, place, slot, isChosen)) {
      chosen.push(place);
      if (fits(chosen)) visit(place + 1);
      chosen.pop();
    }
    visit(place + 1);
  };
  visit(0);
  return choices;
}

function isAtLeastAsGood(one: LaneState, other: LaneState): boolean {
  return one.dueMs.every(
    (due, place) => due >= other.dueMs[place]! && (one.isBegun[place] === true || other.isBegun[place] !== true),
  );
}

/** The states that a lane can be in after doing what it can in a slot, without those that another outdoes. */
function afterChoices(lane: Lane, nodes: readonly Node[], slot: number, budget: Budget): Node[] {
  let best: Node[] = [];
  for (const node of nodes) {
    if (latestNext(lane, node.state) < slot) continue;
    for (const places of fullChoices(lane, node.state, slot, budget)) {
      const ends = endsInSlot(lane, node.state, slot, places) ?? [];
      const state = afterSlot(lane, node.state, slot, places);
      if (best.some((other) => isAtLeastAsGood(other.state, state))) continue;
      best = best.filter((other) => !isAtLeastAsGood(state, other.state));
      const runs = places.map((item, at) => ({ item, slot, endMs: ends[at]!, dueMs: node.state.dueMs[item]! }));
      best.push({ state, runs, before: node });
    }
  }
  return best;
}

function runsOf(node: Node | undefined): Run[] {
  const runs: Run[] = [];
  for (let at = node; at !== undefined; at = at.before) runs.unshift(...at.runs);
  return runs;
}

/** The latest slot by which a lane in one of these states needs the next; -1 when none of them can still be met. */
function latestOfAny(lane: Lane, nodes: readonly Node[]): number {
  return nodes.reduce((latest, { state }) => Math.max(latest, latestNext(lane, state)), -1);
}

/**
 * Whether the lane can meet everything if every slot is used; the runs if so. `undefined` when the budget did not suffice to
 * tell.
 */
export function meetsAll(lane: Lane, budget: Budget): Run[] | 'not' | undefined {
  let nodes: Node[] = [{ state: startState(lane), runs: [], before: undefined }];
  for (let slot = 0; slot < lane.slots.length; slot += 1) {
    if (nodes.some(({ state }) => latestNext(lane, state) === Infinity)) break;
    nodes = afterChoices(lane, nodes, slot, budget);
    if (budget.isSpent) return undefined;
  }
  const done = nodes.find(({ state }) => latestNext(lane, state) === Infinity);
  return done === undefined ? 'not' : runsOf(done);
}

/** What the search found: runs by lane in `slots`, if any, and whether it looked at all there is. */
export interface Searched {
  runs?: Run[][];
  isComplete: boolean;
}

/** Looks for a plan with at most `count` slots: every choice of them that could do, the latest ones first. */
export function searchWith(lanes: readonly Lane[], count: number, budget: Budget): Searched {
  const visit = (frontiers: readonly (readonly Node[])[], last: number, left: number): Run[][] | undefined => {
    if (!budget.take()) return undefined;
    const latest = lanes.reduce((least, lane, at) => Math.min(least, latestOfAny(lane, frontiers[at]!)), Infinity);
    if (latest === Infinity)
      return lanes.map((lane, at) => runsOf(frontiers[at]!.find(({ state }) => latestNext(lane, state) === Infinity)));
    if (latest <= last || left === 0 || needsMore(lanes, frontiers, last, left)) return undefined;
    for (let slot = latest; slot > last; slot -= 1) {
      const next = lanes.map((lane, at) => afterChoices(lane, frontiers[at]!, slot, budget));
      if (budget.isSpent) return undefined;
      if (next.some((nodes) => nodes.length === 0)) continue;
      const found = visit(next, slot, left - 1);
      if (found !== undefined || budget.isSpent) return found;
    }
    return undefined;
  };
  const start = lanes.map((lane) => [{ state: startState(lane), runs: [], before: undefined }]);
  const runs = visit(start, -1, count);
  return runs === undefined ? { isComplete: !budget.isSpent } : { runs, isComplete: true };
}

/** Whether some lane needs more slots than are left even if each had room for everything. */
function needsMore(
  lanes: readonly Lane[],
  frontiers: readonly (readonly Node[])[],
  last: number,
  left: number,
): boolean {
  return lanes.some((lane, at) =>
    frontiers[at]!.every(({ state }) => {
      const chosen = fewestWithRoom([lane], [state], last);
      return chosen.length > left || chosen.at(-1) === Infinity;
    }),
  );
}
