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
  return [
    lintOfComponents(root),
    {
      group: 'format',
      name: 'format',
      args: [
        inNodeModules('prettier/bin/prettier.cjs'),
        ...['--check', '--log-level', 'warn', '--cache'],
        ...['--cache-location', join(CACHE, 'prettier'), root],
      ],
    },
    lint(root),
    ...Object.entries(PROJECTS).map(([name, project]) => typesOf(name, join(root, project))),
    typesOfComponents(root),
    {
      group: 'lint',
      name: 'unused code',
      args: [inNodeModules('knip/bin/knip.js'), '--config', join(root, 'build/knip.json'), '--no-progress'],
    },
  ];
}

/**
 * Lints everything except components.
 *
 * @param {string} root
 * @returns {Check}
 */
function lint(root) {
  return {
    group: 'lint',
    name: 'lint',
    args: [
      inNodeModules('oxlint/bin/oxlint'),
      ...['--config', join(root, '.oxlint.config.mjs')],
      ...['core', 'electron', 'renderer', 'build', 'tests', '.oxlint.config.mjs'].map((path) => join(root, path)),
    ],
  };
}

/**
 * Lints components, which only ESLint can read.
 *
 * @param {string} root
 * @returns {Check}
 */
function lintOfComponents(root) {
  return {
    group: 'lint',
    name: 'lint of components',
    args: [
      inNodeModules('eslint/bin/eslint.js'),
      ...['--config', join(root, 'build/eslint.config.mjs'), '--max-warnings', '0'],
      join(root, 'renderer'),
    ],
  };
}

/**
 * @param {string} root
 * @returns {Check}
 */
function typesOfComponents(root) {
  return {
    group: 'types',
    name: 'types of renderer',
    args: [
      inNodeModules('svelte-check/bin/svelte-check'),
      ...['--workspace', join(root, 'renderer')],
      ...['--tsconfig', join(root, 'renderer/tsconfig.json')],
      ...['--config', join(root, 'build/svelte.config.mjs')],
      ...['--tsgo-experimental-api', '--fail-on-warnings'],
    ],
  };
}

/**
 * @param {string} name
 * @param {string} project
 * @returns {Check}
 */
function typesOf(name, project) {
  return {
    group: 'types',
    name: `types of ${name}`,
    // The native compiler is some five times faster; ESLint still needs the JavaScript one.
    args: [inNodeModules('@typescript/native/bin/tsc'), '--project', project],
  };
}
