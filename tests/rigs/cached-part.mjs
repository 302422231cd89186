import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { programsOnPath } from '../../build/tools.mjs';
import { isRecent, putInPlace, userCache, useWorkFolder } from '../../build/machine/user-cache.mjs';

/**
 * @typedef {object} WorkPlace
 * @property {string} work an empty folder in the cache, which is removed afterwards
 * @property {NodeJS.ProcessEnv} environment
 * @property {import('../../build/command.mjs').Progress} progress
 */

/**
 * @template Found
 * @typedef {object} Definition
 * @property {string} name
 * @property {string} folder in the cache
 * @property {string} title
 * @property {string} without the tests that are skipped without the part
 * @property {(folder: string, environment: NodeJS.ProcessEnv) => Found | undefined} find
 * @property {(found: Found) => string} says
 * @property {(environment: NodeJS.ProcessEnv) => string | undefined} [obstacle] why an attempt cannot succeed on this
 * machine
 * @property {(place: WorkPlace) => Promise<string>} install resolves to the complete folder, which is then moved into
 * the cache; throws on failure
 */

/**
 * A requirement of some tests, installed once into the user's cache. Without it, those tests are skipped; a file in the
 * cache stores the reason.
 *
 * @template Found
 */
export class CachedPart {
  #definition;

  /** @param {Definition<Found>} definition */
  constructor(definition) {
    this.#definition = definition;
  }

  find(environment = process.env) {
    return this.#definition.find(this.folder(environment), environment);
  }

  folder(environment = process.env) {
    return join(userCache(environment), this.#definition.folder);
  }

  /** @returns {string} a sentence without its full stop */
  whyAbsent(environment = process.env) {
    const { obstacle } = this.#definition;
    return obstacle?.(environment) ?? this.#lastFailure(environment)?.reason ?? 'it has not been installed yet';
  }

  /**
   * Installs the part unless it is present, or prints why that fails.
   *
   * @param {import('../../build/command.mjs').Progress} progress
   */
  async provide(progress, environment = process.env) {
    const { title, says, without } = this.#definition;
    progress.step(title);
    const reason = this.find(environment) === undefined ? await this.#install(progress, environment) : undefined;
    const found = this.find(environment);
    progress.say(found === undefined ? `done without: ${without} (${reason})` : says(found));
  }

  /**
   * @param {import('../../build/command.mjs').Progress} progress
   * @param {NodeJS.ProcessEnv} environment
   * @returns {Promise<string>} the reason if the part is still missing
   */
  async #install(progress, environment) {
    const { name, obstacle, install } = this.#definition;
    const last = this.#lastFailure(environment);
    const known = obstacle?.(environment) ?? (isRecent(last?.at) ? last?.reason : undefined);
    if (known !== undefined) return known;
    try {
      await useWorkFolder(name, environment, async (work) => {
        putInPlace(await install({ work, environment, progress }), this.folder(environment));
      });
      return 'it was installed and is not there';
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      try {
        writeFileSync(this.#memory(environment), JSON.stringify({ at: new Date().toISOString(), reason }));
      } catch {
        // An unwritable cache is often the cause of the failure.
      }
      return reason;
    }
  }

  /**
   * @param {NodeJS.ProcessEnv} environment
   * @returns {{ at: string, reason: string } | undefined}
   */
  #lastFailure(environment) {
    try {
      return JSON.parse(readFileSync(this.#memory(environment), 'utf8'));
    } catch {
      return undefined;
    }
  }

  /** @param {NodeJS.ProcessEnv} environment */
  #memory(environment) {
    return join(userCache(environment), `${this.#definition.name}-failure.json`);
  }
}

/**
 * @param {readonly string[]} programs programs that Debian provides
 * @param {NodeJS.ProcessEnv} environment
 * @returns the first missing program
 */
export function findMissingProgram(programs, environment) {
  const missing = programs.find((name) => programsOnPath(name, environment['PATH']).length === 0);
  return missing === undefined ? undefined : `there is no ${missing}, which Debian has`;
}
