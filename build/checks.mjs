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

/** By the program that is compiled: what a file may use depends on where it runs. */
const PROJECTS = {
  'core/domain': 'core/domain/tsconfig.json',
  core: 'core/tsconfig.json',
  'core/node': 'core/node/tsconfig.json',
  'core/cli': 'core/cli/tsconfig.json',
  electron: 'electron/tsconfig.json',
  'electron/preload': 'electron/tsconfig.preload.json',
  tests: 'tests/tsconfig.json',
  build: 'build/tsconfig.json',
};

/** @returns {Check[]} in the order in which their results are shown, the longest early */
export function staticChecks() {
  return [
    lintOf('tests and renderer', 'tests', 'renderer'),
    lintOf('core, electron and build', 'core', 'electron', 'build'),
    {
      group: 'types',
      name: 'types of renderer',
      args: [
        inNodeModules('svelte-check/bin/svelte-check'),
        ...['--workspace', join(ROOT, 'renderer')],
        ...['--tsconfig', join(ROOT, 'renderer/tsconfig.json')],
        ...['--config', join(ROOT, 'build/svelte.config.mjs')],
        '--fail-on-warnings',
      ],
    },
    ...Object.entries(PROJECTS).map(([name, project]) => typesOf(name, project)),
    {
      group: 'format',
      name: 'format',
      args: [
        inNodeModules('prettier/bin/prettier.cjs'),
        ...['--check', '--log-level', 'warn', '--cache'],
        ...['--cache-location', join(CACHE, 'prettier'), '.'],
      ],
    },
    {
      group: 'lint',
      name: 'unused code',
      args: [
        inNodeModules('knip/bin/knip.js'),
        ...['--config', join(ROOT, 'build/knip.json'), '--no-progress'],
      ],
    },
  ];
}

/**
 * In two parts, each on a core of its own: it takes longer than all the rest.
 *
 * @param {string} name
 * @param {...string} folders that hold everything there is to lint together with those of the other part
 * @returns {Check}
 */
function lintOf(name, ...folders) {
  return {
    group: 'lint',
    name: `lint of ${name}`,
    args: [
      inNodeModules('eslint/bin/eslint.js'),
      ...['--config', join(ROOT, 'build/eslint.config.mjs'), '--max-warnings', '0'],
      ...folders.map((folder) => join(ROOT, folder)),
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
    // Compiled TypeScript is some five times faster; Svelte and ESLint still need the one that is JavaScript.
    args: [inNodeModules('typescript-native/bin/tsc'), '--project', join(ROOT, project)],
  };
}
