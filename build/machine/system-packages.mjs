import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { run, runToTheEnd } from '../processes.mjs';
import { lookForPython, programsOnPath } from '../tools.mjs';

/** @typedef {import('./requirements.mjs').Requirement} Requirement */

/**
 * @typedef {object} Unmet
 * @property {Requirement} requirement
 * @property {string} reason a sentence without its full stop
 * @property {string} remedy a sentence
 */

/**
 * @typedef {object} Machine
 * @property {NodeJS.ProcessEnv} environment for every program
 * @property {boolean} isRoot
 * @property {(text: string) => void} say
 * @property {number} [lockWaitSeconds] time to wait for another program that installs packages
 */

const LOCK_WAIT_SECONDS = 120;
const LIST_TIMEOUT_MS = 5 * 60_000;
const DOWNLOAD_TIMEOUT_MS = 15 * 60_000;

/**
 * Installs missing packages. Removes nothing, never interrupts the package manager, and finishes or undoes whatever it
 * began.
 *
 * @param {readonly Requirement[]} requirements
 * @param {Machine} machine
 * @returns {Promise<Unmet[]>} requirements that are still missing, each with its reason
 */
export async function provide(requirements, machine) {
  const missing = requirements.filter(({ has }) => !isMet(has, machine.environment));
  if (missing.length === 0) return [];
  if (!['apt-get', 'dpkg'].every((name) => programsOnPath(name, machine.environment['PATH'])[0])) {
    return missing.map((requirement) => ({
      requirement,
      reason: `${describe(requirement)} was not found`,
      remedy: `Install it with the package manager of this system (on Debian it is in ${requirement.packages[0]}).`,
    }));
  }
  return new Installation(machine).installAll(missing);
}

/**
 * @param {import('./requirements.mjs').Evidence} has
 * @param {NodeJS.ProcessEnv} environment
 * @returns whether the requirement is met, by whatever package
 */
export function isMet(has, environment) {
  const path = environment['PATH'];
  if ('program' in has) return programsOnPath(has.program, path).length > 0;
  if ('file' in has) return existsSync(has.file);
  if ('pythonModule' in has) return lookForPython(has.pythonModule, path) !== undefined;
  if ('fontsFor' in has) return ask('fc-list', [`:lang=${has.fontsFor}`], environment) !== '';
  // Only root has ldconfig on its path.
  const linker = ['/sbin/ldconfig', '/usr/sbin/ldconfig'].find((each) => existsSync(each));
  const libraries = ask(linker ?? 'ldconfig', ['-p'], environment);
  return libraries.split('\n').some((line) => line.trim().startsWith(`${has.sharedLibrary} (`));
}

/** @param {Requirement} requirement */
function describe({ has }) {
  if ('program' in has) return has.program;
  if ('file' in has) return has.file;
  if ('pythonModule' in has) return `the Python module ${has.pythonModule}`;
  return 'fontsFor' in has ? `a font for ${has.fontsFor}` : has.sharedLibrary;
}

class Installation {
  #machine;
  #environment;

  /** @param {Machine} machine */
  constructor(machine) {
    this.#machine = machine;
    this.#environment = {
      ...machine.environment,
      DEBIAN_FRONTEND: 'noninteractive',
      LC_ALL: 'C',
      // Leaves it to the user to restart the machine's services.
      NEEDRESTART_SUSPEND: '1',
    };
  }

  /**
   * @param {readonly Requirement[]} missing
   * @returns {Promise<Unmet[]>}
   */
  async installAll(missing) {
    if (!this.#machine.isRoot) {
      const names = missing.map(({ packages }) => this.#availableName(packages));
      const remedy = `Have this run: sudo apt-get install --no-install-recommends ${names.join(' ')}`;
      return missing.map((requirement) => ({
        requirement,
        reason: `${describe(requirement)} is missing and only root can install it`,
        remedy,
      }));
    }
    const refusal = await this.#refusal();
    if (refusal) return missing.map((requirement) => ({ requirement, ...refusal }));
    // An earlier program left these packages half installed, and the package manager will try to finish them. Listed
    // only now, since packages that another program is installing look the same.
    const unfinished = [...this.#listUnfinished().keys()];
    if (unfinished.length > 0)
      this.#machine.say(`found half installed, and not by this command: ${unfinished.join(' ')}`);

    const update = await this.#apt(['-o', 'APT::Update::Error-Mode=any', 'update'], LIST_TIMEOUT_MS);
    if (update.code !== 0)
      this.#machine.say(`the package list could not be renewed in full: ${complaint(update.output)}`);
    // Required packages succeed or fail together; each optional package can fail alone.
    const required = missing.filter((requirement) => requirement.required);
    const optional = missing.filter((requirement) => !requirement.required);
    const unmet = required.length > 0 ? await this.#install(required) : [];
    for (const one of optional) unmet.push(...(await this.#install([one])));
    return unmet;
  }

  async #refusal() {
    const holder = lockHolder(this.#environment);
    if (holder)
      this.#machine.say(`waiting up to ${this.#lockWait} seconds for ${holder}, which is installing packages`);
    const check = await this.#apt(['check']);
    if (check.code === 0) return undefined;
    const isLocked = /\block\b/iu.test(check.output);
    const why = holder && isLocked ? `${holder} is installing packages` : complaint(check.output);
    const reason = `packages cannot be installed now: ${why}`;
    if (isLocked) return { reason, remedy: 'Wait until the other program has ended, then run the command again.' };
    const command = /dpkg --configure -a/u.test(check.output) ? 'dpkg --configure -a' : 'apt-get --fix-broken install';
    return { reason, remedy: `Look at what \`${command}\` says, and run the command again.` };
  }

  get #lockWait() {
    return this.#machine.lockWaitSeconds ?? LOCK_WAIT_SECONDS;
  }

  /**
   * @param {readonly Requirement[]} transaction
   * @returns {Promise<Unmet[]>}
   */
  async #install(transaction) {
    const names = transaction.map(({ packages }) => this.#availableName(packages));
    const list = names.join(' ');
    const failure = (await this.#installPackages(names)) ?? `${list} did not bring it`;
    return transaction
      .filter(({ has }) => !isMet(has, this.#machine.environment))
      .map((requirement) => ({
        requirement,
        reason: `${describe(requirement)} could not be installed: ${failure}`,
        remedy: `See what \`apt-get install --no-install-recommends ${list}\` says, or bring ${describe(requirement)} from elsewhere.`,
      }));
  }

  /**
   * @param {readonly string[]} names
   * @returns what went wrong
   */
  async #installPackages(names) {
    const install = ['-y', '--no-install-recommends', '--no-remove', 'install', ...names];
    const simulation = await this.#apt(['-s', ...install]);
    if (simulation.code !== 0) return complaint(simulation.output);
    this.#machine.say(`installing ${names.join(' ')}`);
    const download = await this.#apt(['--download-only', ...install], DOWNLOAD_TIMEOUT_MS);
    if (download.code !== 0) return download.timedOut ? 'the download took too long' : complaint(download.output);

    const before = this.#states();
    const result = await runToTheEnd('apt-get', [...this.#options(), '--no-download', ...install], {
      env: this.#environment,
      onSignal: () => this.#machine.say('the package manager is at work and is let finish first'),
    });
    if (result.code === 0) return undefined;
    await this.#finishOrTakeBack(before);
    return complaint(result.output);
  }

  /**
   * Configures packages that this run left half installed; removes those that were absent before and cannot be
   * configured.
   *
   * @param {ReadonlyMap<string, string>} before
   */
  async #finishOrTakeBack(before) {
    const listOurs = () =>
      [...this.#listUnfinished()].filter(([name, state]) => before.get(name) !== state).map(([name]) => name);
    const tell = (/** @type {string} */ text, /** @type {readonly string[]} */ names, end = '') => {
      if (names.length > 0) this.#machine.say(`${text}: ${names.join(' ')}${end}`);
    };
    const begun = listOurs();
    if (begun.length === 0) return;
    await this.#dpkg('--configure', ...begun);
    const stuck = listOurs();
    const takenBack = stuck.filter((name) => !isThere(before.get(name)));
    if (takenBack.length > 0) await this.#dpkg('--purge', '--force-remove-reinstreq', ...takenBack);
    const left = listOurs();
    tell(
      'finished installing',
      begun.filter((name) => !stuck.includes(name)),
    );
    tell(
      'taken back',
      takenBack.filter((name) => !left.includes(name)),
    );
    tell('still half installed', left, '; see what `dpkg --configure -a` says');
  }

  /** @returns names of all packages known to dpkg, with their states */
  #states() {
    const format = '${binary:Package}\t${db:Status-Status}\t${db:Status-Eflag}\n';
    const rows = ask('dpkg-query', ['-W', '-f', format], this.#environment).trim().split('\n');
    return new Map(
      rows.map((row) => {
        const [name = '', state = '', flag = ''] = row.split('\t');
        return [name, flag === 'reinstreq' ? flag : state];
      }),
    );
  }

  /** @returns packages that are neither installed nor removed */
  #listUnfinished() {
    return new Map([...this.#states()].filter(([name, state]) => name !== '' && isThere(state) && !RESTING.has(state)));
  }

  /** @param {readonly [string, ...string[]]} names for one package, the newest name first */
  #availableName(names) {
    const policy = ask('apt-cache', ['policy', ...names], this.#environment);
    return names.find((name) => hasCandidate(name, policy)) ?? names[0];
  }

  #options() {
    return [
      ...['-q', '-o', `DPkg::Lock::Timeout=${this.#lockWait}`, '-o', 'Acquire::Retries=2'],
      ...['-o', 'Dpkg::Use-Pty=0'],
      // Keeps a configuration file that somebody has changed, without a prompt that nobody would see.
      ...['-o', 'DPkg::Options::=--force-confdef', '-o', 'DPkg::Options::=--force-confold'],
    ];
  }

  /**
   * @param {string[]} args for a command that changes no package and so can be ended at any time
   * @param {number} [timeoutMs]
   */
  #apt(args, timeoutMs) {
    return run('apt-get', [...this.#options(), ...args], { env: this.#environment, output: 'collect', timeoutMs });
  }

  /** @param {string[]} args */
  #dpkg(...args) {
    return runToTheEnd('dpkg', args, { env: this.#environment });
  }
}

/**
 * Returns the process that holds a lock on the package database. Asks the system, because versions of apt report it
 * differently.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns its number and name, such as `process 4711 (dpkg)`
 */
function lockHolder(environment) {
  const folder = join(environment['DPKG_ROOT'] || '/', 'var/lib/dpkg');
  for (const name of ['lock-frontend', 'lock']) {
    try {
      const { ino } = statSync(join(folder, name));
      const lines = readFileSync('/proc/locks', 'utf8').split('\n');
      const pid = lines.find((line) => line.includes(`:${ino} `))?.split(/ +/u)[4];
      if (pid !== undefined) return `process ${pid} (${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()})`;
    } catch {
      // The file does not exist yet, or the system does not reveal its locks, so only apt can tell.
    }
  }
  return undefined;
}

/** States in which dpkg leaves a package alone. */
const RESTING = new Set(['installed', 'triggers-awaited', 'triggers-pending']);

/** @param {string | undefined} state as reported by dpkg */
function isThere(state) {
  return state !== undefined && state !== 'not-installed' && state !== 'config-files';
}

/**
 * @param {string} name
 * @param {string} policy what `apt-cache policy` says about several packages
 */
export function hasCandidate(name, policy) {
  const from = `\n${policy}`.indexOf(`\n${name}:\n`);
  const [, candidate] = (from < 0 ? null : /Candidate: (.*)/u.exec(policy.slice(from))) ?? [];
  return candidate !== undefined && candidate !== '(none)';
}

/**
 * Returns the error in the words of apt or dpkg, which gives its reason on the line after the package name.
 *
 * @param {string} output
 */
export function complaint(output) {
  const said = [/(?<=^dpkg: error processing .*:\n ).*/mu, /(?<=^E: ).*/mu, /(?<=^W: ).*/mu, /.+(?=\s*$)/u].map(
    (pattern) => pattern.exec(output)?.[0],
  );
  const first = said.find((text) => text !== undefined);
  return first?.trim().replace(/\.$/u, '') ?? 'it said nothing';
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns its standard output, empty if the program cannot be started
 */
function ask(program, args, env) {
  const options = /** @type {const} */ ({ encoding: 'utf8', maxBuffer: 1 << 26 });
  return spawnSync(program, args, { ...options, env }).stdout ?? '';
}
