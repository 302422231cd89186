/*
 * Measures the cost of work in milliseconds that are comparable between a slow, a fast and a busy machine: the
 * processor time that this process spends in its own code, relative to a fixed piece of work done right afterwards.
 * Other programs would make the work exceed a limit on wall-clock time. Time spent in the system does not count either,
 * because it includes reading swapped memory back in. Only slow tests use these functions: they do not run on Windows,
 * where the clock of processor time advances in steps of 10 to 16 ms, so that the fixed work would seem to take no time
 * or twice its time.
 */

/** Duration of the fixed work on the machine for which the limits were chosen. */
const FIXED_WORK_MS = 5;
const TRIES = 5;

/**
 * Returns the cost of `run` in milliseconds: the minimum of three runs, because garbage from earlier tests can only add
 * time. `run` must do the same work each time. A limit should be many times the usual cost, but far below the cost of
 * the fault that the test guards against.
 */
export function measureCost(run: () => unknown): number {
  const costs = Array.from({ length: RUNS_OF_EACH }, () => {
    const before = process.cpuUsage();
    run();
    return comparable(spentMs(before));
  });
  return Math.min(...costs);
}

/** Returns the cost of `run` in milliseconds, including other threads of this process that work for `run`. */
export async function costOfAsync(run: () => Promise<unknown>): Promise<number> {
  return comparable(await spentOn(run));
}

/**
 * Returns the processor time of `run` for the larger count as a multiple of that for the smaller count. Uses no fixed
 * work, since that would include garbage collection by other threads after the measured work.
 */
export async function measureGrowth(
  run: (count: number) => unknown,
  { from, to }: { from: number; to: number },
): Promise<number> {
  await run(from);
  const costs: Record<'smaller' | 'larger', number[]> = { smaller: [], larger: [] };
  for (let time = 0; time < RUNS_OF_EACH; time += 1) {
    costs.smaller.push(await spentOn(() => run(from)));
    costs.larger.push(await spentOn(() => run(to)));
  }
  // The minimum counts, since other work on the machine only adds time.
  return Math.min(...costs.larger) / Math.min(...costs.smaller);
}

const RUNS_OF_EACH = 3;

async function spentOn(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  return spentMs(before);
}

let isWarm = false;

function comparable(ms: number): number {
  // The fixed work is slow until it has been compiled.
  if (!isWarm) for (let time = 0; time < TRIES; time += 1) doFixedWork();
  isWarm = true;
  return (ms / measureFixedWork()) * FIXED_WORK_MS;
}

/** Returns the processor time of the fixed work in milliseconds; more than 0. */
function measureFixedWork(): number {
  // The clock of some virtual machines advances in steps that are longer than the fixed work.
  for (let times = 1; ; times *= 2) {
    const tries = Array.from({ length: TRIES }, () => {
      const before = process.cpuUsage();
      for (let time = 0; time < times; time += 1) doFixedWork();
      return spentMs(before);
    });
    // The median counts rather than the minimum, since the measured work was disturbed just as much on average.
    const [median = 0] = tries.sort((one, other) => one - other).slice(Math.floor(TRIES / 2));
    if (median > 0) return median / times;
  }
}

function spentMs(before: NodeJS.CpuUsage): number {
  return process.cpuUsage(before).user / 1_000;
}

/** Creates, searches and counts text, as the file readers do. */
function doFixedWork(): number {
  const seen = new Map<string, number>();
  for (let at = 0; at < FIXED_WORK_LINES; at += 1) {
    const line = `line ${at % 977}: ${at.toString(36)}`;
    const word = /: ([a-z0-9]{2})/u.exec(line)?.[1] ?? line;
    seen.set(word, (seen.get(word) ?? 0) + line.length);
  }
  return seen.size;
}

const FIXED_WORK_LINES = 10_000;
