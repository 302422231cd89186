import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

import { CACHE, ROOT } from './paths.mjs';
import { globals } from './version.mjs';

const TESTS = ['tests/**/*.test.ts'];
const E2E = 'tests/e2e/**';
/** Tests that make keys, call openssl all the time or start the command line repeatedly are named so. */
const ENGINE = ['tests/**/*.slow.test.ts'];
/** Tests that try everything, too many to wait for on each change: `npm run proof` runs them. */
const PROOF = ['tests/**/*.proof.test.ts'];
/** Those of them that follow every repair plan. */
const PLANS = ['tests/core/repair/*.proof.test.ts'];
/** Those that run scripts in a real PowerShell, which takes seconds to start on a busy machine. */
const SCRIPTS = 'tests/powershell/**/*.slow.test.ts';
/** And those that run every script. */
const ALL_SCRIPTS = 'tests/powershell/**/*.proof.test.ts';
/** Those that start a real control plane. */
const KUBERNETES = 'tests/kubernetes/**/*.proof.test.ts';
/** Those that start Windows programs. */
const WINDOWS = 'tests/windows/**/*.proof.test.ts';

/** Guards against a test that hangs, never assertions: a slow machine is no failure. */
const GUARD_MS = 240_000;
/** Tests that run scripts, foreign programs or every case may take an hour. `build/test-run.mjs` ends one that shows no sign of life. */
const LONG = { testTimeout: 3_600_000, hookTimeout: 3_600_000 };

/**
 * @param {string} name
 * @param {string[]} include
 * @param {import('vitest/node').ProjectConfig} [more]
 */
const project = (name, include, more) => ({ extends: /** @type {const} */ (true), test: { name, include, ...more } });

export default defineConfig({
  root: ROOT,
  cacheDir: join(CACHE, 'vitest'),
  define: globals(),
  // State modules of the renderer contain runes, which only the Svelte compiler understands.
  plugins: [svelte({ configFile: join(ROOT, 'build/svelte.config.mjs') })],
  // Svelte's browser build: the server build has no reactivity to test.
  resolve: { conditions: ['browser'] },
  ssr: { resolve: { conditions: ['browser'] } },
  test: {
    // Unchanged modules are not transformed again, which halves a short run.
    experimental: { fsModuleCache: true, fsModuleCachePath: join(CACHE, 'vitest-modules') },
    environment: 'node',
    setupFiles: ['languages.ts', 'drawn-cases.ts'].map((name) => join(ROOT, 'tests/support', name)),
    // No test affects another: nothing is replaced globally, so files can share loaded modules and processes.
    isolate: false,
    pool: 'forks',
    // By default one core is left idle, which is half of two.
    maxWorkers: Math.max(2, availableParallelism()),
    // Several projects: the slow tests are not something to wait for while working elsewhere.
    projects: [
      project('unit', TESTS, { exclude: [E2E, ...ENGINE, ...PROOF] }),
      project('engine', ENGINE, { exclude: [SCRIPTS] }),
      project('scripts', [SCRIPTS]),
      project('proof', PROOF, { exclude: [...PLANS, ALL_SCRIPTS, KUBERNETES, WINDOWS], ...LONG }),
      project('powershell', [ALL_SCRIPTS], LONG),
      project('kubernetes', [KUBERNETES], LONG),
      project('windows', [WINDOWS], LONG),
      project('plans', PLANS, LONG),
    ],
    testTimeout: GUARD_MS,
    hookTimeout: GUARD_MS,
    expect: { poll: { timeout: GUARD_MS } },
    coverage: {
      provider: 'v8',
      include: ['core/**/*.ts', 'renderer/**/*.ts'],
      reportsDirectory: join(ROOT, 'coverage'),
      reporter: ['text-summary', 'html'],
    },
  },
});
