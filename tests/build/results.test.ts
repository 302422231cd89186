import { expect, test } from 'vitest';

import { countCheck, countPlaywright, countVitest } from '../../build/results.mjs';

test('a check counts as one test', () => {
  expect(countCheck(0)).toEqual({ passed: 1, failed: 0 });
  expect(countCheck(2)).toEqual({ passed: 0, failed: 1 });
});

test.each([
  ['all passed', { numPassedTests: 3, numFailedTests: 0 }, 0, { passed: 3, failed: 0 }],
  ['one failed', { numPassedTests: 2, numFailedTests: 1 }, 1, { passed: 2, failed: 1 }],
  [
    'one file could not be loaded',
    {
      numPassedTests: 2,
      numFailedTests: 0,
      testResults: [{ status: 'failed', assertionResults: [] }],
    },
    1,
    { passed: 2, failed: 1 },
  ],
  [
    'a file failed before its tests',
    {
      numPassedTests: 2,
      numFailedTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [{ status: 'skipped' }] },
        { status: 'failed', assertionResults: [{ status: 'failed' }] },
      ],
    },
    1,
    { passed: 2, failed: 2 },
  ],
  [
    'something failed outside every test',
    { numPassedTests: 2, numFailedTests: 0 },
    1,
    { passed: 2, failed: 1 },
  ],
])('unit tests are counted when %s', (_title, report, exitCode, expected) => {
  expect(countVitest(JSON.stringify(report), exitCode)).toEqual(expected);
});

test.each([
  ['all passed', { expected: 4, unexpected: 0, flaky: 0 }, 0, { passed: 4, failed: 0 }],
  ['one failed', { expected: 3, unexpected: 1, flaky: 0 }, 1, { passed: 3, failed: 1 }],
  [
    'one passed only at the second try',
    { expected: 3, unexpected: 0, flaky: 1 },
    0,
    { passed: 3, failed: 1 },
  ],
  ['none was found', { expected: 0, unexpected: 0, flaky: 0 }, 1, { passed: 0, failed: 1 }],
])('end-to-end tests are counted when %s', (_title, stats, exitCode, expected) => {
  expect(countPlaywright(JSON.stringify({ stats }), exitCode)).toEqual(expected);
});

test.each([countVitest, countPlaywright])('a runner that left no report has failed', (count) => {
  expect(count('', 124)).toEqual({ passed: 0, failed: 1 });
});
