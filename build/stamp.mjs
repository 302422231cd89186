import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { readText } from './paths.mjs';

/**
 * A short text that changes when a file below `paths` is added, removed, or written. Only names, sizes and modification
 * times are examined, so it takes milliseconds.
 *
 * @param {string} root that names are relative to
 * @param {string[]} paths files or folders; a missing one counts as such
 */
export function fingerprint(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths) addToHash(hash, root, path);
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} root
 * @param {string} path
 */
function addToHash(hash, root, path) {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status?.isDirectory()) {
    for (const name of readdirSync(path).sort()) addToHash(hash, root, join(path, name));
  } else {
    hash.update(`${relative(root, path)} ${status?.size} ${status?.mtimeMs}\n`);
  }
}

/**
 * A remembered fingerprint: the work behind it is due unless `isCurrent`.
 *
 * @param {string} file where the stamp is kept
 * @param {string} value its required content
 * @param {string[]} [results] files that the work produces; without one of them the stamp is invalid
 */
export function stamp(file, value, results = []) {
  return {
    isCurrent: () => readText(file) === value && results.every((path) => existsSync(path)),
    /** Call before the work, so that interrupted work is repeated. */
    forget: () => rmSync(file, { force: true }),
    /** Call once the work is done. */
    write() {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, value);
    },
  };
}
