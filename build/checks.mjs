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
      name: 'lint',
      args: [
        inNodeModules('eslint/bin/eslint.js'),
        ...['--config', join(ROOT, 'build/eslint.config.mjs'), '--max-warnings', '0', '.'],
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
 * @param {string} name
 * @param {string} project
 * @returns {Check}
 */
function typesOf(name, project) {
  return {
    group: 'types',
    name: `types of ${name}`,
    args: [inNodeModules('typescript/bin/tsc'), '--project', join(ROOT, project)],
  };
}
