import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { SetUpProblem } from './command.mjs';
import { CACHE, modulePath, readText, ROOT } from './paths.mjs';
import { run } from './processes.mjs';

const MINUTE_MS = 60_000;
/** A test runner is stopped after this time without progress; its total time is not limited. */
const QUIET_MINUTES = 5;
/** The limit for other programs, which print nothing until they end. */
const SILENT_MINUTES = 30;

/** `reporter.mjs` writes the progress of a test runner and the outcome of its tests to these files. */
const PULSE = join(CACHE, 'test-pulse');
const RESULTS = join(CACHE, 'test-results.json');

/** Tests that an external program judges, counted separately because a machine may lack that program. */
export const SUITES = new Map([
  ['OpenSSH', /^tests\/powershell\/openssh\./u],
  ['PowerShell', /^tests\/powershell\//u],
  ['Prometheus', /^tests\/core\/notifications\/prometheus\./u],
  ['Exim', /^tests\/core\/notifications\/exim\./u],
  ['khal', /^tests\/core\/maintenance\/export\/khal\./u],
  ['Windows programs', /^tests\/windows\//u],
  ['Kubernetes', /^tests\/kubernetes\//u],
]);

/**
 * @typedef {object} TestResult
 * @property {string} name begins with the file
 * @property {'passed' | 'failed' | 'skipped'} state
 * @property {string | undefined} [reason] why it was skipped
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {string} [program] Node by default
 * @property {string[]} args
 * @property {boolean} [isRunner] whether it is a test runner with our reporter; other steps count as one test
 * @property {boolean} [isShown] whether its output is shown at once instead of on failure only; default for a test
 * runner
 * @property {number} [quietMinutes] the longest time without a sign of life
 * @property {NodeJS.ProcessEnv} [env]
 */

export class TestRun {
  #passed = 0;
  #failed = 0;
  /** @type {TestResult[]} */
  #skipped = [];

  /**
   * @param {Step} step
   * @returns whether nothing failed
   */
  async run({ name, program = process.execPath, args, isRunner = false, isShown = isRunner, ...step }) {
    const begun = Date.now();
    const { quietMinutes = isRunner ? QUIET_MINUTES : SILENT_MINUTES } = step;
    if (isRunner) {
      mkdirSync(CACHE, { recursive: true });
      rmSync(RESULTS, { force: true });
    }
    const { code, output, timedOut } = await run(program, args, {
      cwd: ROOT,
      output: isShown ? 'inherit' : 'collect',
      quietMs: quietMinutes * MINUTE_MS,
      env: { ...process.env, ...step.env, ...(isRunner && { ARCWARDEN_PULSE: PULSE, ARCWARDEN_RESULTS: RESULTS }) },
      ...(isRunner && { pulse: PULSE }),
    });
    const { passed, failed, skipped, lines } = countResults(isRunner ? readText(RESULTS) : undefined, code);
    this.#passed += passed;
    this.#failed += failed;
    this.#skipped.push(...skipped);
    if (failed > 0 && output.trim() !== '') console.log(`\n${output.trimEnd()}`);
    const details = [`${((Date.now() - begun) / 1_000).toFixed(1)} s`];
    if (passed + failed + skipped.length > 1) details.unshift(tellCounts(passed, failed, skipped.length || undefined));
    if (timedOut) details.push(`ended after ${quietMinutes} minutes without output or a finished test`);
    console.log(`${failed > 0 ? 'FAIL' : 'ok  '} ${name} (${details.join(', ')})`);
    for (const line of lines) console.log(`     ${line}`);
    return failed === 0;
  }

  /** @param {string} name the step whose preparation failed */
  skip(name) {
    this.#failed += 1;
    console.log(`FAIL ${name} (not run: what it needs failed above)`);
  }

  /**
   * @param {string} name the step for which this machine lacks a program
   * @param {string} reason
   */
  doWithout(name, reason) {
    this.#skipped.push({ name, state: 'skipped', reason });
  }

  /**
   * @param {boolean} isWhole whether every test of the groups should run; naming tests skips the others on purpose
   * @returns {number} the exit code
   */
  close(isWhole) {
    const skipped = isWhole ? this.#skipped : [];
    for (const line of tellSkipped(skipped)) console.log(line);
    const explained = skipped.filter(({ reason }) => reason).length;
    const failed = this.#failed + skipped.length - explained;
    console.log(`\n${tellCounts(this.#passed, failed, skipped.length > 0 ? explained : undefined)}`);
    return failed === 0 ? 0 : 1;
  }
}

/**
 * @param {number} passed
 * @param {number} failed
 * @param {number | undefined} skipped
 */
function tellCounts(passed, failed, skipped) {
  return `${passed} passed, ${failed} failed${skipped === undefined ? '' : `, ${skipped} skipped`}`;
}

/**
 * @param {string | undefined} report JSON from our reporter; absent for a check and for a runner that crashed
 * @param {number} exitCode
 */
export function countResults(report, exitCode) {
  /** @type {TestResult[]} */
  const results = report ? JSON.parse(report) : [{ name: '', state: exitCode === 0 ? 'passed' : 'failed' }];
  const { passed, failed, skipped } = groupByState(results);
  const suites = [...SUITES];
  const lines = suites.flatMap(([suite]) => {
    const own = results.filter(({ name }) => suites.find(([, files]) => files.test(name))?.[0] === suite);
    if (own.length === 0) return [];
    const ended = groupByState(own);
    const counts = `${suite}: ${ended.passed.length} passed, ${ended.failed.length} failed`;
    if (ended.skipped.length === 0) return [counts];
    const reasons = new Set(ended.skipped.map(({ reason }) => reason));
    return [`${counts}, ${ended.skipped.length} skipped: ${[...reasons].join('; ')}`];
  });
  // A runner may fail without naming a test: it crashed, was ended, or found nothing to run.
  return { passed: passed.length, failed: Math.max(failed.length, exitCode === 0 ? 0 : 1), skipped, lines };
}

/** @param {readonly TestResult[]} results */
function groupByState(results) {
  const select = (/** @type {TestResult['state']} */ state) => results.filter((each) => each.state === state);
  return { passed: select('passed'), failed: select('failed'), skipped: select('skipped') };
}

/**
 * Lists skipped tests by reason. Counts a test without one as failed: somebody may have disabled it.
 *
 * @param {readonly TestResult[]} skipped
 */
export function tellSkipped(skipped) {
  const reasons = new Set(skipped.map(({ reason }) => reason));
  return [...reasons].flatMap((reason) => {
    const own = skipped.filter((each) => each.reason === reason);
    const title = `${own.length} skipped: ${reason || 'no reason given, which counts as a failure'}`;
    return [title, ...own.map(({ name }) => `  ${name}`)];
  });
}

/**
 * @param {string} name
 * @param {readonly string[]} args beginning with the projects
 * @returns {Step}
 */
export function vitestStep(name, args) {
  const reporters = ['default', join(ROOT, 'tests/rigs/reporter.mjs')].map((reporter) => `--reporter=${reporter}`);
  const words = ['run', '--config', join(ROOT, 'build/vitest.config.mjs'), ...reporters];
  return { name, isRunner: true, args: [modulePath('vitest/vitest.mjs'), ...words, ...args] };
}

/**
 * Splits arguments into the names to run and arguments for a test runner, which are allowed only if that runner is the
 * only name.
 *
 * @param {readonly string[]} args
 * @param {{ known: readonly string[], runners: readonly string[], what: string }} words
 */
export function splitArguments(args, { known, runners, what }) {
  const end = args.findIndex((argument) => !known.includes(argument));
  const names = args.slice(0, end < 0 ? args.length : end);
  const [unknown] = args.slice(names.length);
  if (unknown !== undefined && !(names.length === 1 && runners.includes(names[0] ?? ''))) {
    throw new SetUpProblem(
      `${unknown} is not ${what}.`,
      `Use any of ${known.join(', ')}; arguments for a test runner go behind one of ${runners.join(', ')} alone.`,
    );
  }
  return { names, passedOn: args.slice(names.length) };
}
