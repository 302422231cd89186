import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { checkCatalogues, readCatalogues } from './catalogues.mjs';
import { HELP } from './help.mjs';
import { billOfMaterials, listBundledModules, licencesText, packageFolders, readLicensed } from './licences.mjs';
import { CACHE, globals, modulePath, NODE_TARGET, OUT, PAGE_MODULES, ROOT, readText } from './paths.mjs';
import { createProgress, runCommand, SetUpProblem } from './command.mjs';
import { run } from './processes.mjs';
import { SET_UP_STEPS, setUp } from './machine/setup.mjs';

/** @typedef {import('./command.mjs').Progress} Progress */

const SOURCES = ['core', 'electron', 'renderer', 'build', 'package.json', 'package-lock.json'];

export const COMMAND_LINE = join(OUT, 'arcwarden.cjs');
const PAGE = join(OUT, 'renderer', 'index.html');
const LICENCES = join(OUT, 'licences.txt');
/** For vulnerability scanners. */
const SBOM = join(OUT, 'sbom.cdx.json');
/** Lets editors check and complete a specification of certificates. */
const SCHEMA = join(OUT, 'authority-create.schema.json');

/**
 * `parts`: a pattern for the names of further files below `out/`, which are loaded on demand; without it, the program
 * is a single file.
 *
 * @typedef {{ source: string, result: string, parts?: string, banner?: string }} Program
 */

/** @satisfies {Program} */
export const COMMANDS = {
  source: 'core/cli/main.ts',
  result: COMMAND_LINE,
  parts: 'arcwarden/[name]-[hash]',
  banner: '#!/usr/bin/env node',
};

/** @satisfies {Record<string, Program>} */
export const WINDOW_PROGRAMS = {
  // Main finds the other programs and the page relative to its own path.
  main: { source: 'electron/main.ts', result: join(OUT, 'main.cjs'), parts: 'main-[hash]' },
  services: { source: 'electron/services/program.ts', result: join(OUT, 'services.cjs'), parts: 'services-[hash]' },
  computing: {
    source: 'electron/services/computing.ts',
    result: join(OUT, 'computing.cjs'),
    parts: 'computing-[hash]',
  },
  // A sandboxed preload cannot load files.
  preload: { source: 'electron/preload.ts', result: join(OUT, 'preload.cjs') },
};

/** @type {readonly Program[]} */
const PROGRAMS = [...Object.values(WINDOW_PROGRAMS), COMMANDS];

const PARTS = /^(?:arcwarden|(?:main|services|computing)-.*)$/u;

/**
 * Builds `out/` unless it is up to date with the sources.
 *
 * @param {Progress} progress
 */
export async function build(progress) {
  const value = fingerprint(ROOT, SOURCES);
  const results = [...PROGRAMS.map(({ result }) => result), PAGE, LICENCES, SBOM, SCHEMA];
  const wasDue = await ifChanged({ file: join(CACHE, 'build'), value, results }, async () => {
    progress.step('Build: main process, services, preload, command line and page');
    mkdirSync(OUT, { recursive: true });
    for (const name of readdirSync(OUT)) if (PARTS.test(name)) rmSync(join(OUT, name), { recursive: true });
    checkCatalogues();
    const [schema, ...modules] = await Promise.all([specificationSchema(), buildPage(), ...PROGRAMS.map(buildProgram)]);
    writeFileSync(SCHEMA, schema);
    const packages = packageFolders(modules.flat()).map(readLicensed);
    writeFileSync(LICENCES, licencesText(packages));
    writeFileSync(SBOM, billOfMaterials(packages, JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))));
  });
  if (!wasDue) progress.step('Build: nothing has changed');
}

/**
 * Builds the command line in its shipped form.
 *
 * @param {string} folder
 * @returns the file to start
 */
export async function buildCommandLine(folder) {
  const result = join(folder, basename(COMMANDS.result));
  await buildProgram({ ...COMMANDS, result });
  return result;
}

/** Returns the JSON schema of what `arcwarden authority create` reads, from the checks themselves. */
export async function specificationSchema() {
  const [esbuild, { toJSONSchema }] = await Promise.all([import('esbuild'), import('zod')]);
  const outfile = join(CACHE, 'specification.mjs');
  const source = 'core/authorities/create/specification/schema.ts';
  await esbuild.build({
    entryPoints: [join(ROOT, source)],
    outfile,
    bundle: true,
    format: 'esm',
    packages: 'external',
  });
  const { specDocument } = await import(pathToFileURL(outfile).href);
  const { $schema, ...schema } = toJSONSchema(specDocument, { io: 'input' });
  return JSON.stringify({ $schema, title: 'Arcwarden certificate specification', ...schema }, null, 2);
}

const OUTPUT = /** @type {const} */ ({
  platform: 'node',
  format: 'cjs',
  target: NODE_TARGET,
  // Removes white space, so that less is read at startup, but keeps names.
  minifyWhitespace: true,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'error',
});

/**
 * @param {Program} program
 * @returns {import('esbuild').BuildOptions & { metafile: true }}
 */
export function bundleOptions({ source, result, banner }) {
  return {
    ...OUTPUT,
    entryPoints: [join(ROOT, source)],
    outfile: result,
    absWorkingDir: ROOT,
    bundle: true,
    // Node packages list their ES modules first; esbuild removes unused code only from those.
    mainFields: ['module', 'main'],
    external: ['electron'],
    define: globals(),
    minifySyntax: true,
    plugins: [dropMessages(), textsInJson()],
    loader: { '.ps1': 'text', '.sql': 'text' },
    metafile: true,
    ...(banner === undefined ? {} : { banner: { js: banner } }),
  };
}

/**
 * Drops zod's messages in 50 languages, which are never shown but make up half of the package.
 *
 * @returns {import('esbuild').Plugin}
 */
function dropMessages() {
  return {
    name: 'arcwarden-zod-in-english',
    setup(build) {
      build.onResolve({ filter: /^\.\.\/locales\/index\.js$/ }, ({ importer, resolveDir }) =>
        /[\\/]zod[\\/]v4[\\/]/.test(importer) ? { path: join(resolveDir, '../locales/en.js') } : undefined,
      );
    },
  };
}

/**
 * Converts texts to JSON, which V8 parses several times as fast as an object literal.
 *
 * @returns {import('esbuild').Plugin}
 */
function textsInJson() {
  return {
    name: 'arcwarden-texts-in-json',
    setup(build) {
      build.onLoad({ filter: /[\\/]text[\\/](en|ja)\.json$/ }, ({ path }) => {
        const json = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
        return { contents: `export default JSON.parse(${JSON.stringify(json)})` };
      });
    },
  };
}

/**
 * @param {Program} program
 * @returns the modules in it
 */
async function buildProgram(program) {
  const esbuild = await import('esbuild');
  const { source, result, parts, banner } = program;
  try {
    const { metafile } = await (parts === undefined
      ? esbuild.build(bundleOptions(program))
      : buildInParts(program, parts));
    if (banner !== undefined) chmodSync(result, 0o755);
    return listBundledModules(metafile).map((path) => join(ROOT, path));
  } catch (error) {
    // esbuild has already printed the errors.
    throw error instanceof Error && 'errors' in error ? buildProblem(source) : error;
  }
}

/**
 * Bundles a program in parts. esbuild splits only ES modules, so each part is then converted to CommonJS, where
 * `import()` loads a file on demand.
 *
 * @param {Program} program
 * @param {string} parts
 */
async function buildInParts(program, parts) {
  const esbuild = await import('esbuild');
  const { outfile: _, banner, ...options } = bundleOptions(program);
  mkdirSync(CACHE, { recursive: true });
  const modules = mkdtempSync(join(CACHE, 'build-modules-'));
  try {
    const start = basename(program.result);
    const split = await esbuild.build({
      ...options,
      entryPoints: { [basename(start, '.cjs')]: join(ROOT, program.source) },
      format: 'esm',
      splitting: true,
      chunkNames: parts,
      outdir: modules,
      outExtension: { '.js': '.cjs' },
    });
    const files = Object.keys(split.metafile.outputs).filter((path) => path.endsWith('.cjs'));
    for (const isStart of [true, false])
      await esbuild.build({
        ...OUTPUT,
        entryPoints: files.filter((path) => (basename(path) === start) === isStart).map((path) => join(ROOT, path)),
        outdir: dirname(program.result),
        outbase: modules,
        outExtension: { '.js': '.cjs' },
        supported: { 'dynamic-import': false },
        ...(isStart && banner && { banner: { js: `${banner['js']}\n${lookForParts()}` } }),
      });
    return split;
  } finally {
    rmSync(modules, { recursive: true, force: true });
  }
}

/** Returns the first line of the command line program, which reports missing parts before any other code runs. */
function lookForParts() {
  const { en, ja } = readCatalogues();
  const text = [en, ja].map((messages) => `${messages['cli.parts-missing']}\n`).join('');
  const folder = `require("node:path").join(__dirname,${JSON.stringify(basename(COMMANDS.result, '.cjs'))})`;
  return `if(!require("node:fs").existsSync(${folder})){process.stderr.write(${JSON.stringify(text)});process.exit(2)}`;
}

/** @returns {Promise<string[]>} the modules in the page */
async function buildPage() {
  // A separate process runs in parallel with the bundles above and keeps our NODE_ENV unchanged.
  const { code, output } = await run(
    process.execPath,
    [
      modulePath('vite/bin/vite.js'),
      ...['build', '--config', join(ROOT, 'build/vite.config.mjs'), '--configLoader', 'native', '--logLevel', 'warn'],
    ],
    { cwd: ROOT, output: 'collect', env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (output.trim() !== '') console.error(output.trimEnd());
  if (code !== 0 || !existsSync(PAGE)) throw buildProblem('renderer/index.html');
  return JSON.parse(readFileSync(PAGE_MODULES, 'utf8'));
}

/** @param {string} source */
function buildProblem(source) {
  return new SetUpProblem(`${source} could not be built.`, 'Mend what is listed above and build again.');
}

/**
 * Returns a text that changes when a file below `paths` is added, removed or written. Reads only names, sizes and
 * modification times.
 *
 * @param {string} root the folder that `paths` are relative to
 * @param {readonly string[]} paths files or folders, which may be missing
 */
export function fingerprint(root, paths) {
  const hash = createHash('sha256');
  const add = (/** @type {string} */ path) => {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status?.isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else hash.update(`${relative(root, path)} ${status?.size} ${status?.mtimeMs}\n`);
  };
  for (const path of paths) add(resolve(root, path));
  return hash.digest('hex');
}

/**
 * @param {object} memory
 * @param {string} memory.file the file that stores the fingerprint
 * @param {string} memory.value the fingerprint of the work's inputs
 * @param {string[]} [memory.results] files that the work produces; it runs again if one is missing
 * @param {() => Promise<void>} work
 * @returns whether the work ran
 */
export async function ifChanged({ file, value, results = [] }, work) {
  if (readText(file) === value && results.every((path) => existsSync(path))) return false;
  // Removes the file first, so that interrupted work is repeated.
  rmSync(file, { force: true });
  await work();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, value);
  return true;
}

await runCommand(import.meta.url, HELP.build, async () => {
  const progress = createProgress(SET_UP_STEPS + 1);
  await setUp({ need: [], progress });
  await build(progress);
  return 0;
});
