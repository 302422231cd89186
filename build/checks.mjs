import { join } from 'node:path';

import { CACHE, modulePath, ROOT } from './paths.mjs';

/**
 * A check only reads the sources, so that several can run side by side.
 *
 * @typedef {object} Check
 * @property {'types' | 'format' | 'lint'} group
 * @property {string} name
 * @property {string[]} args for Node
 */

/** One project per environment: the globals that a file may use depend on where it runs. */
const PROJECTS = {
  tests: 'tests/tsconfig.json',
  core: 'core/tsconfig.json',
  'core/cli': 'core/cli/tsconfig.json',
  electron: 'electron/tsconfig.json',
  'core/*/model': 'core/tsconfig.model.json',
  'core/node': 'core/node/tsconfig.json',
  'electron/preload': 'electron/tsconfig.preload.json',
  build: 'build/tsconfig.json',
};

/**
 * @param {string} [root] of the tree to check
 * @returns {Check[]} in the order in which to start them: the longest first, so that no core is idle at the end
 */
export function staticChecks(root = ROOT) {
  const locate = (/** @type {string} */ path) => join(root, path);
  const check = (
    /** @type {Check['group']} */ group,
    /** @type {string} */ name,
    /** @type {string} */ program,
    /** @type {string[]} */ ...words
  ) => ({ group, name, args: [modulePath(program), ...words] });
  const linted = ['core', 'electron', 'renderer', 'build', 'tests', '.oxlint.config.mjs'].map(locate);
  const formatCache = ['--cache', '--cache-location', join(CACHE, 'prettier')];
  const svelte = ['--workspace', locate('renderer'), '--tsconfig', locate('renderer/tsconfig.json')];
  return [
    check(
      'lint',
      'lint of components',
      'eslint/bin/eslint.js',
      ...['--config', locate('build/eslint.config.mjs'), '--max-warnings', '0', locate('renderer')],
    ),
    check('format', 'format', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', ...formatCache, root),
    check('lint', 'lint', 'oxlint/bin/oxlint', '--config', locate('.oxlint.config.mjs'), ...linted),
    ...Object.entries(PROJECTS).map(([name, project]) =>
      // The native compiler is about five times as fast; ESLint still needs the JavaScript one.
      check('types', `types of ${name}`, '@typescript/native/bin/tsc', '--project', locate(project)),
    ),
    check(
      'types',
      'types of renderer',
      'svelte-check/bin/svelte-check',
      ...[...svelte, '--tsgo-experimental-api', '--fail-on-warnings'],
    ),
    check('lint', 'unused code', 'knip/bin/knip.js', '--config', locate('build/knip.json'), '--no-progress'),
  ];
}
