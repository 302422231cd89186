import { isSameList } from '../shared/lists.ts';
import type { Instant } from '../shared/instant.ts';
import { clustersAndForeign, type InventoryStore } from './store/inventory-store.ts';
import { isReadAgain, isSameButForReading } from './store/readings.ts';
import { replaceSources } from './store/stored-certificate.ts';
import type { StorableCluster } from './cluster-changes.ts';
import type { ImportReport } from './contract.ts';
import type { LongWork } from './long-work.ts';
import type { Cluster, Credential } from './model/credential.ts';
import type { FormerReading, FoundFiles, Reading } from './read/read-files.ts';

/*
 * The result of an import does not depend on when files or inventory were read. If an import changed only read times,
 * importing the same files again gives the same result until the inventory changes.
 */

interface FormerImport {
  /**
   * `listed` is a digest of the file metadata, which is available without reading the files; `contents` is a digest of
   * the contents of all files read.
   */
  listed: string;
  contents: string;
  readAt: Instant;
  reading: FormerReading;
  report: ImportReport;
  placements: string;
  /** The clusters as they were after the import. A changed cluster is a new object, so it is not in this set. */
  clusters: WeakSet<Cluster>;
  count: number;
}

/** Keeping more would cost memory permanently to save the time of one import. */
const MOST_KEPT = 200_000;

const formerImports = new WeakMap<InventoryStore, FormerImport>();

/** Returns `undefined` if the inventory has changed since. */
export function formerImport(store: InventoryStore): FormerImport | undefined {
  const former = formerImports.get(store);
  if (former === undefined || JSON.stringify(store.placements()) !== former.placements) return undefined;
  const clusters = clustersAndForeign(store);
  return clusters.length === former.count && clusters.every((one) => former.clusters.has(one)) ? former : undefined;
}

export function keepImport(
  store: InventoryStore,
  former: Omit<FormerImport, 'placements' | 'clusters' | 'count'>,
): void {
  const clusters = clustersAndForeign(store);
  const placements = JSON.stringify(store.placements());
  formerImports.set(store, { ...former, placements, clusters: new WeakSet(clusters), count: clusters.length });
}

/** Keeps an import that changed only read times; forgets the previous import in any case. */
export async function keepIfUnchanging(
  { store, work }: { store: InventoryStore; work: LongWork },
  files: FoundFiles,
  {
    before,
    reading,
    report,
    readAt,
  }: { before: readonly Cluster[]; reading: Reading; report: ImportReport; readAt: Instant },
): Promise<void> {
  formerImports.delete(store);
  const { candidates: _, seen, ...others } = reading;
  const { added, renewed, superseded, unchanged, findings, filesWithoutCredentials } = report;
  if (!reading.isOfFiles || added.length + renewed.length + superseded.length > 0) return;
  if (unchanged.length === 0) return;
  const kept = [unchanged, findings, filesWithoutCredentials, reading.revocations, seen.beside];
  if (kept.reduce((sum, { length }) => sum + length, 0) > MOST_KEPT) return;
  const after = clustersAndForeign(store);
  let isSame = before.length === after.length;
  for (const [at, cluster] of before.entries()) {
    await work.pause();
    isSame &&= isSameButForReading(cluster, after[at], readAt);
  }
  if (!isSame) return;
  const contents = seen.digest();
  keepImport(store, { listed: files.listed, contents, readAt, reading: { ...others, beside: seen.beside }, report });
}

export async function readAgain(
  work: LongWork,
  clusters: readonly Cluster[],
  { from, to }: { from: Instant; to: Instant },
): Promise<StorableCluster[]> {
  const changed: StorableCluster[] = [];
  for (const before of clusters) {
    await work.pause();
    const read = (credential: Credential): Credential => readCredentialAgain(credential, from, to);
    const credentials = before.credentials.map(read);
    const history = before.history.map((replaced) => {
      const credential = read(replaced.credential);
      return credential === replaced.credential ? replaced : { ...replaced, credential };
    });
    if (isSameList(credentials, before.credentials) && isSameList(history, before.history)) continue;
    const cluster = { ...before, credentials, history };
    changed.push({ cluster, changed: true, isReadAgain: isReadAgain(before, cluster, to) });
  }
  return changed;
}

function readCredentialAgain(credential: Credential, from: Instant, to: Instant): Credential {
  if (!credential.sources.some(({ readAt }) => readAt === from)) return credential;
  const sources = credential.sources.map((source) => (source.readAt === from ? { ...source, readAt: to } : source));
  return replaceSources(credential, sources);
}
