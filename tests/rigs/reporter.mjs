import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

const LEAST_MS = 1_000;
let lastAt = -Infinity;

/** Signals progress: writes to the file named by `ARCWARDEN_PULSE` at most once a second. */
export function pulse() {
  const file = process.env['ARCWARDEN_PULSE'];
  const now = performance.now();
  if (file === undefined || now - lastAt < LEAST_MS) return;
  lastAt = now;
  writeFileSync(file, '');
}

/**
 * Signals progress after each test, hook, step and printed line, and at the end writes the outcome of each test to the
 * file named by `ARCWARDEN_RESULTS`.
 */
export default class Reporter {
  onTestCaseResult = pulse;
  onTestModuleCollected = pulse;
  onHookEnd = pulse;
  onUserConsoleLog = pulse;
  onTestBegin = pulse;
  onTestEnd = pulse;
  onStepEnd = pulse;
  onStdOut = pulse;
  onStdErr = pulse;
  /** @type {() => void} */
  onEnd = () => undefined;

  printsToStdio() {
    return false;
  }

  /**
   * @param {import('@playwright/test/reporter').FullConfig} config
   * @param {import('@playwright/test/reporter').Suite} suite
   */
  onBegin({ rootDir }, suite) {
    // A test that passes only on the second try counts as failed.
    const states = /** @type {const} */ ({
      expected: 'passed',
      skipped: 'skipped',
      unexpected: 'failed',
      flaky: 'failed',
    });
    this.onEnd = () =>
      writeResults(
        suite
          .allTests()
          .map((test) => ({
            name: `${relative(rootDir, test.location.file)}: ${test.title}`,
            state: states[test.outcome()],
            reason: test.annotations.find(({ type }) => type === 'skip')?.description,
          })),
      );
  }

  /** @param {readonly import('vitest/node').TestModule[]} modules */
  onTestRunEnd(modules) {
    const results = modules.flatMap((module) => {
      const name = module.relativeModuleId;
      const tests = [...module.children.allTests()].map((test) => {
        const result = test.result();
        const state = result.state === 'pending' ? 'skipped' : result.state;
        return { name: `${name}: ${test.fullName}`, state, reason: 'note' in result ? result.note : undefined };
      });
      // A file that fails to load, or whose set-up fails, contains no failed test.
      const isBroken = module.state() === 'failed' && !tests.some(({ state }) => state === 'failed');
      return isBroken ? [...tests, { name, state: /** @type {const} */ ('failed') }] : tests;
    });
    writeResults(results);
  }
}

/** @param {readonly import('../../build/test-run.mjs').TestResult[]} results */
function writeResults(results) {
  const file = process.env['ARCWARDEN_RESULTS'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(results));
}
