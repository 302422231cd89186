import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test, vi } from 'vitest';

import { ROOT } from '../../build/paths.mjs';
import { countResults, SUITES, tellSkipped, TestRun, type TestResult } from '../../build/test-run.mjs';

const result = (state: TestResult['state'], name = 'tests/a.test.ts: reads', reason?: string): TestResult => ({
  name,
  state,
  reason,
});

describe('a check', () => {
  test.each([
    [0, { passed: 1, failed: 0 }],
    [2, { passed: 0, failed: 1 }],
  ])('with exit code %i counts as one test', (exitCode, expected) => {
    expect(countResults(undefined, exitCode)).toMatchObject(expected);
  });
});

describe('a test runner', () => {
  test.each([
    ['all passed', [result('passed'), result('passed')], 0, { passed: 2, failed: 0 }],
    ['one failed', [result('passed'), result('failed')], 1, { passed: 1, failed: 1 }],
    ['something failed outside every test', [result('passed')], 1, { passed: 1, failed: 1 }],
    ['no test was found', [], 1, { passed: 0, failed: 1 }],
    ['no test is left to run', [], 0, { passed: 0, failed: 0 }],
  ])('is counted by its test results if %s', (_title, results, exitCode, expected) => {
    expect(countResults(JSON.stringify(results), exitCode)).toMatchObject(expected);
  });

  test('without a report counts as failed', () => {
    expect(countResults(undefined, 124)).toMatchObject({ passed: 0, failed: 1 });
  });
});

test('skipped tests are listed by reason, including those without a reason', () => {
  const reason = 'certtool is not here';
  const skipped = [result('skipped', 'a', reason), result('skipped', 'b'), result('skipped', 'c', reason)];
  expect(tellSkipped(skipped)).toEqual([
    '2 skipped: certtool is not here',
    '  a',
    '  c',
    '1 skipped: no reason given, which counts as a failure',
    '  b',
  ]);
});

describe('a run of the tests', () => {
  /** Returns the last line and the exit code of a run with one check and with a skipped test for each reason. */
  async function runCheck(script: string, ...skipped: string[]): Promise<[string, number]> {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const testRun = new TestRun();
    await testRun.run({ name: 'a check', args: ['-e', script] });
    for (const reason of skipped) testRun.doWithout('tests with a peer', reason);
    const code = testRun.close(true);
    const last = String(log.mock.calls.at(-1)?.[0]);
    log.mockRestore();
    return [last.trim(), code];
  }

  test('ends with the numbers of passed and failed tests, and exit code 0', async () => {
    expect(await runCheck('')).toEqual(['1 passed, 0 failed', 0]);
  });

  test('fails if one test fails', async () => {
    expect(await runCheck('process.exitCode = 3')).toEqual(['0 passed, 1 failed', 1]);
  });

  test('counts a test skipped with a reason as skipped, and one without a reason as failed', async () => {
    expect(await runCheck('', 'it is not here')).toEqual(['1 passed, 0 failed, 1 skipped', 0]);
    expect(await runCheck('', '')).toEqual(['1 passed, 1 failed, 0 skipped', 1]);
  });
});

test('tests judged by an external program are counted by program, with each reason for skips given once', () => {
  const results = [
    result('passed', 'tests/powershell/runner.slow.test.ts: a'),
    result('failed', 'tests/powershell/runner.slow.test.ts: b'),
    result('passed', 'tests/powershell/openssh.slow.test.ts: a'),
    result('skipped', 'tests/powershell/openssh.slow.test.ts: b', 'there is no sshd'),
    result('skipped', 'tests/powershell/openssh.slow.test.ts: c', 'there is no sshd'),
    result('skipped', 'tests/powershell/openssh.slow.test.ts: d', 'there is no scp'),
    result('passed', 'tests/core/pki/verify/openssl.slow.test.ts: a'),
  ];
  expect(countResults(JSON.stringify(results), 1).lines).toEqual([
    'OpenSSH: 1 passed, 0 failed, 3 skipped: there is no sshd; there is no scp',
    'PowerShell: 1 passed, 1 failed',
  ]);
});

test('every test suite contains files', () => {
  const all = readdirSync(join(ROOT, 'tests'), { recursive: true }).map((name) => `tests/${String(name)}`);
  expect([...SUITES].filter(([, files]) => !all.some((name) => files.test(name)))).toEqual([]);
});
