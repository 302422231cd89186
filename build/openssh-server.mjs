import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { cachedSources, providePart, whyAbsent, whyNotHere } from './absent.mjs';
import { PackageArchive } from './package-archive.mjs';
import { putInPlace } from './runtime.mjs';
import { programsOnPath } from './tools.mjs';
import { userCache } from './user-cache.mjs';

/** @typedef {import('./progress.mjs').Progress} Progress */

/** The package would start a service, so it is unpacked and not installed. */
const NAME = 'openssh-server';
const NEEDED = ['apt-get', 'apt-cache', 'dpkg-deb', 'dpkg-query'];
/** Only root has it on its path. */
const SYSTEM_SERVER = '/usr/sbin/sshd';

const PART = { name: NAME, find: findOpenSshServer, obstacle, install };

/**
 * Makes sure that there is an OpenSSH server that tests can start for themselves, if there can be one. Where there
 * cannot, says why; that costs the tests that need it, and nothing else.
 *
 * @param {Progress} progress
 * @param {import('./absent.mjs').Sources} [sources]
 */
export async function provideOpenSshServer(progress, sources = cachedSources(PART, progress)) {
  const says = () => findOpenSshServer()?.program ?? '';
  const words = { title: 'OpenSSH server', says, without: 'tests of ssh and scp' };
  await providePart(progress, words, () => whyAbsent(sources));
}

/**
 * The server of the system, otherwise the one that was unpacked.
 *
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {{ program: string, libraries: string[], helpers?: string } | undefined} `libraries`: folders that it needs
 *   beside those of the system; `helpers`: what has to be in `/usr/lib/openssh`
 */
export function findOpenSshServer(environment = process.env) {
  if (existsSync(SYSTEM_SERVER)) return { program: SYSTEM_SERVER, libraries: [] };
  const root = serverFolder(environment);
  const program = join(root, 'usr/sbin/sshd');
  if (!existsSync(program)) return undefined;
  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  const libraries = ['lib', 'usr/lib'].map((folder) => join(root, folder, triplet)).filter((each) => existsSync(each));
  return { program, libraries, helpers: join(root, 'usr/lib/openssh') };
}

/**
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string} a sentence without its full stop
 */
export function whyNoOpenSshServer(environment = process.env) {
  return whyNotHere(PART, environment);
}

/** @param {NodeJS.ProcessEnv} environment */
function serverFolder(environment) {
  return join(userCache(environment), NAME);
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string | undefined}
 */
function obstacle(environment) {
  if (process.platform !== 'linux') return 'it is unpacked on Linux alone';
  const missing = NEEDED.find((name) => programsOnPath(name, environment['PATH']).length === 0);
  return missing === undefined ? undefined : `there is no ${missing}, which Debian has`;
}

/**
 * The folder appears by a rename, so it is either whole or absent.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {Progress} progress
 * @returns {Promise<string | undefined>} why it failed
 */
async function install(environment, progress) {
  progress.say('OpenSSH server: unpacking it from Debian’s packages (1 MB)');
  const cache = userCache(environment);
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, `${NAME}-unpacking-`));
  try {
    const archive = new PackageArchive(work, environment);
    await archive.open();
    const libraries = (await archive.dependencies(NAME)).filter((name) => name.startsWith('lib'));
    putInPlace(await archive.unpack([NAME, ...(await archive.missing(libraries))]), serverFolder(environment));
    return undefined;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
