import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

import { DEBIAN_SERVERS } from '../tests/rigs/debian-servers.mjs';
import { NEWER_NODE, NEWER_NODE_VERSION } from '../tests/rigs/newer-node.mjs';
import { POWERSHELL } from '../tests/rigs/power-shell.mjs';
import { build } from './build.mjs';
import { staticChecks } from './checks.mjs';
import { createProgress, runCommand } from './command.mjs';
import { HELP, proofParts } from './help.mjs';
import { openDisplay } from './machine/display.mjs';
import { findRuntime } from './machine/runtime.mjs';
import { SET_UP_STEPS, setUp, whatWindowsNeed } from './machine/setup.mjs';
import { modulePath, ROOT } from './paths.mjs';
import { chromiumSwitches } from './start.mjs';
import { splitArguments, TestRun, vitestStep } from './test-run.mjs';
import { toolsLine } from './tools.mjs';

/**
 * The fastest tests in `npm run proof` that external programs judge. `npm test` also runs them if these programs are
 * present: installing Wine and building Kubernetes would be too much for a first run.
 */
const FOREIGN = ['tests/windows/programs.proof.test.ts', 'tests/kubernetes/expiration.proof.test.ts'];
const ON_NEWER_NODE = ['tests/core/node', 'tests/core/formats/x509'];

const GROUPS = ['types', 'format', 'lint', 'unit', 'engine', 'e2e'];
const RUNNERS = ['unit', 'engine', 'e2e'];

/**
 * Returns the groups to run and the arguments for a test runner: `unit tests/core` runs Vitest on that folder.
 *
 * @param {readonly string[]} args
 */
export function parseTestArguments(args) {
  const { names, passedOn } = splitArguments(args, { known: GROUPS, runners: RUNNERS, what: 'a group of checks' });
  return { groups: names.length === 0 ? GROUPS : names, passedOn };
}

await runCommand(import.meta.url, HELP.test, async (args) => {
  const { groups, passedOn } = parseTestArguments(args);
  const [runsEngine, runsEndToEnd] = ['engine', 'e2e'].map((group) => groups.includes(group));
  const parts = runsEngine ? [POWERSHELL, ...DEBIAN_SERVERS] : [];
  const runsElectron = runsEngine || runsEndToEnd;
  const progress = createProgress(SET_UP_STEPS + parts.length + (runsEngine ? 1 : 0) + (runsElectron ? 1 : 0));
  const need = runsEndToEnd ? whatWindowsNeed() : runsElectron ? [/** @type {const} */ ('electron')] : [];
  await setUp({ need: ['test', ...need], progress });
  for (const part of parts) await part.provide(progress);
  // Some tests start Windows programs of the build.
  if (runsEngine) await build(progress);
  const runtime = runsElectron ? await findRuntime(progress) : undefined;
  console.log(`\nCompared with: ${toolsLine()}\n`);

  const testRun = new TestRun();
  const queue = staticChecks().filter(({ group }) => groups.includes(group));
  const lanes = Array.from({ length: Math.min(availableParallelism(), 4) }, async () => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) await testRun.run(check);
  });
  await Promise.all(lanes);
  if (groups.includes('unit')) await testRun.run(vitestStep('unit tests', ['--project=unit', ...passedOn]));
  if (runtime && runsEngine) await runEngine(testRun, runtime, passedOn);
  if (runsEndToEnd) await runEndToEndTests(testRun, passedOn);
  if (args.length === 0) {
    console.log('\nLeft to npm run proof:');
    for (const { name, about } of proofParts()) console.log(`     ${name}: ${about}`);
  }
  return testRun.close(passedOn.length === 0);
});

/**
 * @param {TestRun} testRun
 * @param {import('./machine/runtime.mjs').Runtime} runtime
 * @param {readonly string[]} passedOn
 */
async function runEngine(testRun, { version, executable }, passedOn) {
  const projects = ['--project=engine', '--project=scripts', '--passWithNoTests'];
  await testRun.run(vitestStep('engine tests', [...projects, ...passedOn]));
  const inElectron = vitestStep(`engine tests inside Electron ${version}`, ['--project=electron', ...passedOn]);
  await testRun.run({ ...inElectron, env: { ARCWARDEN_RUNTIME: executable } });
  if (passedOn.length > 0) return;
  await testRun.run(vitestStep('a slice of the proof', ['--project=windows', '--project=kubernetes', ...FOREIGN]));
  const name = `a slice of the unit tests on Node ${NEWER_NODE_VERSION}`;
  const program = NEWER_NODE.find();
  if (program === undefined) testRun.doWithout(name, `it is not here: ${NEWER_NODE.whyAbsent()}`);
  else await testRun.run({ ...vitestStep(name, ['--project=unit', ...ON_NEWER_NODE]), program });
}

/**
 * @param {TestRun} testRun
 * @param {readonly string[]} passedOn
 */
export async function runEndToEndTests(testRun, passedOn) {
  if (!(await testRun.run({ name: 'build and package', args: [join(ROOT, 'build/package.mjs'), '--dir'] }))) {
    testRun.skip('end-to-end tests');
    testRun.skip('start with the fuses of a release');
    return;
  }
  const { locatePackage } = await import('./package.mjs');
  // A display has one clipboard and one focus, so each worker gets its own.
  const display = await openDisplay();
  const displays = display.isVirtual ? [display, await openDisplay()] : [display];
  try {
    const words = ['test', '--config', join(ROOT, 'build/playwright.config.mjs'), ...passedOn];
    await testRun.run({
      name: 'end-to-end tests',
      isRunner: true,
      args: [modulePath('@playwright/test/cli.js'), ...words],
      env: {
        ARCWARDEN_APP: locatePackage().executable,
        ARCWARDEN_DISPLAYS: JSON.stringify(displays.map(({ environment }) => environment['DISPLAY'] ?? '')),
      },
    });
    if (passedOn.length === 0) await runFused(testRun, display);
  } finally {
    for (const each of displays) each.close();
  }
}

/**
 * Starts a copy with the fuses of a release, which Playwright cannot drive, and waits for its screenshot.
 *
 * @param {TestRun} testRun
 * @param {import('./machine/display.mjs').Display} display
 */
async function runFused(testRun, display) {
  const { copyWithFuses, locatePackage } = await import('./package.mjs');
  const executable = await copyWithFuses(locatePackage().folder);
  const folder = mkdtempSync(join(tmpdir(), 'arcwarden-fused-'));
  try {
    await testRun.run({
      name: 'start with the fuses of a release',
      program: executable,
      args: [
        ...chromiumSwitches(display),
        ...['--data', join(folder, 'data'), '--capture', join(folder, 'console.png')],
      ],
      env: display.environment,
      quietMinutes: 5,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
