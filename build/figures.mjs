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
 * @property {number} [spread] where it was measured in several runs: how far its lowest and highest value are apart, as
 *   a share of the middle one
 * @property {{ runs: number, of: number, worst: number }} [missedIn] in how many of several runs the limit was missed, where
 *   the middle value holds it
 *
 * @typedef {object} BenchResult
 * @property {string} bench
 * @property {readonly Figure[]} figures
 * @property {number} code exit code of the bench: 1 where a limit is missed, more where it could not measure
 */

/** Environment variable with the path of a file. */
export const FIGURES_FILE = 'ARCWARDEN_FIGURES';

/** How far a ratio may differ from run to run: the machine is the same for both of its sides. */
const SPREAD_LIMIT = 0.1;

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

/**
 * Times depend on what else the machine does; a ratio that does is not worth its limit.
 *
 * @param {Figure} figure
 */
function isRatioSteady({ unit, limit, spread }) {
  return unit !== 'x' || limit === undefined || spread === undefined || spread <= SPREAD_LIMIT;
}

/**
 * The results of several runs as those of one: each figure has its middle value, and says how far the values differ.
 *
 * @param {readonly (readonly BenchResult[])[]} runs of the same benches
 * @returns {readonly BenchResult[]}
 */
export function compareRuns(runs) {
  const [first = []] = runs;
  if (runs.length === 1) return first;
  return first.map(({ bench }, at) => {
    const results = runs.flatMap((run) => run[at] ?? []);
    const measures = new Map(results.flatMap(({ figures }) => figures.map((figure) => [figure.measure, figure])));
    const figures = [...measures.values()].map((figure) => {
      const values = results.map((result) => result.figures.find(({ measure }) => measure === figure.measure)?.value);
      return withMissedRuns({ ...figure, ...middle(values) }, values);
    });
    // A limit that a run has missed is told with its figure.
    const codes = results.map(({ code, figures: own }) => (code === 1 && !own.every(isHeld) ? 0 : code));
    return { bench, figures, code: Math.max(...codes) };
  });
}

/**
 * @param {readonly (number | null | undefined)[]} values
 * @returns {Pick<Figure, 'value' | 'spread'>} no value where a run has none
 */
function middle(values) {
  const known = values.filter((value) => typeof value === 'number').sort((one, other) => one - other);
  const value = known[Math.floor(known.length / 2)];
  if (value === undefined || known.length < values.length) return { value: null };
  return { value, spread: value === 0 ? 0 : ((known.at(-1) ?? value) - (known[0] ?? value)) / value };
}

/**
 * @param {Figure} figure with its middle value
 * @param {readonly (number | null | undefined)[]} values
 * @returns {Figure}
 */
function withMissedRuns(figure, values) {
  const missed = values.filter((value) => typeof value === 'number' && !isHeld({ ...figure, value }));
  if (!isHeld(figure) || missed.length === 0) return figure;
  const known = /** @type {number[]} */ (missed);
  const worst = figure.isLeast === true ? Math.min(...known) : Math.max(...known);
  return { ...figure, missedIn: { runs: missed.length, of: values.length, worst } };
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
  if (!isHeld(figure)) return 'MISSED';
  return formatUnsteady(figure).length === 0 ? 'held' : 'UNSTEADY';
}

/**
 * What differs from run to run so much that the figure cannot be relied on.
 *
 * @param {Figure} figure
 */
function formatUnsteady(figure) {
  const { missedIn, unit, isLeast } = figure;
  const differences = isRatioSteady(figure) ? [] : [`differs by ${formatSpread(figure)} from run to run`];
  if (missedIn === undefined) return differences;
  const { runs, of, worst } = missedIn;
  const worstText = `${isLeast === true ? 'down' : 'up'} to ${quantity(worst, unit)}`;
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
function quantity(value, unit) {
  const maximumFractionDigits = Math.abs(value) >= 100 ? 0 : Math.abs(value) < 2 ? 3 : 2;
  const text = value.toLocaleString('en', { maximumFractionDigits });
  return unit === '' || unit === '/s' ? `${text}${unit}` : `${text} ${unit}`;
}

const HEADINGS = ['bench', 'measure', 'limit', 'value', 'verdict'];
const SPREAD_HEADING = 'spread';

/**
 * Every figure of a run beside its limit, and below that what failed, by name.
 *
 * @param {readonly BenchResult[]} results
 * @returns {{ lines: string[], isHeld: boolean }}
 */
export function summarise(results) {
  const all = results.flatMap(({ bench, figures }) => figures.map((figure) => ({ bench, figure })));
  const isCompared = all.some(({ figure }) => figure.spread !== undefined);
  const rows = all.map(({ bench, figure }) => [
    bench,
    figure.measure,
    formatLimit(figure),
    formatValue(figure),
    formatVerdict(figure),
    ...(isCompared ? [formatSpread(figure)] : []),
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
  const unsteady = all.flatMap(({ bench, figure }) =>
    formatUnsteady(figure).map((what) => `${bench}: ${figure.measure}: ${what}`),
  );
  const limited = all.filter(({ figure }) => figure.limit !== undefined).length;
  return {
    lines: [
      ...table([isCompared ? [...HEADINGS, SPREAD_HEADING] : HEADINGS, ...rows]),
      '',
      `${limited} ${limited === 1 ? 'limit' : 'limits'}, ${failures.length} missed.`,
      ...failures.map((failure) => `  MISSED ${failure}`),
      ...unsteady.map((figure) => `  UNSTEADY ${figure}`),
    ],
    isHeld: failures.length + unsteady.length === 0,
  };
}

/**
 * A table that is Markdown as well.
 *
 * @param {readonly (readonly string[])[]} rows the first of them has the headings
 */
function table(rows) {
  const [headings = [], ...others] = rows;
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (/** @type {readonly string[]} */ row) =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(headings), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...others.map(line)];
}
