import { chmodSync, cpSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDERS = resolve('tests/fixtures/data-folder');

/**
 * Copies a data folder of an earlier version, and sets the modes of its files as the program does. Returns the path of
 * the copy.
 */
export function copyOldData(version: string, folder: string): string {
  const copy = join(folder, 'data');
  cpSync(join(FOLDERS, version), copy, { recursive: true });
  for (const path of listFiles(copy)) chmodSync(join(copy, path), 0o600);
  return copy;
}

/** Returns the content of every file by its path in the folder, except the log and the locks, which are not data. */
export function readAllFiles(folder: string): Map<string, string> {
  const paths = listFiles(folder).filter((path) => !/^(?:arcwarden\.(?:log|lock)|run-locks\/)/u.test(path));
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'latin1')]));
}

// Lists files without the `recursive` option, which Electron running as Node does not support.
function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isFile() ? [entry.name] : listFiles(join(folder, entry.name)).map((path) => `${entry.name}/${path}`),
    )
    .sort();
}
