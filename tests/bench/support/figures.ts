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
import { LARGEST_SIZE } from './measure.ts';

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
    const limit = size === LARGEST_SIZE && limitMs !== undefined ? { limit: limitMs } : {};
    record({ measure: `${measure}, ${count(size)}`, value: ms, unit: 'ms', ...limit });
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
