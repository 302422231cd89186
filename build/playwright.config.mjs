import { join } from 'node:path';

import { defineConfig } from '@playwright/test';

import { ROOT } from './paths.mjs';

export default defineConfig({
  testDir: join(ROOT, 'tests/e2e'),
  testMatch: '**/*.test.ts',
  globalSetup: join(ROOT, 'tests/e2e/prepared.ts'),
  snapshotPathTemplate: join(ROOT, 'tests/e2e/screens/{arg}{ext}'),
  outputDir: join(ROOT, 'test-results'),
  // Each worker drives its own Electron on its own display; more than two would starve each other on a small machine.
  workers: JSON.parse(process.env['ARCWARDEN_DISPLAYS'] ?? '[""]').length,
  // Idle workers take the next test of any file, so that no worker is left with one long file at the end.
  fullyParallel: true,
  retries: 0,
  // Ends only tests that hang; a slow machine must not make a test fail.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: [[join(ROOT, 'tests/rigs/reporter.mjs')], ['list']],
});
