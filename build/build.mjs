import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { checkCatalogues } from './catalogues.mjs';
import { HELP } from './help.mjs';
import { bundledModules, recordedModules, writeLicences } from './licences.mjs';
import { CACHE, inNodeModules, OUT, PAGE_MODULES, ROOT } from './paths.mjs';
import { isProgram, runCommand, SetUpProblem } from './problem.mjs';
import { run } from './processes.mjs';
import { createProgress } from './progress.mjs';
import { SET_UP_STEPS, setUp } from './setup.mjs';
import { fingerprint, stamp } from './stamp.mjs';
import { NODE_TARGET } from './targets.mjs';
import { globals } from './version.mjs';

/** @typedef {import('./progress.mjs').Progress} Progress */

const SOURCES = ['core', 'electron', 'renderer', 'build', 'package.json', 'package-lock.json'];

export const MAIN = join(OUT, 'main.cjs');
export const PRELOAD = join(OUT, 'preload.cjs');
export const COMMAND_LINE = join(OUT, 'arcwarden.cjs');
const PAGE = join(OUT, 'renderer', 'index.html');
/** The licences of everything in the bundles, as the About dialog promises. */
const LICENCES = join(OUT, 'licences.txt');

/** @typedef {{ source: string, result: string, banner?: string }} Program */

/** @type {readonly Program[]} */
const PROGRAMS = [
  { source: 'electron/main.ts', result: MAIN },
  { source: 'electron/preload.ts', result: PRELOAD },
  { source: 'core/cli/main.ts', result: COMMAND_LINE, banner: '#!/usr/bin/env node' },
];

/**
 * Builds `out/` unless it already holds what the sources say.
 *
 * @param {Progress} progress
 * @returns {Promise<{ built: boolean }>}
 */
export async function build(progress) {
  const sources = fingerprint(
    ROOT,
    SOURCES.map((path) => join(ROOT, path)),
  );
  const results = [...PROGRAMS.map(({ result }) => result), PAGE, LICENCES];
  const memory = stamp(join(CACHE, 'build'), sources, results);
  if (memory.isCurrent()) {
    progress.step('Build: nothing has changed');
    return { built: false };
  }
  progress.step('Build: main process, preload, command line and page');
  memory.forget();
  mkdirSync(OUT, { recursive: true });
  await checkCatalogues();
  const modules = await Promise.all([buildPage(), ...PROGRAMS.map(buildProgram)]);
  writeLicences(LICENCES, modules.flat());
  memory.write();
  return { built: true };
}

/**
 * How a program that runs in Node or in Electron's main process is bundled.
 *
 * @param {Program} program
 * @returns {import('esbuild').BuildOptions & { metafile: true }}
 */
export function bundling({ source, result, banner }) {
  return {
    entryPoints: [join(ROOT, source)],
    outfile: result,
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: NODE_TARGET,
    // Node packages list their ES modules first; esbuild drops what is unused only from those.
    mainFields: ['module', 'main'],
    external: ['electron'],
    define: globals(),
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    // The licences go into a file of their own.
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
    ...(banner === undefined ? {} : { banner: { js: banner } }),
  };
}

/**
 * @param {Program} program
 * @returns {Promise<string[]>} the modules in it
 */
async function buildProgram(program) {
  const esbuild = await import('esbuild');
  const { source, result, banner } = program;
  const { errors, metafile } = await esbuild
    .build(bundling(program))
    .catch((/** @type {import('esbuild').BuildFailure} */ { errors }) => ({ errors, metafile: undefined }));
  if (errors.length > 0 || metafile === undefined) throw buildProblem(source);
  if (banner !== undefined) chmodSync(result, 0o755);
  return bundledModules(metafile).map((path) => join(ROOT, path));
}

/** @returns {Promise<string[]>} the modules in it */
async function buildPage() {
  // A separate process: it runs in parallel with the bundles above, and our NODE_ENV stays unchanged.
  const { code, output } = await run(
    process.execPath,
    [
      inNodeModules('vite/bin/vite.js'),
      'build',
      '--config',
      join(ROOT, 'build/vite.config.mjs'),
      '--configLoader',
      'native',
      '--logLevel',
      'warn',
    ],
    { cwd: ROOT, output: 'collect', env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (output.trim() !== '') console.error(output.trimEnd());
  if (code !== 0 || !existsSync(PAGE)) throw buildProblem('renderer/index.html');
  return recordedModules(PAGE_MODULES);
}

/** @param {string} source */
function buildProblem(source) {
  return new SetUpProblem(`${source} could not be built.`, 'Mend what is listed above and build again.');
}

if (isProgram(import.meta.url)) {
  await runCommand(async () => {
    const progress = createProgress(SET_UP_STEPS + 1);
    await setUp({ need: [], progress });
    await build(progress);
    return 0;
  }, HELP.build);
}
