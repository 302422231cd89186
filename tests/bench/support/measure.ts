import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** In milliseconds. */
export interface Time {
  wall: number;
  /** The processor time of all threads of this process; excludes other work on the machine. */
  processor: number;
}

export interface Measured<T> extends Time {
  value: T;
}

export function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

export const LARGEST_SIZE = 100_000;

export const USUAL_SIZES = [1_000, 10_000, LARGEST_SIZE];

/** Returns the numbers of credentials to measure with, as in `--sizes 1000,1000000`. */
export function sizes(usual: readonly number[] = USUAL_SIZES): number[] {
  return option('sizes')?.split(',').map(Number) ?? [...usual];
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Returns the median; for an even number of values, the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [lower, upper] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return ((lower ?? Number.NaN) + (upper ?? Number.NaN)) / 2;
}

export async function measureTime<T>(work: () => T | Promise<T>): Promise<Measured<T>> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const value = await work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, processor: (user + system) / 1_000, value };
}

/**
 * Runs the actions alternately, so that all run under the same conditions: A B, B A, A B, ... Returns the times of each
 * action, by round.
 */
export async function timesInTurn(rounds: number, actions: readonly (() => unknown)[]): Promise<Time[][]> {
  const times = actions.map((): Time[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < actions.length; turn += 1) {
      const at = (turn + round) % actions.length;
      const { wall, processor } = await measureTime(actions[at] ?? (() => undefined));
      times[at]?.push({ wall, processor });
    }
  }
  return times;
}

/** Measures actions of less than a millisecond alternately: elapsed time, without a promise in between. */
export function briefInTurn(rounds: number, actions: readonly (() => unknown)[]): number[][] {
  const times = actions.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < actions.length; turn += 1) {
      const at = (turn + round) % actions.length;
      const start = performance.now();
      actions[at]?.();
      times[at]?.push(performance.now() - start);
    }
  }
  return times;
}

/**
 * Returns the time of our own work as a multiple of the peer's: the median of the ratios per round. Ratios are taken
 * per round because other work on the machine slows both alike.
 */
export function medianRatio(own: readonly number[], peer: readonly number[]): number {
  return median(own.map((ms, round) => ms / (peer[round] ?? Number.NaN)));
}

/**
 * Returns the shortest processor time of several rounds after a warm-up, in milliseconds: other work on the machine can
 * only make rounds longer.
 */
export function least(rounds: number, work: (round: number) => unknown): number {
  return leastWithSetup(
    rounds,
    () => undefined,
    (_, round) => work(round),
  );
}

/** Returns the same as `least`, with an unmeasured preparation before each round. */
export function leastWithSetup<T>(
  rounds: number,
  prepare: (round: number) => T,
  work: (prepared: T, round: number) => unknown,
): number {
  return Math.min(...roundTimes(rounds, prepare, work));
}

/** Returns the processor time of each round after a warm-up, in milliseconds. */
export function roundTimes<T>(
  rounds: number,
  prepare: (round: number) => T,
  work: (prepared: T, round: number) => unknown,
): number[] {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const prepared = prepare(round);
    const before = process.cpuUsage();
    work(prepared, round);
    const { user, system } = process.cpuUsage(before);
    if (round > 0) times.push((user + system) / 1_000);
  }
  return times;
}

/** Collects garbage. Requires `--expose-gc`, with which the runner starts benches. */
export function collectGarbage(): void {
  (globalThis as { gc?: () => void }).gc?.();
}

/**
 * Runs a bench in a folder that is removed afterwards. If `work` throws, prints the error and makes the bench exit with
 * 2.
 */
export async function runIn(name: string, work: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), `arcwarden-${name}-`));
  try {
    await work(folder);
  } catch (error) {
    console.error(error);
    process.exitCode = 2;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
