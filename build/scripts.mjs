import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { build } from './build.mjs';
import { openDisplay } from './display.mjs';
import { CACHE, ROOT } from './paths.mjs';
import { SetUpProblem } from './problem.mjs';
import { run } from './processes.mjs';
import { createProgress } from './progress.mjs';
import { findRuntime } from './runtime.mjs';
import { hasDisplay, SET_UP_STEPS, setUp } from './setup.mjs';
import { NODE_TARGET } from './targets.mjs';
import { globals } from './version.mjs';

/** Scripts with one of these names drive the packaged application. */
const DRIVES_ELECTRON = ['board', 'start', 'timeline'];

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
  const sources = join(ROOT, 'tests', folder);
  const { names, passedOn } = chooseScripts(args, scriptNames(folder));
  const drivesElectron = names.some((name) => DRIVES_ELECTRON.includes(name));
  const environment = await prepare(drivesElectron);
  let worst = 0;
  try {
    for (const name of names) {
      console.log(`\n${folder} ${name}`);
      const bundle = await bundleScript(join(sources, `${name}.ts`), join(CACHE, folder, `${name}.cjs`));
      const { code } = await run(process.execPath, ['--expose-gc', bundle, ...passedOn], {
        cwd: ROOT,
        env: environment.env,
      });
      if (code !== 0) console.error(`${folder} ${name} ended with exit code ${code}.`);
      worst = Math.max(worst, code);
    }
  } finally {
    environment.close();
  }
  return worst;
}

/** @param {boolean} drivesElectron */
async function prepare(drivesElectron) {
  const progress = createProgress(SET_UP_STEPS + (drivesElectron ? 3 : 1));
  if (!drivesElectron) {
    await setUp({ need: ['bench', 'test'], progress });
    await build(progress);
    return { env: process.env, close: () => undefined };
  }
  const { packageFolder } = await import('./package.mjs');
  const need = /** @type {const} */ (['bench', 'test', 'electron']);
  await setUp({ need: hasDisplay() ? [...need] : [...need, 'display'], progress });
  await build(progress);
  const runtime = await findRuntime(progress);
  progress.step('Package: a folder for tests');
  const application = await packageFolder(runtime);
  const display = await openDisplay();
  return {
    env: { ...display.environment, ARCWARDEN_APP: application, ARCWARDEN_RUNTIME: runtime.executable },
    close: display.close,
  };
}

/**
 * @param {string} source
 * @param {string} result
 */
async function bundleScript(source, result) {
  const esbuild = await import('esbuild');
  mkdirSync(join(result, '..'), { recursive: true });
  await esbuild.build({
    entryPoints: [source],
    outfile: result,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: NODE_TARGET,
    mainFields: ['module', 'main'],
    // Playwright locates its parts relative to its own path.
    external: ['electron', '@playwright/test', 'playwright-core'],
    define: globals(),
    logLevel: 'warning',
  });
  return result;
}
