import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from './build.mjs';
import { staticChecks } from './checks.mjs';
import { DEBIAN_SERVERS } from './debian-servers.mjs';
import { openDisplay } from './display.mjs';
import { HELP } from './help.mjs';
import { inNodeModules, ROOT } from './paths.mjs';
import { POWERSHELL } from './power-shell.mjs';
import { isProgram, runCommand, SetUpProblem } from './problem.mjs';
import { createProgress } from './progress.mjs';
import { countCheck, countPlaywright, readReport } from './results.mjs';
import { findRuntime } from './runtime.mjs';
import { hasDisplay, SET_UP_STEPS, setUp } from './setup.mjs';
import { runSlices } from './slices.mjs';
import { chromiumSwitches } from './start.mjs';
import { RESULTS, SILENT_MINUTES, TestRun, vitestStep } from './test-run.mjs';
import { toolsLine } from './tools.mjs';

/** @typedef {import('./test-run.mjs').Step} Step */

const GROUPS = ['types', 'format', 'lint', 'unit', 'engine', 'e2e'];
/** Groups that consist of one test runner, to which arguments can be passed. */
const RUNNERS = ['unit', 'engine', 'e2e'];

/**
 * Which groups to run and what to pass to a test runner: `unit tests/core` runs Vitest on that folder.
 *
 * @param {readonly string[]} args
 */
export function parseTestArguments(args) {
  const end = args.findIndex((argument) => !GROUPS.includes(argument));
  const groups = args.slice(0, end < 0 ? args.length : end);
  const passedOn = args.slice(groups.length);
  const [runner, ...others] = groups;
  const isOneRunner = runner !== undefined && others.length === 0 && RUNNERS.includes(runner);
  if (passedOn.length > 0 && !isOneRunner) {
    throw new SetUpProblem(
      `${passedOn[0]} is not a group of checks.`,
      `Use any of ${GROUPS.join(', ')}; arguments for a test runner go behind one of ${RUNNERS.join(', ')} alone.`,
    );
  }
  return { groups: groups.length === 0 ? GROUPS : groups, passedOn };
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
async function test(args) {
  const { groups, passedOn } = parseTestArguments(args);
  const showsWindows = groups.includes('e2e');
  const runsElectron = showsWindows || groups.includes('engine');
  const runsScripts = groups.includes('engine');
  const progress = createProgress(
    SET_UP_STEPS + (runsElectron ? 1 : 0) + (runsScripts ? 2 + DEBIAN_SERVERS.length : 0),
  );
  await setUp({ need: needs({ showsWindows, runsElectron }), progress });
  if (runsScripts) {
    for (const part of [POWERSHELL, ...DEBIAN_SERVERS]) await part.provide(progress);
    // What is started on Windows programs.
    await build(progress);
  }
  const runtime = runsElectron ? await findRuntime(progress) : undefined;
  mkdirSync(RESULTS, { recursive: true });
  console.log(`\nCompared with: ${toolsLine()}\n`);

  const testRun = new TestRun();
  await runStaticChecks(testRun, groups);
  if (groups.includes('unit')) await testRun.run(unitStep(passedOn));
  if (runtime && groups.includes('engine')) {
    await testRun.run(engineStep(passedOn));
    await testRun.run(electronStep(runtime, passedOn));
    if (passedOn.length === 0) await runSlices(testRun);
  }
  if (showsWindows) await runEndToEnd(testRun, passedOn);
  if (args.length === 0) tellProof();
  return testRun.close(passedOn.length === 0);
}

/** What was not tried here, and how it is. */
function tellProof() {
  console.log('\nLeft to npm run proof:');
  const parts = HELP.proof.options.filter(([name]) => name === name.toLowerCase());
  for (const [name, about] of parts) console.log(`     ${name}: ${about}`);
}

/**
 * @param {{ showsWindows: boolean, runsElectron: boolean }} run
 * @returns {import('./requirements.mjs').Need[]}
 */
function needs({ showsWindows, runsElectron }) {
  return [
    'test',
    ...(runsElectron ? [/** @type {const} */ ('electron')] : []),
    ...(showsWindows && !hasDisplay() ? [/** @type {const} */ ('display')] : []),
  ];
}

/**
 * @param {TestRun} testRun
 * @param {readonly string[]} groups
 */
async function runStaticChecks(testRun, groups) {
  const queue = staticChecks().filter(({ group }) => groups.includes(group));
  const lanes = Array.from({ length: Math.min(availableParallelism(), 4) }, async () => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
      await testRun.run({ ...check, quietMinutes: SILENT_MINUTES, output: 'collect', count: countCheck });
    }
  });
  await Promise.all(lanes);
}

/**
 * @param {readonly string[]} passedOn
 * @returns {Step}
 */
function unitStep(passedOn) {
  return vitestStep({ name: 'unit tests', report: 'unit.json', config: 'vitest.config.mjs' }, [
    '--project=unit',
    ...passedOn,
  ]);
}

/**
 * @param {readonly string[]} passedOn
 * @returns {Step}
 */
function engineStep(passedOn) {
  return vitestStep({ name: 'engine tests', report: 'engine.json', config: 'vitest.config.mjs' }, [
    '--project=engine',
    '--project=scripts',
    '--passWithNoTests',
    ...passedOn,
  ]);
}

/**
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {readonly string[]} passedOn
 * @returns {Step}
 */
function electronStep({ version, executable }, passedOn) {
  const step = vitestStep(
    { name: `engine tests inside Electron ${version}`, report: 'electron.json', config: 'vitest.engine.config.mjs' },
    passedOn,
  );
  return { ...step, env: { ...step.env, ARCWARDEN_RUNTIME: executable } };
}

/**
 * @param {TestRun} testRun
 * @param {readonly string[]} passedOn
 */
async function runEndToEnd(testRun, passedOn) {
  const isPackaged = await testRun.run({
    name: 'build and package',
    args: [join(ROOT, 'build/package.mjs'), '--dir'],
    quietMinutes: SILENT_MINUTES,
    output: 'collect',
    count: countCheck,
  });
  if (!isPackaged) {
    testRun.skip('end-to-end tests');
    testRun.skip('start with the fuses of a release');
    return;
  }
  // Each worker has a display of its own, since a display has one clipboard and one focus.
  const display = await openDisplay();
  const more = display.isVirtual ? [await openDisplay()] : [];
  const displays = [display, ...more];
  try {
    await testRun.run(await endToEndStep(displays, passedOn));
    if (passedOn.length === 0) await runFused(testRun, display);
  } finally {
    for (const each of displays) each.close();
  }
}

/**
 * @param {readonly import('./display.mjs').Display[]} displays one for each worker
 * @param {readonly string[]} passedOn
 * @returns {Promise<Step>}
 */
async function endToEndStep(displays, passedOn) {
  const { packagedApplication } = await import('./package.mjs');
  const report = join(RESULTS, 'e2e.json');
  rmSync(report, { force: true });
  return {
    name: 'end-to-end tests',
    args: [
      inNodeModules('@playwright/test/cli.js'),
      ...['test', '--config', join(ROOT, 'build/playwright.config.mjs')],
      ...passedOn,
    ],
    pulse: join(RESULTS, 'pulse-e2e'),
    env: {
      ...process.env,
      ARCWARDEN_APP: packagedApplication().executable,
      ARCWARDEN_DISPLAYS: JSON.stringify(displays.map(({ environment }) => environment['DISPLAY'] ?? '')),
    },
    output: 'inherit',
    count: (exitCode) => countPlaywright(readReport(report), exitCode),
  };
}

/**
 * Starts a copy with the fuses of a release, which Playwright cannot drive, and waits for its screenshot.
 *
 * @param {TestRun} testRun
 * @param {import('./display.mjs').Display} display
 */
async function runFused(testRun, display) {
  const { fusedCopy, packagedApplication } = await import('./package.mjs');
  const executable = await fusedCopy(packagedApplication().folder);
  const folder = mkdtempSync(join(tmpdir(), 'arcwarden-fused-'));
  try {
    await testRun.run({
      name: 'start with the fuses of a release',
      program: executable,
      args: [
        ...chromiumSwitches({ isRoot: process.getuid?.() === 0, isVirtual: display.isVirtual }),
        ...['--data', join(folder, 'data'), '--capture', join(folder, 'console.png')],
      ],
      env: display.environment,
      output: 'collect',
      count: countCheck,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (isProgram(import.meta.url)) await runCommand(() => test(process.argv.slice(2)), HELP.test);
