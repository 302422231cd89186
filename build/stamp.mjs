import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import { readText } from './paths.mjs';

/**
 * A short text that changes when a file below `paths` is added, removed, or written. Only names, sizes and modification
 * times are examined, so it takes milliseconds.
 *
 * @param {string} root that paths are relative to
 * @param {readonly string[]} paths files or folders; a missing one counts as such
 */
export function fingerprint(root, paths) {
  const hash = createHash('sha256');
  const add = (/** @type {string} */ path) => {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status?.isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else hash.update(`${relative(root, path)} ${status?.size} ${status?.mtimeMs}\n`);
  };
  for (const path of paths) add(resolve(root, path));
  return hash.digest('hex');
}

/**
 * Does work again only if something has changed since it was done.
 *
 * @param {object} memory
 * @param {string} memory.file where the fingerprint is kept
 * @param {string} memory.value the fingerprint of what the work depends on
 * @param {string[]} [memory.results] files that the work produces; it is also due without one of them
 * @param {() => Promise<void>} work
 * @returns {Promise<boolean>} whether it was due
 */
export async function ifChanged({ file, value, results = [] }, work) {
  if (readText(file) === value && results.every((path) => existsSync(path))) return false;
  // Interrupted work is repeated.
  rmSync(file, { force: true });
  await work();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, value);
  return true;
}
