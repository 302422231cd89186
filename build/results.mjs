import { readFileSync } from 'node:fs';

import { tellSuites } from './suites.mjs';

/**
 * @typedef {object} Skip
 * @property {string} name
 * @property {string} [reason]
 */

/**
 * @typedef {object} Count
 * @property {number} passed
 * @property {number} failed
 * @property {readonly Skip[]} [skips] absent where nothing can be skipped
 * @property {readonly string[]} [suites] a line for each suite that is counted by itself
 */

/**
 * A check that is not a test runner counts as one test.
 *
 * @param {number} exitCode
 * @returns {Count}
 */
export function countCheck(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * @param {string} report Vitest's JSON report; empty if it wrote none
 * @param {number} exitCode
 * @param {string} [skips] what our own reporter wrote
 * @returns {Count}
 */
export function countVitest(report, exitCode, skips = '[]') {
  const results = parse(report);
  // A file that could not be loaded, or whose set-up failed, has no failed test.
  const broken = (results?.testResults ?? []).filter(
    (/** @type {{ status: string, assertionResults: { status: string }[] }} */ file) =>
      file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length;
  const count = atLeastOneFailure(
    { passed: results?.numPassedTests ?? 0, failed: (results?.numFailedTests ?? 0) + broken },
    exitCode,
  );
  const known = parse(skips) ?? [];
  const suites = tellSuites(results?.testResults ?? [], known);
  return { ...count, skips: known, ...(suites.length > 0 && { suites }) };
}

/**
 * @param {string} report Playwright's JSON report; empty if it wrote none
 * @param {number} exitCode
 * @returns {Count}
 */
export function countPlaywright(report, exitCode) {
  const results = parse(report);
  const stats = results?.stats;
  const count = atLeastOneFailure(
    { passed: stats?.expected ?? 0, failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) },
    exitCode,
  );
  return { ...count, skips: (results?.suites ?? []).flatMap(skipsOfPlaywright) };
}

/**
 * @typedef {object} PlaywrightSuite
 * @property {string} file
 * @property {PlaywrightSuite[]} [suites]
 * @property {{ title: string, tests: { status: string, annotations: { type: string, description?: string }[] }[] }[]} specs
 *
 * @param {PlaywrightSuite} suite
 * @returns {Skip[]}
 */
function skipsOfPlaywright({ file, suites = [], specs }) {
  const own = specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'skipped')
      .map(({ annotations }) => {
        const reason = annotations.find(({ type }) => type === 'skip')?.description;
        return { name: `${file}: ${title}`, reason };
      }),
  );
  return [...own, ...suites.flatMap(skipsOfPlaywright)];
}

/**
 * Skipped tests by reason, as lines for the end of a run. A skip without a reason cannot be distinguished from a test
 * that somebody disabled, so it counts as a failure.
 *
 * @param {readonly Skip[]} skips
 * @returns {{ lines: string[], unexplained: number }}
 */
export function tellSkips(skips) {
  /** @type {Map<string, string[]>} */
  const byReason = new Map();
  for (const { name, reason = '' } of skips) byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  const lines = [...byReason].flatMap(([reason, names]) => [
    `${names.length} skipped: ${reason || 'no reason given, which counts as a failure'}`,
    ...names.map((name) => `  ${name}`),
  ]);
  return { lines, unexplained: byReason.get('')?.length ?? 0 };
}

/**
 * A runner that failed without naming a test (it crashed, was ended, or found nothing to run) counts as a failure.
 *
 * @param {Count} count
 * @param {number} exitCode
 * @returns {Count}
 */
function atLeastOneFailure({ passed, failed }, exitCode) {
  return exitCode !== 0 && failed === 0 ? { passed, failed: 1 } : { passed, failed };
}

/** @param {string} report */
function parse(report) {
  try {
    return JSON.parse(report);
  } catch {
    return undefined;
  }
}

/** @param {string} path */
export function readReport(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
