import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import { readText } from './paths.mjs';

/**
 * Returns a short text that changes when a file below `paths` is added, removed or written. Looks only at names, sizes
 * and modification times, so it takes milliseconds.
 *
 * @param {string} root that paths are relative to
 * @param {readonly string[]} paths files or folders; their absence counts too
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
 * Repeats work only if something has changed since.
 *
 * @param {object} memory
 * @param {string} memory.file where the fingerprint is kept
 * @param {string} memory.value the fingerprint of what the work depends on
 * @param {string[]} [memory.results] files that the work produces; it is also due if one is missing
 * @param {() => Promise<void>} work
 * @returns {Promise<boolean>} whether it was due
 */
export async function ifChanged({ file, value, results = [] }, work) {
  if (readText(file) === value && results.every((path) => existsSync(path))) return false;
  // Without the file, interrupted work is repeated.
  rmSync(file, { force: true });
  await work();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, value);
  return true;
}
