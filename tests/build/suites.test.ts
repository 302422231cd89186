import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countVitest } from '../../build/results.mjs';
import { SUITES, tellSuites } from '../../build/suites.mjs';
import { ROOT } from '../../build/paths.mjs';

const file = (name: string, ...statuses: string[]) => ({
  name: `/project/${name}`,
  assertionResults: statuses.map((status) => ({ status })),
});

test('tests that another program judges are counted by that program', () => {
  const files = [
    file('tests/powershell/runner.slow.test.ts', 'passed', 'failed'),
    file('tests/powershell/openssh.slow.test.ts', 'passed'),
    file('tests/core/pki/verify/openssl.slow.test.ts', 'passed'),
    file('tests/powershell/stubs.slow.test.ts', 'passed'),
  ];
  expect(tellSuites(files, [])).toEqual(['OpenSSH: 1 passed, 0 failed', 'PowerShell: 2 passed, 1 failed']);
});

test('those that were skipped are told with each reason once', () => {
  const name = 'tests/powershell/openssh.slow.test.ts';
  const skips = [
    { name: `${name}: a`, reason: 'there is no sshd' },
    { name: `${name}: b`, reason: 'there is no sshd' },
    { name: `${name}: c`, reason: 'there is no scp' },
    { name: 'tests/powershell/runner.slow.test.ts: d', reason: 'there is no dotnet' },
  ];
  const report = { numPassedTests: 1, testResults: [file(name, 'passed', 'pending', 'skipped', 'skipped')] };
  expect(countVitest(JSON.stringify(report), 0, JSON.stringify(skips)).suites).toEqual([
    'OpenSSH: 1 passed, 0 failed, 3 skipped: there is no sshd; there is no scp',
  ]);
});

test('each suite has files', () => {
  const all = readdirSync(join(ROOT, 'tests'), { recursive: true }).map((name) => `tests/${String(name)}`);
  expect(SUITES.filter(({ files }) => !all.some((name) => files.test(name)))).toEqual([]);
});
