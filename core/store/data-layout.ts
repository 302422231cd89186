import { isDeviceName } from '../shared/files/saved-file.ts';
import { isClusterId, type ClusterId } from '../shared/ids.ts';
import type { Files } from '../shared/ports.ts';
import { ConsoleError } from '../shared/problem.ts';
import { unlessAbsent, type FileContext } from './durable-json-file.ts';

/** Paths, explained to admins in `docs/data-formats.md`. */
export interface DataLayout {
  folder: string;
  index: string;
  settings: string;
  /** Exists only until all files of a correction are written. */
  correction: string;
  clusters: string;
  forgotten: string;
  columns: string;
  clusterFile(id: ClusterId): string;
  forgottenFile(id: ClusterId): string;
}

export interface StoreContext extends FileContext {
  layout: DataLayout;
}

const CLUSTER_FILE = /^([a-z0-9-]{1,80})_?\.json(?:\.previous)?$/u;
/** Temporary files of `core/node` that a killed process leaves behind. */
export const TEMPORARY_FILE = /\.[0-9a-f]{16}\.tmp$/u;

/** Files that a user would miss. The log, locks, caches and the demo fleet can be recreated. */
const KEPT =
  /^(?:clusters|forgotten|authorities|revocations|runs|(?:index|settings|channels|marks|watch|audit-head|labs|shared)\.json(?:\.previous)?|audit\.jsonl)$/u;

/** The name of the file that makes a data folder the copy of a shared store. */
export const JOINED_FILE = 'shared.json';

export function holdsData(names: readonly string[]): boolean {
  return names.some((name) => KEPT.test(name));
}

/** Checks that a folder contains data. Throws `store.absent` if it does not exist, is a file or contains no data. */
export async function checkDataFolder(files: Pick<Files, 'list'>, folder: string): Promise<void> {
  const names = await unlessAbsent(files.list(folder));
  if (!holdsData(names ?? [])) throw new ConsoleError('store.absent', { path: folder });
}

export function dataLayout(files: Files, folder: string): DataLayout {
  const clusters = files.join(folder, 'clusters');
  const forgotten = files.join(folder, 'forgotten');
  // Startup builds tens of thousands of paths, and `join` would parse each of them.
  const inClusters = files.join(clusters, '-').slice(0, -1);
  return {
    folder,
    index: files.join(folder, 'index.json'),
    settings: files.join(folder, 'settings.json'),
    correction: files.join(folder, 'correction.json'),
    clusters,
    forgotten,
    columns: files.join(folder, 'columns'),
    clusterFile: (id) => `${inClusters}${fileName(id)}`,
    forgottenFile: (id) => files.join(forgotten, fileName(id)),
  };
}

export function isTemporaryFile(name: string): boolean {
  return TEMPORARY_FILE.test(name);
}

/** Lists the clusters that have a file or a previous copy, without duplicates, in the order of `names`. */
export function clusterIdsIn(names: readonly string[]): ClusterId[] {
  const ids = new Set<ClusterId>();
  for (const name of names) {
    const id = CLUSTER_FILE.exec(name)?.[1] ?? '';
    if (isClusterId(id) && name.startsWith(fileName(id))) ids.add(id);
  }
  return [...ids];
}

function fileName(id: ClusterId): string {
  if (!isClusterId(id)) throw new Error('a cluster id has other characters than a-z, 0-9 and -');
  return `${nameOnDisk(id)}.json`;
}

/**
 * Returns a file name without extension, or a folder name. The added `_`, which never occurs in IDs, keeps names
 * unique.
 */
export function nameOnDisk(id: string): string {
  return isDeviceName(id) ? `${id}_` : id;
}
