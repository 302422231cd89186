import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

import { build, COMMAND_LINE } from './build.mjs';
import { createProgress, runCommand, SetUpProblem } from './command.mjs';
import { HELP } from './help.mjs';
import { openDisplay } from './machine/display.mjs';
import { findRuntime } from './machine/runtime.mjs';
import { hasDisplay, SET_UP_STEPS, setUp, whatWindowsNeed } from './machine/setup.mjs';
import { OUT, ROOT } from './paths.mjs';
import { run } from './processes.mjs';
import { createRunner, hasNoData, makeSample, sampleText } from './sample.mjs';

const PICTURE = join(OUT, 'console.png');
const LOG = join(OUT, 'console.log');
const PICTURE_NOTICE = `A picture of the window is in ${relative(ROOT, PICTURE)}.`;
/** The console normally paints in under a second; a slow disk and a large import take longer. */
const VIRTUAL_RUN_TIMEOUT_MS = 90_000;

const SAMPLE_NOTICE = [
  'This is a demo: a fleet of invented clusters in a temporary folder. Your own data was not touched.',
  'To see your own files instead: npm start -- --import PATH... (a kubeconfig, an access file, a folder with certificates)',
].join('\n');

/**
 * Makes paths absolute, since the application runs in another folder. One path follows `--data`, any number follow
 * `--import`.
 *
 * @param {readonly string[]} args as typed by the user
 * @param {string} [folder] the folder that paths are relative to
 */
export function readArguments(args, folder = process.env['INIT_CWD'] ?? process.cwd()) {
  /** @type {string[]} */
  const imports = [];
  /** @type {string | undefined} */
  let data;
  let expecting = '';
  const words = args.map((argument) => {
    const [, name, value] = /^--([^=]*)(?:=(.*))?$/su.exec(argument) ?? [];
    const typed = name === undefined ? argument : value;
    const option = name ?? expecting;
    expecting = option === 'import' || typed === undefined ? option : '';
    if (typed === undefined || !['data', 'import'].includes(option)) return argument;
    const path = resolve(folder, typed);
    if (option === 'import') imports.push(path);
    else data ??= path;
    return name === undefined ? path : `--${name}=${path}`;
  });
  // A folder named by the user is shown even if it is empty.
  const namesData = args.some((argument) => /^--(?:data|import)(?:=|$)/u.test(argument));
  return { words, data, imports, namesData };
}

/** @param {{ isRoot?: boolean, isVirtual: boolean }} situation `isVirtual`: whether the display is virtual */
export function chromiumSwitches({ isRoot = process.getuid?.() === 0, isVirtual }) {
  return [
    // Root cannot set up Chromium's sandbox.
    ...(isRoot ? ['--no-sandbox'] : []),
    // A container's /dev/shm is often too small for the page. A virtual display has no graphics processor; Chromium
    // would try one first, fail, and perhaps lose a frame.
    ...(isVirtual ? ['--disable-dev-shm-usage', '--disable-gpu'] : []),
  ];
}

await runCommand(import.meta.url, HELP.start, async (args) => {
  const { words, data, imports, namesData } = readArguments(args);
  const missing = imports.find((path) => !existsSync(path));
  if (missing !== undefined) throw new SetUpProblem(`There is no ${missing}.`, 'Check the paths behind --import.');
  const progress = createProgress(SET_UP_STEPS + 3);
  const isVirtual = !hasDisplay();
  await setUp({ need: whatWindowsNeed(), progress });
  await build(progress);
  const { executable } = await findRuntime(progress);
  const electron = (/** @type {string[]} */ ...extra) => [...chromiumSwitches({ isVirtual }), ROOT, ...words, ...extra];
  if (!isVirtual) {
    progress.step('Console');
    return (await run(executable, electron(), { cwd: ROOT })).code;
  }
  const arcwarden = createRunner(COMMAND_LINE);
  if (!namesData && (await hasNoData(arcwarden))) {
    progress.step('Console: there is no display and no data yet, so it shows a demo fleet');
    const sample = await makeSample(arcwarden);
    try {
      await takePicture(executable, electron('--data', sample.data));
      console.log(['', SAMPLE_NOTICE, '', await sampleText(arcwarden, sample.data), '', PICTURE_NOTICE].join('\n'));
      return 0;
    } finally {
      sample.remove();
    }
  }
  progress.step('Console: there is no display, so it runs under a virtual one');
  await takePicture(executable, electron());
  console.log('');
  const list = [COMMAND_LINE, 'inventory', 'list', ...(data === undefined ? [] : ['--data', data])];
  const { code } = await run(process.execPath, list, { cwd: ROOT });
  console.log(`\n${PICTURE_NOTICE}`);
  // Exit code 1 means that a certificate needs attention, not that the start failed.
  return code === 1 ? 0 : code;
});

/**
 * @param {string} executable
 * @param {string[]} electronArguments
 */
async function takePicture(executable, electronArguments) {
  mkdirSync(OUT, { recursive: true });
  rmSync(PICTURE, { force: true });
  const display = await openDisplay();
  try {
    const { code, output, timedOut } = await run(executable, [...electronArguments, '--capture', PICTURE], {
      cwd: ROOT,
      env: display.environment,
      // Chromium complains about missing desktop services.
      output: 'collect',
      timeoutMs: VIRTUAL_RUN_TIMEOUT_MS,
    });
    writeFileSync(LOG, output);
    if (code === 0 && existsSync(PICTURE)) return;
    throw new SetUpProblem(
      timedOut
        ? `The console painted nothing within ${VIRTUAL_RUN_TIMEOUT_MS / 1_000} seconds.`
        : `The console ended with exit code ${code} before it saved a picture.`,
      `What it said is in ${relative(ROOT, LOG)}.`,
    );
  } finally {
    display.close();
  }
}
