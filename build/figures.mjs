/**
 * Figures that benches measure, each with the limit it is held against, and the table of all of them. A bench hands its
 * figures over as lines of JSON in the file that `FIGURES_FILE` names.
 *
 * @typedef {'ms' | 's' | 'min' | 'x' | '%' | 'MB' | '/s' | 'us' | ''} Unit `x` is a ratio; exponents and counts have none
 *
 * @typedef {object} Figure
 * @property {string} measure what was measured
 * @property {number | null} value null where it is not a number, as in JSON
 * @property {Unit} unit
 * @property {number} [limit] absent where nothing is promised
 * @property {boolean} [isLeast] whether the limit is the least allowed, not the most
 *
 * @typedef {object} BenchResult
 * @property {string} bench
 * @property {readonly Figure[]} figures
 * @property {number} code exit code of the bench: 1 where a limit is missed, more where it could not measure
 */

/** Environment variable with the path of a file. */
export const FIGURES_FILE = 'ARCWARDEN_FIGURES';

/** @param {string} text lines of JSON */
export function readFigures(text) {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => /** @type {Figure} */ (JSON.parse(line)));
}

/**
 * What was not measured is not held; what has no limit is.
 *
 * @param {Figure} figure
 */
export function isHeld({ value, limit, isLeast }) {
  if (limit === undefined) return true;
  if (value === null || Number.isNaN(value)) return false;
  return isLeast === true ? value >= limit : value <= limit;
}

/** @param {Figure} figure */
export function formatValue({ value, unit }) {
  return value === null || !Number.isFinite(value) ? 'not measured' : quantity(value, unit);
}

/** @param {Figure} figure */
export function formatLimit({ limit, unit, isLeast }) {
  if (limit === undefined) return '';
  return `${isLeast === true ? '>=' : '<='} ${quantity(limit, unit)}`;
}

/** @param {Figure} figure */
export function formatVerdict(figure) {
  if (figure.limit === undefined) return '';
  return isHeld(figure) ? 'held' : 'MISSED';
}

/**
 * @param {number} value
 * @param {Unit} unit
 */
function quantity(value, unit) {
  const maximumFractionDigits = Math.abs(value) >= 100 ? 0 : Math.abs(value) < 2 ? 3 : 2;
  const text = value.toLocaleString('en', { maximumFractionDigits });
  return unit === '' || unit === '/s' ? `${text}${unit}` : `${text} ${unit}`;
}

const HEADINGS = ['bench', 'measure', 'limit', 'value', 'verdict'];

/**
 * Every figure of a run beside its limit, and below that what failed, by name.
 *
 * @param {readonly BenchResult[]} results
 * @returns {{ lines: string[], isHeld: boolean }}
 */
export function summarise(results) {
  const all = results.flatMap(({ bench, figures }) => figures.map((figure) => ({ bench, figure })));
  const rows = all.map(({ bench, figure }) => [
    bench,
    figure.measure,
    formatLimit(figure),
    formatValue(figure),
    formatVerdict(figure),
  ]);
  const failures = [
    ...all
      .filter(({ figure }) => !isHeld(figure))
      .map(({ bench, figure }) => `${bench}: ${figure.measure}: ${formatValue(figure)}, limit ${formatLimit(figure)}`),
    // An error that nobody catches ends a bench with 1 too, without a figure that is missed.
    ...results
      .filter(({ code, figures }) => code > 1 || (code === 1 && figures.every(isHeld)))
      .map(({ bench, code }) => `${bench}: ended with exit code ${code}`),
  ];
  const limited = all.filter(({ figure }) => figure.limit !== undefined).length;
  return {
    lines: [
      ...table([HEADINGS, ...rows]),
      '',
      `${limited} ${limited === 1 ? 'limit' : 'limits'}, ${failures.length} missed.`,
      ...failures.map((failure) => `  MISSED ${failure}`),
    ],
    isHeld: failures.length === 0,
  };
}

/**
 * A table that is Markdown as well.
 *
 * @param {readonly (readonly string[])[]} rows the first of them has the headings
 */
function table(rows) {
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (/** @type {readonly string[]} */ row) =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [headings = [], ...others] = rows;
  return [line(headings), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...others.map(line)];
}
