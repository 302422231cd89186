import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { readText } from '../../build/paths.mjs';
import { runSuccessfully } from '../../build/processes.mjs';

const KEYRINGS = ['.pgp', '.gpg'].map((extension) => `/usr/share/keyrings/debian-archive-keyring${extension}`);
/** Releases have these names besides their code names. */
const SUITES = ['oldstable', 'stable', 'testing', 'unstable', 'sid'];
const ARCHITECTURE = process.arch === 'x64' ? 'amd64' : process.arch;
const TIMEOUT_MS = 15 * 60_000;

/**
 * Returns the text of apt's list of sources: binary packages of the machine's own release, sources of another release.
 *
 * @param {string} targets output of `apt-get indextargets`, with a line `URI release component` for each
 * @param {{ codename: string, sourcesOf?: string | undefined, keyring?: string | undefined }} releases
 * @returns undefined if the configuration names no archive of Debian
 */
export function sourcesList(targets, { codename, sourcesOf, keyring }) {
  const archives = targets
    .split('\n')
    .map((line) => line.trim().split(' '))
    .filter(([, release, component]) => component === 'main' && [codename, ...SUITES].includes(release ?? ''));
  const [first] = archives;
  if (first === undefined) return undefined;
  const uris = [...new Set(archives.map(([uri]) => uri))].join(' ');
  const stanza = (/** @type {string} */ type, /** @type {string} */ suite, /** @type {string} */ target) =>
    [
      `Types: ${type}`,
      `URIs: ${uris}`,
      `Suites: ${suite}`,
      'Components: main',
      `Targets: ${target}`,
      ...(keyring === undefined ? [] : [`Signed-By: ${keyring}`]),
    ].join('\n');
  const packages = stanza('deb', first[1] ?? codename, 'Packages');
  return sourcesOf === undefined ? `${packages}\n` : `${packages}\n\n${stanza('deb-src', sourcesOf, 'Sources')}\n`;
}

/**
 * Accesses Debian's archive through the machine's own apt configuration. All files are in our own folder, so root is
 * not needed.
 */
export class PackageArchive {
  #folder;
  #environment;

  /**
   * @param {string} folder for all downloads
   * @param {NodeJS.ProcessEnv} environment
   */
  constructor(folder, environment) {
    this.#folder = folder;
    this.#environment = { ...environment, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  }

  /**
   * @param {{ sourcesOf?: string, foreign?: string }} [options] `sourcesOf`: the code name of the release whose sources
   * are needed; `foreign`: another architecture whose packages are needed
   */
  async open({ sourcesOf, foreign } = {}) {
    const codename = findCodename() ?? '';
    const format = '$(REPO_URI) $(RELEASE) $(COMPONENT)';
    const targets = await this.#run('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']);
    const list = sourcesList(targets, { codename, sourcesOf, keyring: KEYRINGS.find((file) => existsSync(file)) });
    if (list === undefined) throw new Error('apt is told of no archive of Debian here');
    const locate = (/** @type {string} */ name) => join(this.#folder, name);
    for (const folder of ['lists/partial', 'cache/archives/partial', 'packages', 'files', 'source'])
      mkdirSync(locate(folder), { recursive: true });
    writeFileSync(locate('nothing-installed'), '');
    writeFileSync(locate('archive.sources'), list);
    const configuration = [
      ...['Pre-Invoke', 'Post-Invoke', 'Post-Invoke-Success'].map((hook) => `#clear APT::Update::${hook};`),
      `Dir::Etc::SourceList "${locate('archive.sources')}";`,
      'Dir::Etc::SourceParts "/dev/null";',
      `Dir::State::Lists "${locate('lists')}";`,
      `Dir::Cache "${locate('cache')}";`,
      // Only this process uses the folder, to which no other user can write.
      'Debug::NoLocking "true";',
      'APT::Sandbox::User "";',
      'Acquire::Languages "none";',
      ...(foreign === undefined ? [] : [`APT::Architectures { "${ARCHITECTURE}"; "${foreign}"; };`]),
    ];
    writeFileSync(locate('apt.conf'), `${configuration.join('\n')}\n`);
    await this.#apt('apt-get', ['-o', 'APT::Update::Error-Mode=any', 'update']);
  }

  /**
   * @param {string} name
   * @returns the packages that it depends on directly
   */
  async dependencies(name) {
    return firstGroups(/^\s*\|?Depends: (\S+)$/gmu, await this.#apt('apt-cache', ['depends', name]));
  }

  /**
   * Lists packages with all their direct and indirect dependencies, as apt would choose them for an empty system.
   *
   * @param {readonly string[]} names
   * @returns packages of another architecture as `name:architecture`
   */
  async closure(names) {
    const output = await this.#apt('apt-get', [
      ...['-o', `Dir::State::status=${join(this.#folder, 'nothing-installed')}`],
      ...['--simulate', '--no-install-recommends', 'install', ...names],
    ]);
    return firstGroups(/^Inst (\S+) /gmu, output);
  }

  /**
   * @param {readonly string[]} names
   * @returns those that this system lacks
   */
  async findMissing(names) {
    const format = '${db:Status-Status} ${Package}:${Architecture}\\n';
    const output = await this.#run('dpkg-query', ['-W', '-f', format]);
    const installed = firstGroups(/^installed (\S+)$/gmu, output.replaceAll(/:all$/gmu, `:${ARCHITECTURE}`));
    return names.filter((name) => !installed.includes(name.includes(':') ? name : `${name}:${ARCHITECTURE}`));
  }

  /**
   * @param {readonly string[]} names
   * @returns the folder that replaces `/`
   */
  async unpack(names) {
    const packages = join(this.#folder, 'packages');
    await this.#apt('apt-get', ['download', ...names], packages);
    const root = join(this.#folder, 'files');
    for (const name of readdirSync(packages)) await this.#run('dpkg-deb', ['-x', join(packages, name), root]);
    return root;
  }

  /**
   * Downloads the archive that the package's author published.
   *
   * @param {string} name
   */
  async source(name) {
    const folder = join(this.#folder, 'source');
    await this.#apt('apt-get', ['source', '--download-only', name], folder);
    const archive = readdirSync(folder).find((each) => each.includes('.orig.tar.'));
    if (archive === undefined) throw new Error(`the source package of ${name} has no archive`);
    return join(folder, archive);
  }

  /**
   * @param {'apt-get' | 'apt-cache'} program
   * @param {string[]} args
   * @param {string} [cwd]
   */
  #apt(program, args, cwd) {
    return this.#run(program, ['-q', '-c', join(this.#folder, 'apt.conf'), ...args], cwd);
  }

  /**
   * @param {string} program
   * @param {string[]} args
   */
  #run(program, args, cwd = this.#folder) {
    return runSuccessfully(program, args, { cwd, env: this.#environment, timeoutMs: TIMEOUT_MS, complaint: /^E: /u });
  }
}

/** @returns the code name of this system's release, such as `bookworm` */
export function findCodename() {
  return /^VERSION_CODENAME=(\S+)$/mu.exec(readText('/etc/os-release') ?? '')?.[1];
}

/**
 * @param {RegExp} pattern with a group
 * @param {string} text
 */
function firstGroups(pattern, text) {
  return Array.from(text.matchAll(pattern), ([, group = '']) => group);
}
