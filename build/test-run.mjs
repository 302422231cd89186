import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { CACHE, inNodeModules, ROOT } from './paths.mjs';
import { run } from './processes.mjs';
import { countVitest, readReport, tellSkips } from './results.mjs';

/** @typedef {import('./results.mjs').Count} Count */

const MINUTE_MS = 60_000;

export const RESULTS = join(CACHE, 'results');

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} [program] Node by default
 * @property {string[]} args
 * @property {number} timeoutMs
 * @property {NodeJS.ProcessEnv} [env]
 * @property {'inherit' | 'collect'} output collected output is shown on failure only
 * @property {(exitCode: number) => Count} count
 */

/** Runs one check after the other, tells how each ended, and adds up their tests. */
export class TestRun {
  #startedAt = Date.now();
  #passed = 0;
  #failed = 0;
  /** @type {import('./results.mjs').Skip[]} */
  #skips = [];
  #deadlineMs;

  /** @param {number} deadlineMs how long all of it may take: it ends by itself before somebody else ends it */
  constructor(deadlineMs) {
    this.#deadlineMs = deadlineMs;
  }

  /**
   * @param {Step} step
   * @returns {Promise<boolean>} whether nothing failed in it
   */
  async run(step) {
    const left = this.#startedAt + this.#deadlineMs - Date.now();
    if (left <= 0) return this.#fail(step.name, 'not run: the time for the whole run is over');
    const begun = Date.now();
    const result = await run(step.program ?? process.execPath, step.args, {
      cwd: ROOT,
      output: step.output,
      timeoutMs: Math.min(step.timeoutMs, left),
      env: { ...process.env, ...step.env },
    });
    const count = step.count(result.code);
    this.#passed += count.passed;
    this.#failed += count.failed;
    this.#skips.push(...(count.skips ?? []));
    if (count.failed > 0 && result.output.trim() !== '') console.log(`\n${result.output.trimEnd()}`);
    const seconds = ((Date.now() - begun) / 1_000).toFixed(1);
    const verdict = count.failed > 0 ? 'FAIL' : 'ok  ';
    const reason = result.timedOut ? ', ended because it took too long' : '';
    console.log(`${verdict} ${step.name} (${describe(count)}${seconds} s${reason})`);
    for (const line of count.suites ?? []) console.log(`     ${line}`);
    return count.failed === 0;
  }

  /**
   * @param {string} name
   * @param {string} reason
   */
  #fail(name, reason) {
    this.#failed += 1;
    console.log(`FAIL ${name} (${reason})`);
    return false;
  }

  /** @param {string} name of a step whose groundwork failed */
  skip(name) {
    this.#fail(name, 'not run: what it needs failed above');
  }

  /**
   * @param {string} name of a step that this machine has not what it takes for
   * @param {string} reason
   */
  doWithout(name, reason) {
    this.#skips.push({ name, reason });
  }

  /**
   * Prints what was skipped, and the final line.
   *
   * @param {boolean} isWhole whether every test of the groups was to run; naming some of them skips the others on
   * purpose
   * @returns {number} the exit code
   */
  close(isWhole) {
    const { lines, unexplained } = tellSkips(isWhole ? this.#skips : []);
    for (const line of lines) console.log(line);
    const failed = this.#failed + unexplained;
    const skipped = lines.length === 0 ? '' : `, ${this.#skips.length - unexplained} skipped`;
    console.log(`\n${this.#passed} passed, ${failed} failed${skipped}`);
    return failed === 0 ? 0 : 1;
  }
}

/** @param {Count} count */
function describe({ passed, failed, skips = [] }) {
  const skipped = skips.length === 0 ? '' : `${skips.length} skipped, `;
  return passed + failed + skips.length <= 1 ? '' : `${passed} passed, ${failed} failed, ${skipped}`;
}

/**
 * @param {{ name: string, report: string, config: string, timeoutMs?: number }} what
 * @param {readonly string[]} passedOn
 * @returns {Step}
 */
export function vitestStep({ name, report, config, timeoutMs = 5 * MINUTE_MS }, passedOn) {
  const reportFile = join(RESULTS, report);
  const skipsFile = join(RESULTS, `skips-${report}`);
  for (const file of [reportFile, skipsFile]) rmSync(file, { force: true });
  return {
    name,
    args: [
      inNodeModules('vitest/vitest.mjs'),
      ...['run', '--config', join(ROOT, 'build', config)],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`],
      `--reporter=${join(ROOT, 'build/skip-reporter.mjs')}`,
      ...passedOn,
    ],
    timeoutMs,
    env: { ARCWARDEN_SKIPS: skipsFile },
    output: 'inherit',
    count: (exitCode) => countVitest(readReport(reportFile), exitCode, readReport(skipsFile)),
  };
}
