import { join } from 'node:path';

import { CACHE, inNodeModules, ROOT } from './paths.mjs';

/**
 * A check that reads the sources and changes nothing, so that several can run side by side.
 *
 * @typedef {object} Check
 * @property {'types' | 'format' | 'lint'} group
 * @property {string} name
 * @property {string[]} args for Node
 */

/** One program per environment: what a file may use depends on where it runs. */
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
 * @returns {Check[]} in starting order: the longest first, so that no core is idle at the end
 */
export function staticChecks(root = ROOT) {
  const at = (/** @type {string} */ path) => join(root, path);
  return [
    {
      // Only ESLint can read components.
      group: 'lint',
      name: 'lint of components',
      args: [
        inNodeModules('eslint/bin/eslint.js'),
        ...['--config', at('build/eslint.config.mjs'), '--max-warnings', '0', at('renderer')],
      ],
    },
    {
      group: 'format',
      name: 'format',
      args: [
        inNodeModules('prettier/bin/prettier.cjs'),
        ...['--check', '--log-level', 'warn', '--cache', '--cache-location', join(CACHE, 'prettier'), root],
      ],
    },
    {
      // Everything except components.
      group: 'lint',
      name: 'lint',
      args: [
        inNodeModules('oxlint/bin/oxlint'),
        ...['--config', at('.oxlint.config.mjs')],
        ...['core', 'electron', 'renderer', 'build', 'tests', '.oxlint.config.mjs'].map(at),
      ],
    },
    ...Object.entries(PROJECTS).map(([name, project]) => ({
      group: /** @type {const} */ ('types'),
      name: `types of ${name}`,
      // The native compiler is some five times faster; ESLint still needs the JavaScript one.
      args: [inNodeModules('@typescript/native/bin/tsc'), '--project', at(project)],
    })),
    {
      group: 'types',
      name: 'types of renderer',
      args: [
        inNodeModules('svelte-check/bin/svelte-check'),
        ...['--workspace', at('renderer'), '--tsconfig', at('renderer/tsconfig.json')],
        ...['--config', at('build/svelte.config.mjs'), '--tsgo-experimental-api', '--fail-on-warnings'],
      ],
    },
    {
      group: 'lint',
      name: 'unused code',
      args: [inNodeModules('knip/bin/knip.js'), '--config', at('build/knip.json'), '--no-progress'],
    },
  ];
}
