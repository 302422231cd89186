import { join } from 'node:path';

import { CONTROL_PLANE } from '../tests/rigs/kubernetes.mjs';
import { NEWER_NODE, NEWER_NODE_VERSION } from '../tests/rigs/newer-node.mjs';
import { POWERSHELL } from '../tests/rigs/power-shell.mjs';
import { whyNoStrace } from '../tests/rigs/strace.mjs';
import { WINDOWS_NODE, WINDOWS_POWERSHELL } from '../tests/rigs/windows-programs.mjs';
import { WINE } from '../tests/rigs/wine.mjs';
import { build } from './build.mjs';
import { createProgress, runCommand } from './command.mjs';
import { HELP, proofParts } from './help.mjs';
import { SET_UP_STEPS, setUp } from './machine/setup.mjs';
import { ROOT } from './paths.mjs';
import { splitArguments, TestRun, vitestStep } from './test-run.mjs';
import { toolsLine } from './tools.mjs';

/**
 * @typedef {object} Part
 * @property {(passedOn: readonly string[]) => import('./test-run.mjs').Step} step
 * @property {readonly { provide: (progress: import('./command.mjs').Progress) => Promise<void> }[]} [needs]
 * requirements besides PowerShell
 * @property {() => string | undefined} [whyNot] the reason why it cannot run here
 * @property {true} [takesArguments] whether it accepts arguments for the test runner
 * @property {true} [isLong] whether it takes over five minutes on two idle cores and so runs only if named
 */

/** A single test may start a program that prints nothing for minutes. */
const QUIET_MINUTES = 30;

/**
 * @param {string} name
 * @param {string} project of the test runner
 * @param {Omit<Part, 'step'>} [more]
 * @returns {Part}
 */
function tests(name, project, more) {
  const words = [`--project=${project}`, '--passWithNoTests'];
  return {
    ...more,
    takesArguments: true,
    step: (passedOn) => ({ ...vitestStep(name, [...words, ...passedOn]), quietMinutes: QUIET_MINUTES }),
  };
}

/**
 * @param {string} name
 * @param {readonly string[]} script of `tests/fuzz`, with its options
 * @returns {Part}
 */
function fuzz(name, ...script) {
  return { step: () => ({ name, args: [join(ROOT, 'build/fuzz.mjs'), ...script] }) };
}

/** @type {Readonly<Record<string, Part>>} */
const PARTS = {
  rules: tests('tests with far more cases', 'proof'),
  plans: tests('every repair plan on a model of the platform', 'plans', { isLong: true }),
  advice: tests('the advice about generated fleets', 'advice'),
  powershell: tests('every script in a real PowerShell', 'powershell', { isLong: true }),
  // The tests take three minutes, the preceding build seven.
  kubernetes: tests('our files on a real Kubernetes', 'kubernetes', { needs: [CONTROL_PLANE], isLong: true }),
  // A month of the lab takes half an hour.
  lab: tests('a month of the lab', 'lab', { isLong: true }),
  // Each kill takes half a minute.
  team: tests('consoles whose database servers are killed', 'team', { isLong: true }),
  windows: tests('our code on Windows programs', 'windows', { needs: [WINE, WINDOWS_NODE, WINDOWS_POWERSHELL] }),
  node: {
    needs: [NEWER_NODE],
    takesArguments: true,
    whyNot: () => (NEWER_NODE.find() === undefined ? NEWER_NODE.whyAbsent() : undefined),
    step(passedOn) {
      const words = ['--project=unit', '--project=engine', '--passWithNoTests', ...passedOn];
      const step = vitestStep(`unit and engine tests on Node ${NEWER_NODE_VERSION}`, words);
      return { ...step, program: NEWER_NODE.find() ?? '' };
    },
  },
  faults: {
    isLong: true,
    whyNot: whyNoStrace,
    step: () => ({
      name: 'every writing command survives a full disk, a failing disk and a kill at each call',
      args: [join(ROOT, 'build/fuzz.mjs'), 'faults'],
      isShown: true,
    }),
  },
  kill: fuzz('store and imports survive 50 kills each', 'kill'),
  // Uses the same input every time; `npm run fuzz` draws new input.
  decode: fuzz('decoders survive damaged files', 'decode', '--seed', '1'),
  revocation: fuzz('reader of manifests survives damaged text', 'revocation', '--mutants', '5000', '--seed', '1'),
};
const NAMES = Object.keys(PARTS);
const LONG = NAMES.filter((part) => PARTS[part]?.isLong);

/**
 * Returns the parts to run, by default the quick ones, and the arguments for the test runner.
 *
 * @param {readonly string[]} args such as `rules tests/core/pki`, to run `rules` on that folder only
 */
export function parseProofArguments(args) {
  const runners = NAMES.filter((part) => PARTS[part]?.takesArguments);
  const { names, passedOn } = splitArguments(args, { known: NAMES, runners, what: 'a part of the proof' });
  return { parts: names.length === 0 ? NAMES.filter((part) => !LONG.includes(part)) : names, passedOn };
}

await runCommand(import.meta.url, HELP.proof, async (args) => {
  const { parts, passedOn } = parseProofArguments(args);
  const needed = [POWERSHELL, ...parts.flatMap((part) => PARTS[part]?.needs ?? [])];
  // The parts for Windows install and start the built programs.
  const isBuilt = parts.includes('windows');
  const progress = createProgress(SET_UP_STEPS + needed.length + (isBuilt ? 1 : 0));
  await setUp({ need: ['bench', 'proof', 'test'], progress });
  for (const part of needed) await part.provide(progress);
  if (isBuilt) await build(progress);
  console.log(`\nCompared with: ${toolsLine()}\n`);
  const testRun = new TestRun();
  for (const { step, whyNot } of parts.flatMap((part) => PARTS[part] ?? [])) {
    const reason = whyNot?.();
    if (reason === undefined) await testRun.run(step(passedOn));
    else testRun.doWithout(step(passedOn).name, reason);
  }
  if (args.length === 0) {
    console.log(`\nNot run, since they take long: npm run proof ${LONG.join(' ')}`);
    for (const { name, about } of proofParts()) if (LONG.includes(name)) console.log(`     ${name}: ${about}`);
  }
  return testRun.close(passedOn.length === 0);
});
