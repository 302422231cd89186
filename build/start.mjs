import { createWriteStream, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

import { build, COMMAND_LINE } from './build.mjs';
import { openDisplay } from './machine/display.mjs';
import { HELP } from './help.mjs';
import { OUT, ROOT } from './paths.mjs';
import { createProgress, runCommand, SetUpProblem } from './command.mjs';
import { run } from './processes.mjs';
import { findRuntime } from './machine/runtime.mjs';
import { arcwardenAt, hasNoData, makeSample, sampleText } from './sample.mjs';
import { hasDisplay, SET_UP_STEPS, setUp, whatWindowsNeed } from './machine/setup.mjs';

const PICTURE = join(OUT, 'console.png');
const LOG = join(OUT, 'console.log');
const PICTURE_NOTICE = `A picture of the window is in ${relative(ROOT, PICTURE)}.`;
/** The console paints in under a second; a slow disk and a large import get more time. */
const VIRTUAL_RUN_TIMEOUT_MS = 90_000;

const SAMPLE_NOTICE = [
  'This is a demo: a fleet of invented clusters in a temporary folder. Your own data was not touched.',
  'To see your own files instead: npm start -- --import PATH... (a kubeconfig, an access file, a folder with certificates)',
].join('\n');

/**
 * The paths behind options of the application: one behind `--data`, any number behind `--import`.
 *
 * @param {readonly string[]} args
 */
function pathsIn(args) {
  let expecting = '';
  return args.flatMap((argument, at) => {
    const [, name, value] = /^--([^=]*)(?:=(.*))?$/su.exec(argument) ?? [];
    const path = name === undefined ? argument : value;
    const option = name ?? expecting;
    expecting = option === 'import' || path === undefined ? option : '';
    return path !== undefined && ['data', 'import'].includes(option) ? [{ option, path, at }] : [];
  });
}

/**
 * The arguments with absolute paths: the application runs in another folder than the user.
 *
 * @param {readonly string[]} args
 * @param {string} folder that paths are relative to
 */
export function withAbsolutePaths(args, folder) {
  const result = [...args];
  for (const { path, at } of pathsIn(args))
    result[at] = `${args[at]?.slice(0, -path.length || undefined)}${resolve(folder, path)}`;
  return result;
}

/**
 * The files and folders behind `--import`.
 *
 * @param {readonly string[]} args with absolute paths
 */
export function importArguments(args) {
  return pathsIn(args).flatMap(({ option, path }) => (option === 'import' ? [path] : []));
}

/**
 * The folder named by `--data`, for another program that reads the same store.
 *
 * @param {readonly string[]} args
 * @returns {string[]} `['--data', folder]` or nothing
 */
export function dataArguments(args) {
  const data = pathsIn(args).find(({ option }) => option === 'data');
  return data === undefined ? [] : ['--data', data.path];
}

/**
 * Whether the user named the data to show, which is then shown even if empty.
 *
 * @param {readonly string[]} args
 */
export function namesData(args) {
  return args.some((argument) => /^--(?:data|import)(?:=|$)/u.test(argument));
}

/**
 * Switches without which Chromium would refuse to run.
 *
 * @param {{ isRoot: boolean, isVirtual: boolean }} situation
 */
export function chromiumSwitches({ isRoot, isVirtual }) {
  return [
    // Root cannot set up Chromium's sandbox.
    ...(isRoot ? ['--no-sandbox'] : []),
    // A container's /dev/shm is often too small for the page. A virtual display has no graphics processor; without
    // this, one is tried first, fails, and may take a frame with it.
    ...(isVirtual ? ['--disable-dev-shm-usage', '--disable-gpu'] : []),
  ];
}

/**
 * @param {readonly string[]} args as the person typed them
 * @returns {Promise<number>} the exit code
 */
async function start(args) {
  const applicationArguments = withAbsolutePaths(args, process.env['INIT_CWD'] ?? process.cwd());
  const missing = importArguments(applicationArguments).find((path) => !existsSync(path));
  if (missing !== undefined) {
    throw new SetUpProblem(`There is no ${missing}.`, 'Check the paths behind --import.');
  }
  const progress = createProgress(SET_UP_STEPS + 3);
  const isVirtual = !hasDisplay();
  await setUp({ need: whatWindowsNeed(), progress });
  await build(progress);
  const runtime = await findRuntime(progress);
  const electron = (/** @type {string[]} */ extra) => [
    ...chromiumSwitches({ isRoot: process.getuid?.() === 0, isVirtual }),
    ROOT,
    ...applicationArguments,
    ...extra,
  ];
  if (!isVirtual) {
    progress.step('Console');
    const { code } = await run(runtime.executable, electron([]), { cwd: ROOT });
    return code;
  }
  const arcwarden = arcwardenAt(COMMAND_LINE);
  if (!namesData(applicationArguments) && (await hasNoData(arcwarden))) {
    progress.step('Console: there is no display and no data yet, so it shows a demo fleet');
    return startOnSample(runtime.executable, electron, arcwarden);
  }
  progress.step('Console: there is no display, so it runs under a virtual one');
  await takePicture(runtime.executable, electron(['--capture', PICTURE]));
  console.log('');
  const { code } = await run(
    process.execPath,
    [COMMAND_LINE, 'inventory', 'list', ...dataArguments(applicationArguments)],
    { cwd: ROOT },
  );
  console.log(`\n${PICTURE_NOTICE}`);
  // 1 means that a certificate needs attention, which is no failure to start.
  return code === 1 ? 0 : code;
}

/**
 * Shows a demo fleet in a data folder of its own, which is removed afterwards.
 *
 * @param {string} executable
 * @param {(extra: string[]) => string[]} electron
 * @param {import('./sample.mjs').Arcwarden} arcwarden
 * @returns {Promise<number>} the exit code
 */
async function startOnSample(executable, electron, arcwarden) {
  const { data, remove } = await makeSample(arcwarden);
  try {
    await takePicture(executable, electron(['--data', data, '--capture', PICTURE]));
    const text = await sampleText(arcwarden, data);
    console.log(['', SAMPLE_NOTICE, '', text, '', PICTURE_NOTICE].join('\n'));
    return 0;
  } finally {
    remove();
  }
}

/**
 * Has the console paint its board once on a virtual display.
 *
 * @param {string} executable
 * @param {string[]} electronArguments
 */
async function takePicture(executable, electronArguments) {
  mkdirSync(OUT, { recursive: true });
  rmSync(PICTURE, { force: true });
  const display = await openDisplay();
  try {
    const result = await run(executable, electronArguments, {
      cwd: ROOT,
      env: display.environment,
      // Chromium complains about desktop services that are missing here.
      output: 'collect',
      timeoutMs: VIRTUAL_RUN_TIMEOUT_MS,
    });
    createWriteStream(LOG).end(result.output);
    if (result.code !== 0 || !existsSync(PICTURE)) {
      throw new SetUpProblem(
        result.timedOut
          ? `The console painted nothing within ${VIRTUAL_RUN_TIMEOUT_MS / 1_000} seconds.`
          : `The console ended with exit code ${result.code} before it saved a picture.`,
        `What it said is in ${relative(ROOT, LOG)}.`,
      );
    }
  } finally {
    display.close();
  }
}

await runCommand(import.meta.url, HELP.start, start);
