import { appendFileSync } from 'node:fs';
import {
  FIGURES_FILE,
  formatLimit,
  formatValue,
  formatVerdict,
  isHeld,
  type Figure,
  type Unit,
} from '../../../build/figures.mjs';
import { LARGEST_SIZE, least } from './measure.ts';

/** Prints a figure and hands it to the runner. One beyond its limit makes the bench end with 1. */
export function record(figure: Figure): void {
  const limit = figure.limit === undefined ? '' : `  ${formatLimit(figure)}: ${formatVerdict(figure)}`;
  console.log(`  ${figure.measure.padEnd(70)} ${formatValue(figure).padStart(12)}${limit}`);
  const file = process.env[FIGURES_FILE];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(figure)}\n`);
  if (!isHeld(figure)) process.exitCode = 1;
}

/** A figure without a limit. */
export function note(measure: string, value: number, unit: Unit): void {
  record({ measure, value, unit });
}

export function atMost(limit: number, measure: string, value: number, unit: Unit): void {
  record({ measure, value, unit, limit });
}

/** Holds the time of work to a limit that is raised by as much as this machine is slower than the one on which it was set. */
export function limitWork(limitMs: number, measure: string, ms: number): void {
  record({ measure, value: ms, unit: 'ms', limit: limitMs * measureSlowness() });
}

/** Holds a rate of work to a limit that is lowered by as much as this machine is slower. */
export function limitRate(limitPerSecond: number, measure: string, perSecond: number): void {
  record({ measure, value: perSecond, unit: '/s', limit: limitPerSecond / measureSlowness(), isLeast: true });
}

/** The machine on which the limits were set takes so long for `sortRows`. */
const COMMON_WORK_MS = 290;
const COMMON_ROUNDS = 10;
let measuredSlowness: number | undefined;

/** How many times as long as there this machine takes for the same work; at least 1. */
function measureSlowness(): number {
  if (measuredSlowness === undefined) {
    measuredSlowness = Math.max(1, least(COMMON_ROUNDS, sortRows) / COMMON_WORK_MS);
    note('slowness of this machine, by which limits of work are raised', measuredSlowness, 'x');
  }
  return measuredSlowness;
}

/**
 * Writes, reads, sorts and indexes rows with functions of JavaScript alone. The rows are more than the caches hold: memory
 * slows down more than computing where other machines use it too.
 */
function sortRows(): number {
  const rows = Array.from({ length: 200_000 }, (_, at) => ({
    id: `row-${(at * 7_919) % 200_000}`,
    names: [`a${at}`, 'b'],
  }));
  const read = JSON.parse(JSON.stringify(rows)) as typeof rows;
  const byId = new Map(read.map((row) => [row.id, row]));
  return read.sort((a, b) => (a.id < b.id ? -1 : 1)).filter(({ id }) => byId.has(id)).length;
}

export function atLeast(limit: number, measure: string, value: number, unit: Unit): void {
  record({ measure, value, unit, limit, isLeast: true });
}

/** Over two powers of ten, the largest size may take 158 times as long as the smallest. */
const EXPONENT_LIMIT = 1.1;

export interface Sized {
  size: number;
  ms: number;
}

/**
 * Records what each size took, the usual largest one with its limit, and holds the exponent between smallest and largest. Between
 * two neighbours the exponent says more about the caches of the processor than about the work.
 */
export function growth(measure: string, series: readonly Sized[], limitMs?: number): void {
  for (const { size, ms } of series) {
    if (size === LARGEST_SIZE && limitMs !== undefined) limitWork(limitMs, `${measure}, ${count(size)}`, ms);
    else note(`${measure}, ${count(size)}`, ms, 'ms');
  }
  const [smallest, largest] = [series[0], series.at(-1)];
  if (smallest === undefined || largest === undefined || smallest === largest) return;
  const exponent = Math.log(largest.ms / smallest.ms) / Math.log(largest.size / smallest.size);
  atMost(EXPONENT_LIMIT, `${measure}, exponent of growth`, exponent, '');
}

export function count(number: number): string {
  return number.toLocaleString('en');
}
