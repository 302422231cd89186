import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { runCommand, SetUpProblem } from './command.mjs';
import { compareRuns, FIGURES_FILE, readFigures, SLOWNESS, summarise } from '../tests/rigs/figures.mjs';
import { HELP } from './help.mjs';
import { CACHE } from './paths.mjs';
import { chooseScripts, useEnvironment, runScript, scriptNames } from './scripts.mjs';

/** @typedef {import('../tests/rigs/figures.mjs').BenchResult} BenchResult */

/** Multiplied by the slowness of the machine. */
const WHOLE_RUN_MINUTES = 20;
const MOST_RUNS = 20;
const NAMES = scriptNames('bench');

/**
 * Extracts an option such as `--runs 3`.
 *
 * @param {readonly string[]} args
 * @returns one run by default
 */
export function takeRuns(args) {
  const at = args.indexOf('--runs');
  if (at < 0) return { runs: 1, passedOn: args };
  const runs = Number(args[at + 1]);
  if (!Number.isInteger(runs) || runs < 1 || runs > MOST_RUNS)
    throw new SetUpProblem('--runs does not say how often.', `Use a number from 1 to ${MOST_RUNS}.`);
  return { runs, passedOn: args.toSpliced(at, 2) };
}

/**
 * @param {readonly string[]} args names, then arguments for the benches
 * @returns {Promise<number>} 0 if every figure is within its limit, else 1
 */
async function runBenches(args) {
  const { names, passedOn: rest } = chooseScripts(args, NAMES);
  const { runs, passedOn } = takeRuns(rest);
  /** @type {BenchResult[][]} */
  const results = [];
  await useEnvironment(names, async (environment) => {
    while (results.length < runs) {
      if (runs > 1) console.log(`\nrun ${results.length + 1} of ${runs}`);
      results.push(await runBenchesOnce(names, { passedOn, environment }));
    }
  });
  const { lines, isHeld } = summarise(compareRuns(results));
  console.log(`\n${lines.join('\n')}`);
  return isHeld ? 0 : 1;
}

/**
 * @param {readonly string[]} names
 * @param {{ passedOn: readonly string[], environment: NodeJS.ProcessEnv }} options
 */
async function runBenchesOnce(names, { passedOn, environment }) {
  /** @type {BenchResult[]} */
  const results = [];
  const start = performance.now();
  for (const name of names) {
    const file = join(CACHE, 'bench', `${name}.figures`);
    mkdirSync(join(CACHE, 'bench'), { recursive: true });
    writeFileSync(file, '');
    const from = performance.now();
    const code = await runScript('bench', name, { passedOn, environment: { ...environment, [FIGURES_FILE]: file } });
    /** @type {import('../tests/rigs/figures.mjs').Figure} */
    const time = { measure: 'time of this bench', value: (performance.now() - from) / 1_000, unit: 's' };
    results.push({ bench: name, code, figures: [...readFigures(readFileSync(file, 'utf8')), time] });
  }
  const value = (performance.now() - start) / 60_000;
  const isWhole = names.length === NAMES.length && passedOn.length === 0;
  const slowness = results.flatMap(({ figures }) =>
    figures.flatMap((each) => (each.measure === SLOWNESS ? (each.value ?? []) : [])),
  );
  const limit = isWhole ? { limit: WHOLE_RUN_MINUTES * Math.max(1, ...slowness) } : {};
  results.push({ bench: 'all', code: 0, figures: [{ measure: 'time of all of them', value, unit: 'min', ...limit }] });
  return results;
}

await runCommand(import.meta.url, HELP.bench.replace('{names}', NAMES.join(', ')), runBenches);
