import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { ForksPoolWorker } from 'vitest/node';

import { CACHE, globals, ROOT } from './paths.mjs';

const TESTS = ['tests/**/*.test.ts'];
const E2E = 'tests/e2e/**';
/** These tests make keys, call openssl often or start the command line repeatedly. */
const ENGINE = ['tests/**/*.slow.test.ts'];
const PROOF = ['tests/**/*.proof.test.ts'];
const PLANS = ['tests/core/repair/*.proof.test.ts'];
const ADVICE = 'tests/core/repair/advice/*.proof.test.ts';
/** PowerShell takes seconds to start on a busy machine. */
const SCRIPTS = 'tests/powershell/**/*.slow.test.ts';
const ALL_SCRIPTS = 'tests/powershell/**/*.proof.test.ts';
const KUBERNETES = 'tests/kubernetes/**/*.proof.test.ts';
const WINDOWS = 'tests/windows/**/*.proof.test.ts';
const LAB = 'tests/core/lab/**/*.proof.test.ts';
const TEAM = 'tests/team/**/*.proof.test.ts';

/** Ends only tests that hang; a slow machine must not make a test fail. */
const GUARD_MS = 240_000;
/**
 * Allows an hour for scripts, external programs and exhaustive tests. `build/test-run.mjs` ends a test without a sign
 * of life.
 */
const LONG = { testTimeout: 3_600_000, hookTimeout: 3_600_000 };

/** Runs only the workers in Electron; Vitest itself stays on the Node that started it. */
class ElectronWorker extends ForksPoolWorker {
  /** Tells Vitest that this worker can take another file. @override */
  name = 'electron';

  /** @override */
  async start() {
    // Brackets, because Vitest declares it private; `super.start` starts no process if one exists.
    this['_fork'] ??= fork(this.entrypoint, [], {
      execPath: process.env['ARCWARDEN_RUNTIME'],
      execArgv: this.execArgv,
      env: { ...this.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: 'pipe',
      serialization: 'advanced',
    });
    await super.start();
  }
}

/**
 * @param {string} name
 * @param {string[]} include
 * @param {import('vitest/node').ProjectConfig} [more]
 */
const project = (name, include, more) => ({ extends: /** @type {const} */ (true), test: { name, include, ...more } });

/**
 * Tests that touch keys, bytes and disks. They also run inside Electron, which has another Node, and BoringSSL instead
 * of OpenSSL.
 */
const IN_ELECTRON = project(
  'electron',
  [
    'tests/core/{authorities,formats,inventory,node,pki,sample,store}/**/*.test.ts',
    'tests/core/*/store/*.test.ts',
    'tests/core/notifications/servers.slow.test.ts',
  ],
  {
    pool: {
      name: 'electron',
      createPoolWorker: (/** @type {import('vitest/node').PoolOptions} */ options) => new ElectronWorker(options),
    },
    setupFiles: [join(ROOT, 'tests/support/electron-setup.ts')],
    exclude: [
      // Compares with `X509Certificate.publicKey`, which crashes this runtime on a key unknown to BoringSSL.
      'tests/core/formats/x509/peers.slow.test.ts',
      // Starts programs with the Node that runs it.
      'tests/core/inventory/store/kill.slow.test.ts',
      // Takes heap snapshots of such programs; `tests/e2e/secrets-in-memory.test.ts` takes those of the console.
      'tests/core/inventory/planted-secrets.slow.test.ts',
      ...PROOF,
      // These tests use only the language, which is the same in both runtimes: no keys, files or decoders.
      'tests/core/authorities/operations/names.slow.test.ts',
      // `determinism` and `random` check that a seed gives the same result in both runtimes.
      'tests/core/pki/simulation/**/!(determinism|random).slow.test.ts',
      'tests/core/formats/{cmdlet-output,renew-revocation,yaml}/**',
      'tests/core/formats/der/pem.slow.test.ts',
      // This test lists the source folders recursively, which this runtime cannot do.
      'tests/core/inventory/finding-rules.test.ts',
    ],
  },
);
/** @type {import('vite').Plugin} */
const scriptsAsText = {
  name: 'arcwarden-scripts-as-text',
  load: (id) => (/\.(?:ps1|sql)$/u.test(id) ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))}` : undefined),
};

export default defineConfig({
  root: ROOT,
  cacheDir: join(CACHE, 'vitest'),
  define: globals(),
  // State modules of the renderer contain runes, which only the Svelte compiler understands.
  plugins: [svelte({ configFile: false }), scriptsAsText],
  // The server build of Svelte has no reactivity to test.
  resolve: { conditions: ['browser'] },
  ssr: { resolve: { conditions: ['browser'] } },
  test: {
    // A cache of transformed modules halves a short run.
    experimental: { fsModuleCache: true, fsModuleCachePath: join(CACHE, 'vitest-modules') },
    environment: 'node',
    setupFiles: ['languages.ts', 'drawn-cases.ts'].map((name) => join(ROOT, 'tests/support', name)),
    // No test affects another, since nothing is replaced globally: files can share loaded modules and processes.
    isolate: false,
    pool: 'forks',
    // By default, Vitest leaves one core idle: half of a machine with two cores.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      project('unit', TESTS, { exclude: [E2E, ...ENGINE, ...PROOF] }),
      project('engine', ENGINE, { exclude: [SCRIPTS] }),
      project('scripts', [SCRIPTS]),
      // Present only if `npm test engine` has found an Electron to run them in.
      ...(process.env['ARCWARDEN_RUNTIME'] ? [IN_ELECTRON] : []),
      project('proof', PROOF, { exclude: [...PLANS, ADVICE, ALL_SCRIPTS, KUBERNETES, WINDOWS, LAB, TEAM], ...LONG }),
      project('powershell', [ALL_SCRIPTS], LONG),
      project('kubernetes', [KUBERNETES], LONG),
      project('windows', [WINDOWS], LONG),
      project('lab', [LAB], LONG),
      project('team', [TEAM], LONG),
      project('plans', PLANS, LONG),
      project('advice', [ADVICE], LONG),
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
