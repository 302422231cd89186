import { chmodSync, existsSync } from 'node:fs';
import { basename, join } from 'node:path';

import { cachedSources, providePart, whyAbsent, whyNotHere } from './absent.mjs';
import { PackageArchive } from './package-archive.mjs';
import { putInPlace } from './runtime.mjs';
import { programsOnPath } from './tools.mjs';
import { userCache } from './user-cache.mjs';

/** @typedef {import('./progress.mjs').Progress} Progress */

/**
 * A program as it was found.
 *
 * @typedef {object} FoundServer
 * @property {string} root the folder that stands for `/`, where it was unpacked; `/` for one of the system
 * @property {string} program
 * @property {string[]} libraries folders that it needs beside those of the system
 */

const NEEDED = ['apt-get', 'apt-cache', 'dpkg-deb', 'dpkg-query'];
/** Without what a program may have set for itself, such as to run as root whoever starts it. */
const PROGRAM_MODE = 0o755;

/** A server that tests start for themselves. Its package would start a service, so it is unpacked and not installed. */
export class DebianServer {
  #name;
  #programs;
  #words;

  /**
   * @param {string} name of the package
   * @param {object} words
   * @param {string} words.title
   * @param {string} words.size of the download
   * @param {[string, ...string[]]} words.programs without the slash at the beginning; the first is the server
   * @param {string} words.without what it costs to be without
   */
  constructor(name, { programs, ...words }) {
    this.#name = name;
    this.#programs = programs;
    this.#words = words;
  }

  get #part() {
    return {
      name: this.#name,
      find: (/** @type {NodeJS.ProcessEnv} */ environment) => this.find(environment),
      obstacle,
      install: (/** @type {import('./absent.mjs').WorkPlace} */ place) => this.#install(place),
    };
  }

  /**
   * Makes sure that it is there, if it can be. Where it cannot, says why; that costs the tests that need it, and
   * nothing else.
   *
   * @param {Progress} progress
   * @param {import('./absent.mjs').Sources} [sources]
   */
  async provide(progress, sources = cachedSources(this.#part, progress)) {
    const { title, without } = this.#words;
    await providePart(progress, { title, without, says: () => this.find()?.program ?? '' }, () => whyAbsent(sources));
  }

  /**
   * That of the system, otherwise the one that was unpacked.
   *
   * @param {NodeJS.ProcessEnv} [environment]
   * @returns {FoundServer | undefined}
   */
  find(environment = process.env) {
    const root = ['/', this.#folder(environment)].find((each) =>
      this.#programs.every((program) => existsSync(join(each, program))),
    );
    if (root === undefined) return undefined;
    const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
    const libraries = ['lib', 'usr/lib'].map((folder) => join(root, folder, triplet));
    return {
      root,
      program: join(root, this.#programs[0]),
      libraries: root === '/' ? [] : libraries.filter((each) => existsSync(each)),
    };
  }

  /**
   * @param {NodeJS.ProcessEnv} [environment]
   * @returns {string} a sentence without its full stop
   */
  whyAbsent(environment = process.env) {
    return whyNotHere(this.#part, environment);
  }

  /** @param {NodeJS.ProcessEnv} environment */
  #folder(environment) {
    return join(userCache(environment), this.#name);
  }

  /**
   * @param {import('./absent.mjs').WorkPlace} place
   * @returns {Promise<undefined>}
   */
  async #install({ work, environment, progress }) {
    progress.say(`${this.#words.title}: unpacking it from Debian’s packages (${this.#words.size})`);
    const archive = new PackageArchive(work, environment);
    await archive.open();
    const needed = await archive.dependencies(this.#name);
    // Debian 13 has promtool in a package of its own.
    const programs = this.#programs.map((program) => basename(program)).filter((each) => needed.includes(each));
    const libraries = await missingLibraries(archive, needed);
    const root = await archive.unpack([this.#name, ...programs, ...libraries]);
    for (const program of this.#programs) chmodSync(join(root, program), PROGRAM_MODE);
    putInPlace(root, this.#folder(environment));
    return undefined;
  }
}

export const OPENSSH_SERVER = new DebianServer('openssh-server', {
  title: 'OpenSSH server',
  size: '1 MB',
  programs: ['usr/sbin/sshd'],
  without: 'tests of ssh and scp',
});
export const PROMETHEUS_SERVER = new DebianServer('prometheus', {
  title: 'Prometheus',
  size: '20 MB',
  programs: ['usr/bin/prometheus', 'usr/bin/promtool'],
  without: 'tests of metrics and alerting rules',
});
export const NODE_EXPORTER = new DebianServer('prometheus-node-exporter', {
  title: 'Node exporter',
  size: '4 MB',
  programs: ['usr/bin/prometheus-node-exporter'],
  without: 'tests of metrics behind a textfile collector',
});
export const EXIM_SERVER = new DebianServer('exim4-daemon-light', {
  title: 'Exim',
  size: '1 MB',
  programs: ['usr/sbin/exim4'],
  without: 'tests of mail with a server of another maker',
});

/** All of them, in the order in which they are provided. */
export const DEBIAN_SERVERS = [OPENSSH_SERVER, PROMETHEUS_SERVER, NODE_EXPORTER, EXIM_SERVER];

/** @param {NodeJS.ProcessEnv} environment */
function obstacle(environment) {
  if (process.platform !== 'linux') return 'it is unpacked on Linux alone';
  const missing = NEEDED.find((name) => programsOnPath(name, environment['PATH']).length === 0);
  return missing === undefined ? undefined : `there is no ${missing}, which Debian has`;
}

/**
 * The libraries among packages, and those that these need in turn, as far as this machine has not got them.
 *
 * @param {PackageArchive} archive
 * @param {readonly string[]} packages
 * @returns {Promise<string[]>}
 */
async function missingLibraries(archive, packages) {
  /** @type {Set<string>} */
  const missing = new Set();
  await addMissing(packages);
  return [...missing];

  /** @param {readonly string[]} names */
  async function addMissing(names) {
    for (const library of await archive.missing(names.filter(isLibrary))) {
      if (missing.has(library)) continue;
      missing.add(library);
      await addMissing(await archive.dependencies(library));
    }
  }
}

/**
 * What is for a browser is of no use to a server without one.
 *
 * @param {string} name of a package
 */
function isLibrary(name) {
  return name.startsWith('lib') && !name.startsWith('libjs-');
}
