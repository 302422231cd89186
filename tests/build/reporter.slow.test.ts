import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { modulePath, ROOT } from '../../build/paths.mjs';
import { temporaryFolder } from '../support/temporary-folder.ts';

const REPORTER = join(ROOT, 'tests/rigs/reporter.mjs');

/** Starts a test runner in a folder with these files and returns the reporter's results. */
function report(files: Record<string, string>, program: string, words: string[]): unknown {
  const folder = temporaryFolder();
  symlinkSync(modulePath('.'), join(folder, 'node_modules'), 'junction');
  mkdirSync(join(folder, 'tests'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const env = { ...process.env, ARCWARDEN_RESULTS: join(folder, 'results.json') };
  const { stdout, stderr } = spawnSync(process.execPath, [modulePath(program), ...words], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  expect(`${stdout}${stderr}`).toContain('passed');
  return JSON.parse(readFileSync(env.ARCWARDEN_RESULTS, 'utf8'));
}

test('Vitest: reports the state of each test and the reason for a skip, and counts a file that does not load as failed', () => {
  const files = {
    'tests/a.test.js': `import { expect, test } from 'vitest';
      test('passes', () => {});
      test('fails', () => { expect(1).toBe(2); });
      test('is left out', ({ skip }) => { skip(true, 'there is no peer'); });
      test.skip('is disabled', () => {});`,
    'tests/b.test.js': `throw new Error('broken');`,
  };
  expect(report(files, 'vitest/vitest.mjs', ['run', '--reporter=default', `--reporter=${REPORTER}`])).toEqual(
    expect.arrayContaining([
      { name: 'tests/a.test.js: passes', state: 'passed' },
      { name: 'tests/a.test.js: fails', state: 'failed' },
      { name: 'tests/a.test.js: is left out', state: 'skipped', reason: 'there is no peer' },
      { name: 'tests/a.test.js: is disabled', state: 'skipped' },
      { name: 'tests/b.test.js', state: 'failed' },
    ]),
  );
});

test('Playwright: reports states and reasons in nested suites too, and counts a test that passes only when retried as failed', () => {
  const files = {
    'playwright.config.mjs': `export default { testDir: 'tests', retries: 1,
      reporter: [['list'], [${JSON.stringify(REPORTER)}]] };`,
    'tests/a.test.mjs': `import { expect, test } from '@playwright/test';
      test('passes', () => {});
      test('fails', () => { expect(1).toBe(2); });
      test.describe('a group', () => {
        test('is left out', () => { test.skip(true, 'there is no peer'); });
        test.skip('is disabled', () => {});
        test('is flaky', ({}, { retry }) => { expect(retry).toBe(1); });
      });`,
  };
  expect(report(files, '@playwright/test/cli.js', ['test'])).toEqual([
    { name: 'a.test.mjs: passes', state: 'passed' },
    { name: 'a.test.mjs: fails', state: 'failed' },
    { name: 'a.test.mjs: is left out', state: 'skipped', reason: 'there is no peer' },
    { name: 'a.test.mjs: is disabled', state: 'skipped' },
    { name: 'a.test.mjs: is flaky', state: 'failed' },
  ]);
});
