/**
 * A bench appends its figures as lines of JSON to the file that `FIGURES_FILE` names.
 *
 * @typedef {'ms' | 's' | 'min' | 'x' | '%' | 'MB' | '/s' | 'us' | ''} Unit `x` is a ratio; exponents and counts have no
 * unit
 *
 * @typedef {object} Figure
 * @property {string} measure
 * @property {number | null} value null if it is not a number, as in JSON
 * @property {Unit} unit
 * @property {number} [limit]
 * @property {boolean} [isLeast] whether the limit is a minimum instead of a maximum
 * @property {number} [spread] after several runs, the difference between the highest and the lowest value, as a share
 * of the median
 * @property {{ runs: number, of: number, worst: number }} [missedIn] the runs that missed a limit that the median meets
 *
 * @typedef {object} BenchResult
 * @property {string} bench
 * @property {readonly Figure[]} figures
 * @property {number} code exit code of the bench: 1 if a limit is missed, more if it could not measure
 */

export const FIGURES_FILE = 'ARCWARDEN_FIGURES';

/** Limits on work are multiplied by this measure. */
export const SLOWNESS = 'slowness of this machine, by which limits of work are raised';

/** Ratios vary less between runs than times: both sides are measured on the same machine. */
const SPREAD_LIMIT = 0.1;

/**
 * @param {string} text lines of JSON
 * @returns {Figure[]}
 */
export function readFigures(text) {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line));
}

/**
 * Returns whether a figure is within its limit: never without a value, always without a limit.
 *
 * @param {Figure} figure
 */
export function isHeld({ value, limit, isLeast }) {
  if (limit === undefined) return true;
  if (value === null || Number.isNaN(value)) return false;
  return isLeast === true ? value >= limit : value <= limit;
}

/**
 * Returns each figure with its median and the spread of its values.
 *
 * @param {readonly (readonly BenchResult[])[]} runs of the same benches
 */
export function compareRuns(runs) {
  const [first = []] = runs;
  if (runs.length === 1) return first;
  return first.map(({ bench }, at) => {
    const results = runs.flatMap((run) => run[at] ?? []);
    const figures = new Map(results.flatMap((result) => result.figures.map((figure) => [figure.measure, figure])));
    return {
      bench,
      figures: [...figures.values()].map((figure) =>
        compareValues(
          figure,
          results.map((result) => result.figures.find(({ measure }) => measure === figure.measure)?.value),
        ),
      ),
      // A limit that only some runs miss is reported with the figure.
      code: Math.max(...results.map(({ code, figures: own }) => (code === 1 && !own.every(isHeld) ? 0 : code))),
    };
  });
}

/**
 * @param {Figure} figure
 * @param {readonly (number | null | undefined)[]} values of each run
 * @returns {Figure} without a value if any run has none
 */
function compareValues(figure, values) {
  const known = values.filter((value) => typeof value === 'number').sort((one, other) => one - other);
  const [value] = known.slice(Math.floor(known.length / 2));
  const [lowest = 0, highest = 0] = [known[0], known.at(-1)];
  if (value === undefined || known.length < values.length) return { ...figure, value: null };
  const compared = { ...figure, value, spread: value === 0 ? 0 : (highest - lowest) / value };
  const missed = known.filter((each) => !isHeld({ ...figure, value: each }));
  if (!isHeld(compared) || missed.length === 0) return compared;
  const worst = figure.isLeast === true ? lowest : highest;
  return { ...compared, missedIn: { runs: missed.length, of: values.length, worst } };
}

/** @param {Figure} figure */
export function formatValue({ value, unit }) {
  return value === null || !Number.isFinite(value) ? 'not measured' : formatQuantity(value, unit);
}

/** @param {Figure} figure */
export function formatLimit({ limit, unit, isLeast }) {
  return limit === undefined ? '' : `${isLeast === true ? '>=' : '<='} ${formatQuantity(limit, unit)}`;
}

/** @param {Figure} figure */
export function formatVerdict(figure) {
  if (figure.limit === undefined) return '';
  if (!isHeld(figure)) return 'MISSED';
  return listUnsteady(figure).length === 0 ? 'held' : 'UNSTEADY';
}

/**
 * Lists differences between runs that make a figure unreliable. Times depend on other work on the machine; ratios must
 * not.
 *
 * @param {Figure} figure
 */
function listUnsteady(figure) {
  const { limit, missedIn, unit, isLeast, spread = 0 } = figure;
  const isUnsteady = unit === 'x' && limit !== undefined && spread > SPREAD_LIMIT;
  const differences = isUnsteady ? [`differs by ${formatSpread(figure)} from run to run`] : [];
  if (missedIn === undefined) return differences;
  const { runs, of, worst } = missedIn;
  const worstText = `${isLeast === true ? 'down' : 'up'} to ${formatQuantity(worst, unit)}`;
  return [...differences, `${worstText}, limit ${formatLimit(figure)} missed in ${runs} of ${of} runs`];
}

/** @param {Figure} figure */
function formatSpread({ spread }) {
  return spread === undefined ? '' : `${Math.round(spread * 100)} %`;
}

/**
 * @param {number} value
 * @param {Unit} unit
 */
function formatQuantity(value, unit) {
  const maximumFractionDigits = Math.abs(value) >= 100 ? 0 : Math.abs(value) < 2 ? 3 : 2;
  const text = value.toLocaleString('en', { maximumFractionDigits });
  return unit === '' || unit === '/s' ? `${text}${unit}` : `${text} ${unit}`;
}

/**
 * Lists every figure beside its limit in a Markdown table, and below it the failures by name.
 *
 * @param {readonly BenchResult[]} results
 */
export function summarise(results) {
  const all = results.flatMap(({ bench, figures }) => figures.map((figure) => ({ bench, figure })));
  const columns = ['bench', 'measure', 'limit', 'value', 'verdict'];
  if (all.some(({ figure }) => figure.spread !== undefined)) columns.push('spread');
  const rows = all.map(({ bench, figure }) => [
    ...[bench, figure.measure, formatLimit(figure), formatValue(figure), formatVerdict(figure)],
    formatSpread(figure),
  ]);
  const widths = columns.map((heading, at) => Math.max(heading.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${widths.map((width, at) => (cells[at] ?? '').padEnd(width)).join(' | ')} |`;

  const failures = [
    ...all
      .filter(({ figure }) => !isHeld(figure))
      .map(({ bench, figure }) => `${bench}: ${figure.measure}: ${formatValue(figure)}, limit ${formatLimit(figure)}`),
    // An uncaught error also ends a bench with 1, even if every figure is within its limit.
    ...results
      .filter(({ code, figures }) => code > 1 || (code === 1 && figures.every(isHeld)))
      .map(({ bench, code }) => `${bench}: ended with exit code ${code}`),
  ];
  const unsteady = all.flatMap(({ bench, figure }) =>
    listUnsteady(figure).map((difference) => `${bench}: ${figure.measure}: ${difference}`),
  );
  const limited = all.filter(({ figure }) => figure.limit !== undefined).length;
  return {
    lines: [
      ...[line(columns), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line), ''],
      `${limited} ${limited === 1 ? 'limit' : 'limits'}, ${failures.length} missed.`,
      ...failures.map((failure) => `  MISSED ${failure}`),
      ...unsteady.map((figure) => `  UNSTEADY ${figure}`),
    ],
    isHeld: failures.length + unsteady.length === 0,
  };
}
