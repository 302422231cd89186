import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { build } from './build.mjs';
import { HELP } from './help.mjs';
import { CONTROL_PLANE } from './kubernetes.mjs';
import { ROOT } from './paths.mjs';
import { NEWER_NODE, NEWER_NODE_VERSION } from './newer-node.mjs';
import { POWERSHELL } from './power-shell.mjs';
import { isProgram, runCommand, SetUpProblem } from './problem.mjs';
import { createProgress } from './progress.mjs';
import { countCheck } from './results.mjs';
import { SET_UP_STEPS, setUp } from './setup.mjs';
import { whyNoStrace } from './strace.mjs';
import { RESULTS, SILENT_MINUTES, TestRun, vitestStep } from './test-run.mjs';
import { toolsLine } from './tools.mjs';
import { WINDOWS_NODE, WINDOWS_POWERSHELL } from './windows-programs.mjs';
import { WINE } from './wine.mjs';

/** @typedef {import('./test-run.mjs').Step} Step */

/**
 * @typedef {object} Part
 * @property {(passedOn: readonly string[]) => Step} step
 * @property {readonly { provide: (progress: import('./progress.mjs').Progress) => Promise<void> }[]} [needs] beside PowerShell
 * @property {true} [isLong] takes more than five minutes on two quiet cores, and so runs only when it is named
 */

/**
 * What is too heavy for every run of the tests, by the name to ask for it.
 *
 * @type {Readonly<Record<string, Part>>}
 */
const PARTS = {
  rules: { step: (passedOn) => testsStep('tests with far more cases', 'proof', passedOn) },
  plans: {
    step: (passedOn) => testsStep('every repair plan on a model of the platform', 'plans', passedOn),
    isLong: true,
  },
  powershell: {
    step: (passedOn) => testsStep('every script in a real PowerShell', 'powershell', passedOn),
    isLong: true,
  },
  // The tests alone take three minutes, the build before them seven.
  kubernetes: {
    step: (passedOn) => testsStep('our files on a real Kubernetes', 'kubernetes', passedOn),
    needs: [CONTROL_PLANE],
    isLong: true,
  },
  windows: {
    step: (passedOn) => testsStep('our code on Windows programs', 'windows', passedOn),
    needs: [WINE, WINDOWS_NODE, WINDOWS_POWERSHELL],
  },
  node: { step: (passedOn) => newerNodeStep(passedOn), needs: [NEWER_NODE] },
  // Its last line says how many trials there were.
  faults: { step: () => ({ ...fuzzStep(WITH_FAULTS, ['faults']), output: 'inherit' }), isLong: true },
  kill: { step: () => fuzzStep('store and imports survive 50 kills each', ['kill']) },
  // The same input for everybody; `npm run fuzz` draws anew.
  decode: { step: () => fuzzStep('decoders survive damaged files', ['decode', '--seed', '1']) },
  revocation: {
    step: () =>
      fuzzStep('reader of manifests survives damaged text', ['revocation', '--mutants', '5000', '--seed', '1']),
  },
};

/**
 * @param {string} name
 * @param {string} project of the test runner
 * @param {readonly string[]} passedOn
 * @returns {Step}
 */
function testsStep(name, project, passedOn) {
  const step = vitestStep({ name, report: `proof-${project}.json`, config: 'vitest.config.mjs' }, [
    `--project=${project}`,
    '--passWithNoTests',
    ...passedOn,
  ]);
  // One test of them may start a program that prints nothing for minutes.
  return { ...step, quietMinutes: SILENT_MINUTES };
}

const WITH_FAULTS = 'every writing command survives a full disk, a failing disk and a kill at each call';
const ON_NEWER_NODE = `unit and engine tests on Node ${NEWER_NODE_VERSION}`;

/**
 * @param {readonly string[]} passedOn
 * @returns {Step}
 */
function newerNodeStep(passedOn) {
  const what = { name: ON_NEWER_NODE, report: 'proof-node.json', config: 'vitest.config.mjs' };
  const step = vitestStep(what, ['--project=unit', '--project=engine', '--passWithNoTests', ...passedOn]);
  return { ...step, program: NEWER_NODE.find() ?? '' };
}

/**
 * @param {string} name
 * @param {readonly string[]} script of `tests/fuzz`, with its options
 * @returns {Step}
 */
function fuzzStep(name, script) {
  return {
    name,
    args: [join(ROOT, 'build/fuzz.mjs'), ...script],
    quietMinutes: SILENT_MINUTES,
    output: 'collect',
    count: countCheck,
  };
}

/** Parts that take arguments for the test runner. */
const TESTS = ['rules', 'plans', 'powershell', 'kubernetes', 'windows', 'node'];

/**
 * Which parts to run, by default the quick ones, and what to pass on to the test runner: `rules tests/core/pki` runs that folder
 * alone.
 *
 * @param {readonly string[]} args
 */
export function parseProofArguments(args) {
  const known = Object.keys(PARTS);
  const end = args.findIndex((argument) => !known.includes(argument));
  const parts = args.slice(0, end < 0 ? args.length : end);
  const passedOn = args.slice(parts.length);
  if (passedOn.length > 0 && !(parts.length === 1 && TESTS.includes(parts[0] ?? ''))) {
    throw new SetUpProblem(
      `${passedOn[0]} is not a part of the proof.`,
      `Use any of ${known.join(', ')}; arguments for the test runner go behind ${TESTS.join(' or ')} alone.`,
    );
  }
  return { parts: parts.length === 0 ? known.filter((part) => !PARTS[part]?.isLong) : parts, passedOn };
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
async function prove(args) {
  const { parts, passedOn } = parseProofArguments(args);
  const needed = [POWERSHELL, ...parts.flatMap((part) => PARTS[part]?.needs ?? [])];
  // What is installed and started on Windows.
  const isBuilt = parts.includes('windows');
  const progress = createProgress(SET_UP_STEPS + needed.length + (isBuilt ? 1 : 0));
  await setUp({ need: ['bench', 'proof', 'test'], progress });
  for (const part of needed) await part.provide(progress);
  if (isBuilt) await build(progress);
  mkdirSync(RESULTS, { recursive: true });
  console.log(`\nCompared with: ${toolsLine()}\n`);
  const testRun = new TestRun();
  for (const part of parts) {
    const step = PARTS[part]?.step(passedOn);
    if (part === 'node' && NEWER_NODE.find() === undefined) testRun.doWithout(ON_NEWER_NODE, NEWER_NODE.whyAbsent());
    else if (part === 'faults' && whyNoStrace() !== undefined) testRun.doWithout(WITH_FAULTS, whyNoStrace() ?? '');
    else if (step !== undefined) await testRun.run(step);
  }
  if (args.length === 0) printLongParts();
  return testRun.close(passedOn.length === 0);
}

/** Prints the parts that run only when they are named. */
function printLongParts() {
  const long = Object.keys(PARTS).filter((part) => PARTS[part]?.isLong);
  console.log(`\nNot run, since they take long: npm run proof ${long.join(' ')}`);
  for (const [part, about] of HELP.proof.options) if (long.includes(part)) console.log(`     ${part}: ${about}`);
}

if (isProgram(import.meta.url)) await runCommand(() => prove(process.argv.slice(2)), HELP.proof);
