import { expect, test } from 'vitest';

import { countCheck, countPlaywright, countVitest, tellSkips } from '../../build/results.mjs';

test('a check counts as one test', () => {
  expect(countCheck(0)).toEqual({ passed: 1, failed: 0 });
  expect(countCheck(2)).toEqual({ passed: 0, failed: 1 });
});

test.each([
  ['all passed', { numPassedTests: 3, numFailedTests: 0 }, 0, { passed: 3, failed: 0 }],
  ['one failed', { numPassedTests: 2, numFailedTests: 1 }, 1, { passed: 2, failed: 1 }],
  [
    'one file could not be loaded',
    { numPassedTests: 2, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] },
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
  ['something failed outside every test', { numPassedTests: 2, numFailedTests: 0 }, 1, { passed: 2, failed: 1 }],
])('unit tests are counted when %s', (_title, report, exitCode, expected) => {
  expect(countVitest(JSON.stringify(report), exitCode)).toEqual({ ...expected, skips: [] });
});

test.each([
  ['all passed', { expected: 4, unexpected: 0, flaky: 0 }, 0, { passed: 4, failed: 0 }],
  ['one failed', { expected: 3, unexpected: 1, flaky: 0 }, 1, { passed: 3, failed: 1 }],
  ['one passed only at the second try', { expected: 3, unexpected: 0, flaky: 1 }, 0, { passed: 3, failed: 1 }],
  ['none was found', { expected: 0, unexpected: 0, flaky: 0 }, 1, { passed: 0, failed: 1 }],
])('end-to-end tests are counted when %s', (_title, stats, exitCode, expected) => {
  expect(countPlaywright(JSON.stringify({ stats }), exitCode)).toEqual({ ...expected, skips: [] });
});

test.each([countVitest, countPlaywright])('a runner that left no report counts as failed', (count) => {
  expect(count('', 124)).toEqual({ passed: 0, failed: 1, skips: [] });
});

test('skipped unit tests keep the reasons written by our reporter', () => {
  const skips = [{ name: 'a.test.ts: reads', reason: 'certtool is not here' }];
  const report = JSON.stringify({ numPassedTests: 1, numFailedTests: 0 });
  expect(countVitest(report, 0, JSON.stringify(skips))).toEqual({ passed: 1, failed: 0, skips });
});

test('skipped end-to-end tests keep the reasons noted by Playwright, in nested suites too', () => {
  const skipped = (annotations: object[]): object => ({ title: 'opens', tests: [{ status: 'skipped', annotations }] });
  const report = {
    stats: { expected: 1 },
    suites: [
      {
        file: 'a.test.ts',
        specs: [{ title: 'runs', tests: [{ status: 'expected', annotations: [] }] }],
        suites: [
          { file: 'a.test.ts', specs: [skipped([{ type: 'skip', description: 'xmllint is not here' }]), skipped([])] },
        ],
      },
    ],
  };
  expect(countPlaywright(JSON.stringify(report), 0).skips).toEqual([
    { name: 'a.test.ts: opens', reason: 'xmllint is not here' },
    { name: 'a.test.ts: opens' },
  ]);
});

test('skipped tests are reported by reason, and a skip without a reason is counted', () => {
  const reason = 'certtool is not here';
  const skips = [{ name: 'a', reason }, { name: 'b' }, { name: 'c', reason }];
  expect(tellSkips(skips)).toEqual({
    lines: [
      '2 skipped: certtool is not here',
      '  a',
      '  c',
      '1 skipped: no reason given, which counts as a failure',
      '  b',
    ],
    unexplained: 1,
  });
  expect(tellSkips([])).toEqual({ lines: [], unexplained: 0 });
});
