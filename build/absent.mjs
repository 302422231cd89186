import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { isRecent } from './runtime.mjs';
import { inTurn } from './turn.mjs';
import { userCache } from './user-cache.mjs';

/**
 * How something that some tests need is got once, and why it is not here.
 *
 * @typedef {object} Sources
 * @property {() => boolean} isThere
 * @property {() => string | undefined} obstacle why trying is of no use on this machine
 * @property {() => string | undefined} rememberedFailure why it could not be installed lately
 * @property {(reason: string) => void} rememberFailure
 * @property {() => Promise<string | undefined>} install the reason where that fails; never rejects
 */

/**
 * Gets it, if it is not there and can be had.
 *
 * @param {Sources} sources
 * @returns {Promise<string | undefined>} why it is absent: a sentence without its full stop
 */
export async function whyAbsent({ isThere, obstacle, rememberedFailure, rememberFailure, install }) {
  if (isThere()) return undefined;
  const reason = obstacle() ?? rememberedFailure();
  if (reason !== undefined) return reason;
  const failure = (await install()) ?? (isThere() ? undefined : 'it was installed and is not there');
  if (failure !== undefined) rememberFailure(failure);
  return failure;
}

/**
 * Installs something that must not be installed twice at the same time.
 *
 * @param {string} name
 * @param {{ environment: NodeJS.ProcessEnv, progress: import('./progress.mjs').Progress }} place
 * @param {() => Promise<string | undefined>} install
 * @returns {Promise<string | undefined>} why it failed; never rejects
 */
export async function installInTurn(name, { environment, progress }, install) {
  try {
    return await inTurn(
      join(userCache(environment), `${name}-turn`),
      (holder) => progress.say(`waiting for process ${holder}, which is installing it`),
      install,
    );
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Something that is installed once, into the user's cache.
 *
 * @typedef {object} CachedPart
 * @property {string} name
 * @property {(environment: NodeJS.ProcessEnv) => unknown} find undefined unless it is there
 * @property {(environment: NodeJS.ProcessEnv) => string | undefined} obstacle
 * @property {(place: WorkPlace) => Promise<string | undefined>} install says why it failed, and may throw
 */

/**
 * @typedef {object} WorkPlace
 * @property {string} work an empty folder in the cache, so that what is made there is put in place by a rename: what is
 *   installed is either whole or absent. It is removed afterwards.
 * @property {NodeJS.ProcessEnv} environment
 * @property {import('./progress.mjs').Progress} progress
 */

/**
 * @param {CachedPart} part
 * @param {import('./progress.mjs').Progress} progress
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Sources}
 */
export function cachedSources({ name, find, obstacle, install }, progress, environment = process.env) {
  const memory = new FailureMemory(name, environment);
  const isThere = () => find(environment) !== undefined;
  return {
    isThere,
    obstacle: () => obstacle(environment),
    rememberedFailure: () => memory.recentReason,
    rememberFailure: (reason) => memory.remember(reason),
    install: () =>
      installInTurn(name, { environment, progress }, async () => {
        // Whoever had the turn before may have installed it.
        return isThere()
          ? undefined
          : inWorkFolder(name, environment, (work) => install({ work, environment, progress }));
      }),
  };
}

/**
 * Installs something in its turn in a folder of the cache, which is removed afterwards.
 *
 * @template T
 * @param {string} name
 * @param {NodeJS.ProcessEnv} environment
 * @param {(work: string) => Promise<T>} act
 * @returns {Promise<T>}
 */
export async function inWorkFolder(name, environment, act) {
  const cache = userCache(environment);
  const beginning = `${name}-installing-`;
  mkdirSync(cache, { recursive: true });
  // It is our turn, so what is there belongs to an installation that was killed.
  for (const each of readdirSync(cache).filter((entry) => entry.startsWith(beginning)))
    rmSync(join(cache, each), { recursive: true, force: true });
  const work = mkdtempSync(join(cache, beginning));
  try {
    return await act(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Why it is not here, in the words of the last set-up.
 *
 * @param {Pick<CachedPart, 'name' | 'obstacle'>} part
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string} a sentence without its full stop
 */
export function whyNotHere({ name, obstacle }, environment) {
  return obstacle(environment) ?? new FailureMemory(name, environment).reason ?? 'it has not been installed yet';
}

/**
 * One step of a set-up: gets it, or says why it is done without.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @param {{ title: string, says: () => string, without: string }} words `without`: what that costs
 * @param {() => Promise<string | undefined>} reasonForNone
 */
export async function providePart(progress, { title, says, without }, reasonForNone) {
  progress.step(title);
  const reason = await reasonForNone();
  progress.say(reason === undefined ? says() : `done without: ${without} (${reason})`);
}

/** The last failure to get something, in a file that the tests that are skipped for it read as well. */
export class FailureMemory {
  #name;
  #environment;

  /**
   * @param {string} name of what could not be had
   * @param {NodeJS.ProcessEnv} environment
   */
  constructor(name, environment) {
    this.#name = name;
    this.#environment = environment;
  }

  get #file() {
    return join(userCache(this.#environment), `${this.#name}-failure.json`);
  }

  /** @returns {string | undefined} the reason */
  get reason() {
    return this.#read()?.reason;
  }

  /** @returns {string | undefined} the reason, while trying again would most likely fail as well */
  get recentReason() {
    const memory = this.#read();
    return memory !== undefined && isRecent(memory.at, Date.now()) ? memory.reason : undefined;
  }

  /** @returns {{ at: string, reason: string } | undefined} */
  #read() {
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8'));
    } catch {
      return undefined;
    }
  }

  /** @param {string} reason */
  remember(reason) {
    try {
      mkdirSync(userCache(this.#environment), { recursive: true });
      writeFileSync(this.#file, JSON.stringify({ at: new Date().toISOString(), reason }));
    } catch {
      // A cache that cannot be written is often the reason itself.
    }
  }
}

/**
 * The line of a program's output that says what went wrong.
 *
 * @param {string} output
 * @param {string} otherwise
 */
export function firstLine(output, otherwise) {
  const line = output.split('\n').find((each) => each.trim() !== '');
  return line?.trim().replace(/\.$/u, '') ?? otherwise;
}
