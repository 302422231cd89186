import { readFileSync } from 'node:fs';

/**
 * @typedef {object} Count
 * @property {number} passed
 * @property {number} failed
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
 * @returns {Count}
 */
export function countVitest(report, exitCode) {
  const results = parse(report);
  // A file that could not be loaded, or whose preparation failed, has no test that failed.
  const broken = (results?.testResults ?? []).filter(
    (/** @type {{ status: string, assertionResults: { status: string }[] }} */ file) =>
      file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length;
  return atLeastOneFailure(
    { passed: results?.numPassedTests ?? 0, failed: (results?.numFailedTests ?? 0) + broken },
    exitCode,
  );
}

/**
 * @param {string} report Playwright's JSON report; empty if it wrote none
 * @param {number} exitCode
 * @returns {Count}
 */
export function countPlaywright(report, exitCode) {
  const stats = parse(report)?.stats;
  return atLeastOneFailure(
    { passed: stats?.expected ?? 0, failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) },
    exitCode,
  );
}

/**
 * A runner that failed without naming a test (it crashed, was ended, or found nothing to run) has failed all the same.
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
