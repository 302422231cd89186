import { fork } from 'node:child_process';

import { ForksPoolWorker } from 'vitest/node';

import { SetUpProblem } from './command.mjs';
import base from './vitest.config.mjs';

/*
 * Runs the tests of `core` that touch keys, bytes and disks inside the Electron of the main process: another Node, and
 * BoringSSL instead of OpenSSL. Vitest itself stays on the Node that started it; only its workers are Electron.
 */

const NAME = 'electron';

/** Tests that use only the language, which is the same in both: no keys, files or decoders. */
const LANGUAGE_ALONE = [
  'tests/core/authorities/operations/names.slow.test.ts',
  // `determinism` and `random` check that a seed gives the same result in both.
  'tests/core/pki/simulation/**/!(determinism|random).slow.test.ts',
  'tests/core/formats/{cmdlet-output,renew-revocation,yaml}/**',
  'tests/core/formats/der/pem.slow.test.ts',
  // Reads the sources, and this runtime cannot list folders recursively.
  'tests/core/inventory/finding-rules.test.ts',
];

const executable = process.env['ARCWARDEN_RUNTIME'];
if (!executable) {
  throw new SetUpProblem(
    'ARCWARDEN_RUNTIME names no Electron to run these tests in.',
    'Start them with: npm test engine',
  );
}

class ElectronWorker extends ForksPoolWorker {
  /** Lets Vitest recognise a worker that can take another file. @override */
  name = NAME;

  /** @override */
  async start() {
    // In brackets, because Vitest declares it private: `super.start` does not start a process when there is one.
    this['_fork'] ??= fork(this.entrypoint, [], {
      execPath: executable,
      execArgv: this.execArgv,
      env: { ...this.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: 'pipe',
      serialization: 'advanced',
    });
    await super.start();
  }
}

const { projects: _, ...shared } = base.test ?? {};

export default {
  ...base,
  test: {
    ...shared,
    pool: {
      name: NAME,
      createPoolWorker: (/** @type {import('vitest/node').PoolOptions} */ options) => new ElectronWorker(options),
    },
    setupFiles: ['tests/support/electron-setup.ts', ...(shared.setupFiles ?? [])],
    include: [
      'tests/core/{authorities,formats,inventory,node,pki,sample,store}/**/*.test.ts',
      'tests/core/*/store/*.test.ts',
      'tests/core/notifications/servers.slow.test.ts',
    ],
    exclude: [
      // Compares with `X509Certificate.publicKey`, which crashes this runtime on a key unknown to BoringSSL.
      'tests/core/formats/x509/peers.slow.test.ts',
      // Starts programs of its own with the Node it runs on.
      'tests/core/inventory/store/kill.slow.test.ts',
      // Takes a snapshot of such a program; `tests/e2e/secrets-in-memory.test.ts` takes those of the console itself.
      'tests/core/inventory/planted-secrets.slow.test.ts',
      'tests/**/*.proof.test.ts',
      ...LANGUAGE_ALONE,
    ],
  },
};
