import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { build, bundleOptions } from './build.mjs';
import { createProgress, SetUpProblem } from './command.mjs';
import { openDisplay } from './machine/display.mjs';
import { findRuntime } from './machine/runtime.mjs';
import { SET_UP_STEPS, setUp, whatWindowsNeed } from './machine/setup.mjs';
import { CACHE, ROOT } from './paths.mjs';
import { run } from './processes.mjs';

const DRIVES_ELECTRON = ['board', 'computing', 'import', 'start', 'team', 'timeline'];

/**
 * @param {readonly string[]} args
 * @param {readonly string[]} known
 */
export function chooseScripts(args, known) {
  const end = args.findIndex((argument) => argument.startsWith('-') || /^\d/.test(argument));
  const names = args.slice(0, end < 0 ? args.length : end);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new SetUpProblem(`There is no ${unknown} here.`, `Use any of ${known.join(', ')}.`);
  return { names: names.length === 0 ? [...known] : names, passedOn: args.slice(names.length) };
}

/**
 * @param {'bench' | 'fuzz'} folder below `tests`
 * @returns sorted
 */
export function scriptNames(folder) {
  const files = readdirSync(join(ROOT, 'tests', folder)).filter((name) => name.endsWith('.ts'));
  return files.map((name) => name.slice(0, -'.ts'.length)).sort();
}

/**
 * @param {'bench' | 'fuzz'} folder
 * @param {string} name
 * @param {{ passedOn: readonly string[], environment: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} its exit code
 */
export async function runScript(folder, name, { passedOn, environment }) {
  console.log(`\n${folder} ${name}`);
  const esbuild = await import('esbuild');
  const bundle = join(CACHE, folder, `${name}.cjs`);
  await esbuild.build({
    ...bundleOptions({ source: `tests/${folder}/${name}.ts`, result: bundle }),
    // Playwright finds its parts relative to its own path.
    external: ['electron', '@playwright/test', 'playwright-core'],
    logLevel: 'warning',
  });
  const { code } = await run(process.execPath, ['--expose-gc', bundle, ...passedOn], { cwd: ROOT, env: environment });
  return code;
}

/**
 * @param {readonly string[]} names of the scripts
 * @param {(environment: NodeJS.ProcessEnv) => Promise<void>} work
 */
export async function useEnvironment(names, work) {
  const drivesElectron = names.some((name) => DRIVES_ELECTRON.includes(name));
  const progress = createProgress(SET_UP_STEPS + (drivesElectron ? 3 : 1));
  await setUp({ need: ['bench', 'test', ...(drivesElectron ? whatWindowsNeed() : [])], progress });
  await build(progress);
  if (!drivesElectron) return work(process.env);
  const { packageFolder } = await import('./package.mjs');
  const runtime = await findRuntime(progress);
  progress.step('Package: a folder for tests');
  const application = await packageFolder(runtime);
  const display = await openDisplay();
  try {
    await work({ ...display.environment, ARCWARDEN_APP: application, ARCWARDEN_RUNTIME: runtime.executable });
  } finally {
    display.close();
  }
}
