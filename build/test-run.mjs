import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { CACHE, inNodeModules, ROOT } from './paths.mjs';
import { run } from './processes.mjs';
import { countVitest, readReport, tellSkips } from './results.mjs';

/** @typedef {import('./results.mjs').Count} Count */

const MINUTE_MS = 60_000;
/** A step that shows no sign of life for so long is ended. A slow one is not: how long a step takes is no failure. */
const QUIET_MINUTES = 5;
/** These programs print nothing before they end. */
export const SILENT_MINUTES = 30;

export const RESULTS = join(CACHE, 'results');

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} [program] Node by default
 * @property {string[]} args
 * @property {number} [quietMinutes] how long it may show no sign of life; 5 by default
 * @property {string} [pulse] file that its tests write whenever they get on
 * @property {NodeJS.ProcessEnv} [env]
 * @property {'inherit' | 'collect'} output collected output is shown on failure only
 * @property {(exitCode: number) => Count} count
 */

/** Runs one check after the other, tells how each ended, and adds up their tests. */
export class TestRun {
  #passed = 0;
  #failed = 0;
  /** @type {import('./results.mjs').Skip[]} */
  #skips = [];

  /**
   * @param {Step} step
   * @returns {Promise<boolean>} whether nothing failed in it
   */
  async run(step) {
    const begun = Date.now();
    const { quietMinutes = QUIET_MINUTES, pulse } = step;
    const result = await run(step.program ?? process.execPath, step.args, {
      cwd: ROOT,
      output: step.output,
      quietMs: quietMinutes * MINUTE_MS,
      ...(pulse !== undefined && { pulse }),
      env: { ...process.env, ...step.env, ...(pulse !== undefined && { ARCWARDEN_PULSE: pulse }) },
    });
    const count = step.count(result.code);
    this.#passed += count.passed;
    this.#failed += count.failed;
    this.#skips.push(...(count.skips ?? []));
    if (count.failed > 0 && result.output.trim() !== '') console.log(`\n${result.output.trimEnd()}`);
    const seconds = ((Date.now() - begun) / 1_000).toFixed(1);
    const verdict = count.failed > 0 ? 'FAIL' : 'ok  ';
    const reason = result.timedOut ? `, ended after ${quietMinutes} minutes without output or a finished test` : '';
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
 * @param {{ name: string, report: string, config: string }} what
 * @param {readonly string[]} passedOn
 * @returns {Step}
 */
export function vitestStep({ name, report, config }, passedOn) {
  const reportFile = join(RESULTS, report);
  const skipsFile = join(RESULTS, `skips-${report}`);
  for (const file of [reportFile, skipsFile]) rmSync(file, { force: true });
  return {
    name,
    args: [
      inNodeModules('vitest/vitest.mjs'),
      ...['run', '--config', join(ROOT, 'build', config)],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`],
      ...['skip-reporter', 'pulse'].map((reporter) => `--reporter=${join(ROOT, `build/${reporter}.mjs`)}`),
      ...passedOn,
    ],
    pulse: join(RESULTS, `pulse-${report}`),
    env: { ARCWARDEN_SKIPS: skipsFile },
    output: 'inherit',
    count: (exitCode) => countVitest(readReport(reportFile), exitCode, readReport(skipsFile)),
  };
}
