import { chmodSync, existsSync } from 'node:fs';
import { basename, join } from 'node:path';

import { CachedPart, findMissingProgram } from './cached-part.mjs';
import { PackageArchive } from './package-archive.mjs';

/**
 * @typedef {object} FoundServer
 * @property {string} root the folder into which it was unpacked, which replaces `/`; `/` for the system's own server
 * @property {string} program
 * @property {string[]} libraries folders needed in addition to those of the system
 */

/** @typedef {CachedPart<FoundServer>} DebianServer */

const NEEDED = ['apt-get', 'apt-cache', 'dpkg-deb', 'dpkg-query'];
/** A package may set further mode bits, such as setuid for root. */
const PROGRAM_MODE = 0o755;

/**
 * Provides a server that tests start: the system's own, or else one unpacked from its package, since installing it
 * would start a service.
 *
 * @param {string} name of the package
 * @param {object} words
 * @param {string} words.title
 * @param {string} words.size of the download
 * @param {[string, ...string[]]} words.programs paths without the leading slash; the first is the server
 * @param {string} words.without the tests that are skipped if the server is missing
 * @returns {DebianServer}
 */
export function debianServer(name, { programs, title, size, without }) {
  return new CachedPart({
    name,
    folder: name,
    title,
    without,
    says: ({ program }) => program,
    find(folder) {
      const root = ['/', folder].find((each) => programs.every((program) => existsSync(join(each, program))));
      if (root === undefined) return undefined;
      const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
      const libraries = ['lib', 'usr/lib'].map((each) => join(root, each, triplet)).filter((each) => existsSync(each));
      return { root, program: join(root, programs[0]), libraries: root === '/' ? [] : libraries };
    },
    obstacle(environment) {
      if (process.platform !== 'linux') return 'it is unpacked on Linux alone';
      return findMissingProgram(NEEDED, environment);
    },
    async install({ work, environment, progress }) {
      progress.say(`${title}: unpacking it from Debian’s packages (${size})`);
      const archive = new PackageArchive(work, environment);
      await archive.open();
      const needed = await archive.dependencies(name);
      // Debian 13 has promtool in a separate package.
      const packages = programs.map((program) => basename(program)).filter((each) => needed.includes(each));
      const libraries = await findMissingLibraries(archive, needed);
      const root = await archive.unpack([name, ...packages, ...libraries]);
      for (const program of programs) chmodSync(join(root, program), PROGRAM_MODE);
      return root;
    },
  });
}

export const OPENSSH_SERVER = debianServer('openssh-server', {
  title: 'OpenSSH server',
  size: '1 MB',
  programs: ['usr/sbin/sshd'],
  without: 'tests of ssh and scp',
});
export const PROMETHEUS_SERVER = debianServer('prometheus', {
  title: 'Prometheus',
  size: '20 MB',
  programs: ['usr/bin/prometheus', 'usr/bin/promtool'],
  without: 'tests of metrics and alerting rules',
});
export const NODE_EXPORTER = debianServer('prometheus-node-exporter', {
  title: 'Node exporter',
  size: '4 MB',
  programs: ['usr/bin/prometheus-node-exporter'],
  without: 'tests of metrics behind a textfile collector',
});
export const EXIM_SERVER = debianServer('exim4-daemon-light', {
  title: 'Exim',
  size: '1 MB',
  programs: ['usr/sbin/exim4'],
  without: 'tests of mail with a server of another maker',
});

/** In installation order. */
export const DEBIAN_SERVERS = [OPENSSH_SERVER, PROMETHEUS_SERVER, NODE_EXPORTER, EXIM_SERVER];

/**
 * Lists the libraries among packages, and those that they need in turn, if this machine lacks them. Omits libraries for
 * browsers, which no server needs.
 *
 * @param {PackageArchive} archive
 * @param {readonly string[]} packages
 */
async function findMissingLibraries(archive, packages) {
  const findMissing = (/** @type {readonly string[]} */ names) =>
    archive.findMissing(names.filter((name) => /^lib(?!js-)/u.test(name)));
  const missing = new Set(await findMissing(packages));
  for (const library of missing)
    for (const each of await findMissing(await archive.dependencies(library))) missing.add(each);
  return [...missing];
}
