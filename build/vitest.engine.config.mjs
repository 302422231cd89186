import { fork } from 'node:child_process';

import { ForksPoolWorker } from 'vitest/node';

import { SetUpProblem } from './problem.mjs';
import base from './vitest.config.mjs';

/*
 * The tests of `core` that touch keys, bytes and disks, inside the Electron that the main process runs on: another Node,
 * and BoringSSL instead of OpenSSL. Vitest itself stays on the Node that started it; only its workers are Electron.
 */

const NAME = 'electron';

/** What asks the runtime for nothing: no key, no file, no decoder, only the language, which is the same in both. */
const LANGUAGE_ALONE = [
  'tests/core/authorities/operations/names.slow.test.ts',
  // That a seed gives the same in both is looked at by `determinism` and `random`.
  'tests/core/pki/simulation/**/!(determinism|random).slow.test.ts',
  'tests/core/formats/{cmdlet-output,renew-revocation,yaml}/**',
  'tests/core/formats/der/pem.slow.test.ts',
  // Reads the sources, and this runtime lists no folders recursively.
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
  /** By which Vitest finds out that a worker can take another file. @override */
  name = NAME;

  /** @override */
  async start() {
    // In brackets, because Vitest declares it private: `super.start` starts no process where there is one.
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
    setupFiles: ['tests/support/electron-setup.ts'],
    include: [
      'tests/core/{authorities,formats,inventory,node,pki,sample,store}/**/*.test.ts',
      'tests/core/*/store/*.test.ts',
      'tests/core/notifications/servers.slow.test.ts',
    ],
    exclude: [
      // Its peer is `X509Certificate.publicKey`, which ends this runtime at a key that BoringSSL does not know.
      'tests/core/formats/x509/peers.slow.test.ts',
      // Starts programs of its own with the Node that it runs on.
      'tests/core/store/kill.slow.test.ts',
      ...LANGUAGE_ALONE,
    ],
  },
};
