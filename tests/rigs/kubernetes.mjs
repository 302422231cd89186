import { existsSync, mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

import { CachedPart, findMissingProgram } from './cached-part.mjs';
import { buildKubernetes, KUBERNETES } from './kubernetes-build.mjs';
import { putInPlace, userCache } from '../../build/machine/user-cache.mjs';

/** Programs of a control plane, each with its path. */
const PROGRAMS = /** @type {const} */ ([...KUBERNETES.programs, 'etcd']);
/** @typedef {Record<(typeof PROGRAMS)[number], string>} KubernetesPrograms */

/** Beside what a package of Debian has, always. */
const NEEDED = ['apt-get', 'apt-cache', 'dpkg-deb', 'tar', 'setpriv'];
/** Most of it the build cache, which is removed in the end. */
const DISK_GB = 5;

/** A Kubernetes to try our files on. */
export const CONTROL_PLANE = new CachedPart({
  name: 'kubernetes',
  title: 'Kubernetes',
  without: 'tests on a real Kubernetes',
  says: () => `Kubernetes ${KUBERNETES.version}`,
  /** @returns {KubernetesPrograms | undefined} undefined unless all of them are there */
  find(environment) {
    const paths = PROGRAMS.map((name) => [name, join(folder(environment), name)]);
    return paths.every(([, path = '']) => existsSync(path)) ? Object.fromEntries(paths) : undefined;
  },
  obstacle(environment) {
    if (process.platform !== 'linux' || process.arch !== 'x64') return 'it is built on Linux x64 alone';
    return findMissingProgram(NEEDED, environment);
  },
  async install({ work, environment, progress }) {
    const { bavail, bsize } = statfsSync(work);
    if (bavail * bsize < DISK_GB * 1024 ** 3)
      throw new Error(`building it needs ${DISK_GB} GB in ${userCache(environment)}`);
    progress.say(`Kubernetes ${KUBERNETES.version}: building it from Debian's source (7 minutes on two idle cores)`);
    const programs = join(work, 'programs');
    mkdirSync(programs);
    await buildKubernetes({ work, programs, environment, say: progress.say });
    putInPlace(programs, folder(environment));
  },
});

/** @param {NodeJS.ProcessEnv} environment */
function folder(environment) {
  return join(userCache(environment), `kubernetes-${KUBERNETES.version}`);
}
