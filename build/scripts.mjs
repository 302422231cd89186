import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { build, bundling } from './build.mjs';
import { openDisplay } from './machine/display.mjs';
import { compareRuns, FIGURES_FILE, readFigures, summarise } from './figures.mjs';
import { CACHE, ROOT } from './paths.mjs';
import { createProgress, SetUpProblem } from './command.mjs';
import { run } from './processes.mjs';
import { findRuntime } from './machine/runtime.mjs';
import { SET_UP_STEPS, setUp, whatWindowsNeed } from './machine/setup.mjs';

/** Scripts with one of these names drive the packaged application. */
const DRIVES_ELECTRON = ['board', 'computing', 'import', 'start', 'timeline'];

/** Longest that all benches together may take, also on a machine with other work. */
const WHOLE_RUN_MINUTES = 20;
const MOST_RUNS = 20;

/**
 * Names of scripts, then arguments for each of them.
 *
 * @param {readonly string[]} args
 * @param {readonly string[]} known
 */
export function chooseScripts(args, known) {
  const end = args.findIndex((argument) => argument.startsWith('-') || /^\d/.test(argument));
  const names = args.slice(0, end < 0 ? args.length : end);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new SetUpProblem(`There is no ${unknown} here.`, `Use any of ${known.join(', ')}.`);
  }
  return { names: names.length === 0 ? [...known] : names, passedOn: args.slice(names.length) };
}

/**
 * @param {string} folder below `tests`
 * @returns {string[]} sorted
 */
export function scriptNames(folder) {
  const sources = join(ROOT, 'tests', folder);
  if (!existsSync(sources)) return [];
  return readdirSync(sources)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -'.ts'.length))
    .sort();
}

/**
 * Bundles scripts of `tests/<folder>` and runs them with Node, one after the other.
 *
 * @param {string} folder `bench` or `fuzz`
 * @param {readonly string[]} args names, then arguments that are passed on
 * @returns {Promise<number>} 0 if all of them ended with 0
 */
export async function runScripts(folder, args) {
  const { names, passedOn } = chooseScripts(args, scriptNames(folder));
  let worst = 0;
  await inEnvironment(names, async (environment) => {
    for (const name of names) {
      console.log(`\n${folder} ${name}`);
      const code = await runScript(folder, name, { passedOn, environment });
      if (code !== 0) console.error(`${folder} ${name} ended with exit code ${code}.`);
      worst = Math.max(worst, code);
    }
  });
  return worst;
}

/**
 * `--runs 3` of the arguments for benches.
 *
 * @param {readonly string[]} args
 * @returns {{ runs: number, passedOn: readonly string[] }} one run by default
 */
export function takeRuns(args) {
  const at = args.indexOf('--runs');
  if (at < 0) return { runs: 1, passedOn: args };
  const runs = Number(args[at + 1]);
  if (!Number.isInteger(runs) || runs < 1 || runs > MOST_RUNS) {
    throw new SetUpProblem('--runs does not say how often.', `Use a number from 1 to ${MOST_RUNS}.`);
  }
  return { runs, passedOn: args.toSpliced(at, 2) };
}

/**
 * Runs benches, several times if told so, and prints a table of all their figures at the end.
 *
 * @param {readonly string[]} args names, then arguments that are passed on
 * @returns {Promise<number>} 0 if every limit is held, else 1
 */
export async function runBenches(args) {
  const { names, passedOn: rest } = chooseScripts(args, scriptNames('bench'));
  const { runs, passedOn } = takeRuns(rest);
  /** @type {import('./figures.mjs').BenchResult[][]} */
  const results = [];
  await inEnvironment(names, async (environment) => {
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
  /** @type {import('./figures.mjs').BenchResult[]} */
  const results = [];
  const start = performance.now();
  for (const name of names) {
    console.log(`\nbench ${name}`);
    const file = join(CACHE, 'bench', `${name}.figures`);
    mkdirSync(join(CACHE, 'bench'), { recursive: true });
    writeFileSync(file, '');
    const from = performance.now();
    const code = await runScript('bench', name, { passedOn, environment: { ...environment, [FIGURES_FILE]: file } });
    /** @type {import('./figures.mjs').Figure} */
    const time = { measure: 'time of this bench', value: (performance.now() - from) / 1_000, unit: 's' };
    results.push({ bench: name, code, figures: [...readFigures(readFileSync(file, 'utf8')), time] });
  }
  const value = (performance.now() - start) / 60_000;
  const isWhole = names.length === scriptNames('bench').length && passedOn.length === 0;
  const limit = isWhole ? { limit: WHOLE_RUN_MINUTES } : {};
  results.push({ bench: 'all', code: 0, figures: [{ measure: 'time of all of them', value, unit: 'min', ...limit }] });
  return results;
}

/**
 * Bundles a script and runs it.
 *
 * @param {string} folder
 * @param {string} name
 * @param {{ passedOn: readonly string[], environment: NodeJS.ProcessEnv }} options
 */
async function runScript(folder, name, { passedOn, environment }) {
  const esbuild = await import('esbuild');
  const bundle = join(CACHE, folder, `${name}.cjs`);
  await esbuild.build({
    ...bundling({ source: `tests/${folder}/${name}.ts`, result: bundle }),
    // Playwright locates its parts relative to its own path.
    external: ['electron', '@playwright/test', 'playwright-core'],
    logLevel: 'warning',
  });
  const { code } = await run(process.execPath, ['--expose-gc', bundle, ...passedOn], { cwd: ROOT, env: environment });
  return code;
}

/**
 * @param {readonly string[]} names
 * @param {(environment: NodeJS.ProcessEnv) => Promise<void>} work
 */
async function inEnvironment(names, work) {
  const environment = await prepare(names.some((name) => DRIVES_ELECTRON.includes(name)));
  try {
    await work(environment.env);
  } finally {
    environment.close();
  }
}

/** @param {boolean} drivesElectron */
async function prepare(drivesElectron) {
  const progress = createProgress(SET_UP_STEPS + (drivesElectron ? 3 : 1));
  await setUp({ need: ['bench', 'test', ...(drivesElectron ? whatWindowsNeed() : [])], progress });
  await build(progress);
  if (!drivesElectron) return { env: process.env, close: () => undefined };
  const { packageFolder } = await import('./package.mjs');
  const runtime = await findRuntime(progress);
  progress.step('Package: a folder for tests');
  const application = await packageFolder(runtime);
  const display = await openDisplay();
  return {
    env: { ...display.environment, ARCWARDEN_APP: application, ARCWARDEN_RUNTIME: runtime.executable },
    close: display.close,
  };
}
