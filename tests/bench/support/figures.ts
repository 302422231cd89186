import { appendFileSync } from 'node:fs';
import {
  FIGURES_FILE,
  formatLimit,
  formatValue,
  formatVerdict,
  isHeld,
  SLOWNESS,
  type Figure,
  type Unit,
} from '../../rigs/figures.mjs';
import { LARGEST_SIZE, least } from './measure.ts';

/** Prints a figure and passes it to the runner. A missed limit makes the bench exit with 1. */
export function record(figure: Figure): void {
  const limit = figure.limit === undefined ? '' : `  ${formatLimit(figure)}: ${formatVerdict(figure)}`;
  console.log(`  ${figure.measure.padEnd(70)} ${formatValue(figure).padStart(12)}${limit}`);
  const file = process.env[FIGURES_FILE];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(figure)}\n`);
  if (!isHeld(figure)) process.exitCode = 1;
}

/** Records a figure without a limit. */
export function note(measure: string, value: number, unit: Unit): void {
  record({ measure, value, unit });
}

export function recordAtMost(limit: number, measure: string, value: number, unit: Unit): void {
  record({ measure, value, unit, limit });
}

/** Records the time of work, with a limit that is raised in proportion to the slowness of this machine. */
export function limitWork(limitMs: number, measure: string, ms: number): void {
  record({ measure, value: ms, unit: 'ms', limit: limitMs * measureSlowness() });
}

/** Records a rate of work, with a limit that is lowered in proportion to the slowness of this machine. */
export function limitRate(limitPerSecond: number, measure: string, perSecond: number): void {
  record({ measure, value: perSecond, unit: '/s', limit: limitPerSecond / measureSlowness(), isLeast: true });
}

/** The time that `sortRows` took on the machine on which the limits were set. */
const COMMON_WORK_MS = 290;
const COMMON_ROUNDS = 10;
let measuredSlowness: number | undefined;

/** Returns the time of `sortRows` as a multiple of `COMMON_WORK_MS`; at least 1. */
function measureSlowness(): number {
  if (measuredSlowness === undefined) {
    measuredSlowness = Math.max(1, least(COMMON_ROUNDS, sortRows) / COMMON_WORK_MS);
    note(SLOWNESS, measuredSlowness, 'x');
  }
  return measuredSlowness;
}

/**
 * Writes, reads, sorts and indexes rows in plain JavaScript. The rows exceed the caches, since other load on a machine
 * slows down memory more than computing.
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

export function recordAtLeast(limit: number, measure: string, value: number, unit: Unit): void {
  record({ measure, value, unit, limit, isLeast: true });
}

/** Allows 158 times the time for a hundred times the size. */
const EXPONENT_LIMIT = 1.1;

export interface Sized {
  size: number;
  ms: number;
}

/**
 * Records the time of each size, with a limit for the usual largest size, and limits the exponent of growth between the
 * smallest and the largest size. Between adjacent sizes, the exponent depends more on the processor's caches than on
 * the work.
 */
export function growth(measure: string, series: readonly Sized[], limitMs?: number): void {
  for (const { size, ms } of series) {
    if (size === LARGEST_SIZE && limitMs !== undefined) limitWork(limitMs, `${measure}, ${count(size)}`, ms);
    else note(`${measure}, ${count(size)}`, ms, 'ms');
  }
  const [smallest, largest] = [series[0], series.at(-1)];
  if (smallest === undefined || largest === undefined || smallest === largest) return;
  const exponent = Math.log(largest.ms / smallest.ms) / Math.log(largest.size / smallest.size);
  recordAtMost(EXPONENT_LIMIT, `${measure}, exponent of growth`, exponent, '');
}

export function count(number: number): string {
  return number.toLocaleString('en');
}
