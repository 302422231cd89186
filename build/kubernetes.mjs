import { existsSync, mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

import { cachedSources, providePart, whyAbsent, whyNotHere } from './absent.mjs';
import { buildKubernetes, KUBERNETES } from './kubernetes-build.mjs';
import { putInPlace } from './runtime.mjs';
import { programsOnPath } from './tools.mjs';
import { userCache } from './user-cache.mjs';

/** @typedef {import('./progress.mjs').Progress} Progress */

/** Programs of a control plane, each with its path. */
const PROGRAMS = /** @type {const} */ ([...KUBERNETES.programs, 'etcd']);
/** @typedef {Record<(typeof PROGRAMS)[number], string>} KubernetesPrograms */

const NAME = 'kubernetes';
/** Beside what a package of Debian has, always. */
const NEEDED = ['apt-get', 'apt-cache', 'dpkg-deb', 'tar', 'setpriv'];
/** Most of it the build cache, which is removed in the end. */
const DISK_BYTES = 5 * 1024 ** 3;

const PART = { name: NAME, find: findKubernetes, obstacle, install };

/**
 * Makes sure that there is a Kubernetes to try our files on, if there can be one. Where there cannot, says why; that
 * costs the tests that need it, and nothing else.
 *
 * @param {Progress} progress
 * @param {import('./absent.mjs').Sources} [sources]
 */
export async function provideKubernetes(progress, sources = cachedSources(PART, progress)) {
  const says = () => `Kubernetes ${KUBERNETES.version}`;
  const words = { title: 'Kubernetes', says, without: 'tests on a real Kubernetes' };
  await providePart(progress, words, () => whyAbsent(sources));
}

/**
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {KubernetesPrograms | undefined} undefined unless all of them are there
 */
export function findKubernetes(environment = process.env) {
  const folder = kubernetesFolder(environment);
  if (!PROGRAMS.every((name) => existsSync(join(folder, name)))) return undefined;
  return /** @type {KubernetesPrograms} */ (Object.fromEntries(PROGRAMS.map((name) => [name, join(folder, name)])));
}

/**
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string} a sentence without its full stop
 */
export function whyNoKubernetes(environment = process.env) {
  return whyNotHere(PART, environment);
}

/** @param {NodeJS.ProcessEnv} environment */
function kubernetesFolder(environment) {
  return join(userCache(environment), `${NAME}-${KUBERNETES.version}`);
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string | undefined}
 */
function obstacle(environment) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'it is built on Linux x64 alone';
  const missing = NEEDED.find((name) => programsOnPath(name, environment['PATH']).length === 0);
  return missing === undefined ? undefined : `there is no ${missing}, which Debian has`;
}

/**
 * @param {import('./absent.mjs').WorkPlace} place
 * @returns {Promise<string | undefined>} why it failed
 */
async function install({ work, environment, progress }) {
  const { bavail, bsize } = statfsSync(work);
  if (bavail * bsize < DISK_BYTES) return `building it needs ${DISK_BYTES / 1024 ** 3} GB in ${userCache(environment)}`;
  progress.say(`Kubernetes ${KUBERNETES.version}: building it from Debian's source (7 minutes on two idle cores)`);
  const programs = join(work, 'programs');
  mkdirSync(programs);
  await buildKubernetes({ work, programs, environment, say: progress.say });
  putInPlace(programs, kubernetesFolder(environment));
  return undefined;
}
