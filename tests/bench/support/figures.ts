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

/** The machine on which the limits were set takes so long for `sortRows`. */
const COMMON_WORK_MS = 22;
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

/** Writes, reads, sorts and indexes rows with functions of JavaScript alone. */
function sortRows(): number {
  const rows = Array.from({ length: 20_000 }, (_, at) => ({
    id: `row-${(at * 7_919) % 20_000}`,
    names: [`a${at}`, 'b'],
  }));
  const read = JSON.parse(JSON.stringify(rows)) as typeof rows;
  const byId = new Map(read.map((row) => [row.id, row]));
  return read.sort((a, b) => (a.id < b.id ? -1 : 1)).filter(({ id }) => byId.has(id)).length;
}

export function atLeast(limit: number, measure: string, value: number, unit: Unit): void {
  record({ measure, value, unit, limit, isLeast: true });
}

/** Ten times as much may take 12.6 times as long. */
const EXPONENT_LIMIT = 1.1;

export interface Sized {
  size: number;
  ms: number;
}

/** Records what each size took, the usual largest one with its limit, and holds the exponents between neighbours. */
export function growth(measure: string, series: readonly Sized[], limitMs?: number): void {
  for (const { size, ms } of series) {
    if (size === LARGEST_SIZE && limitMs !== undefined) limitWork(limitMs, `${measure}, ${count(size)}`, ms);
    else note(`${measure}, ${count(size)}`, ms, 'ms');
  }
  const exponents = series.slice(1).map(({ size, ms }, at) => {
    const before = series[at] ?? { size, ms };
    return Math.log(ms / before.ms) / Math.log(size / before.size);
  });
  if (exponents.length > 0) atMost(EXPONENT_LIMIT, `${measure}, exponent of growth`, Math.max(...exponents), '');
}

export function count(number: number): string {
  return number.toLocaleString('en');
}
