import { isSameList } from '../shared/lists.ts';
import type { Instant } from '../shared/instant.ts';
import { withForeign, type InventoryStore } from './store/inventory-store.ts';
import { isReadAgain, isSameButForReading } from './store/readings.ts';
import { withSources } from './store/stored-certificate.ts';
import type { StorableCluster } from './cluster-changes.ts';
import type { ImportReport } from './contract.ts';
import type { LongWork } from './long-work.ts';
import type { Cluster, Credential } from './model/credential.ts';
import type { FoundFiles, Reading } from './read/read-files.ts';

/*
 * What an import makes of files and an inventory does not depend on when either of them was read. One that has changed
 * nothing but times of reading does so again with the same files, as long as the inventory is the one that it left.
 */

/** An import that has changed nothing but times of reading. */
export interface FormerImport {
  /** Digests of what was known of the files without reading them, and of the contents of all that was read. */
  listed: string;
  contents: string;
  /** When what it found counts as read. */
  readAt: Instant;
  reading: Omit<Reading, 'candidates' | 'seen'> & { beside: readonly string[] };
  report: ImportReport;
  placements: string;
  /** All clusters: a changed cluster is another object. */
  clusters: WeakSet<Cluster>;
  count: number;
}

/** More of it takes more memory for good than an import takes time. */
const MOST_KEPT = 200_000;

const formerImports = new WeakMap<InventoryStore, FormerImport>();

/** The import before, if it changed nothing but times of reading and the inventory is still as it has left it. */
export function formerImport(store: InventoryStore): FormerImport | undefined {
  const former = formerImports.get(store);
  if (former === undefined || placementsOf(store) !== former.placements) return undefined;
  const clusters = withForeign(store);
  return clusters.length === former.count && clusters.every((one) => former.clusters.has(one)) ? former : undefined;
}

function placementsOf(store: InventoryStore): string {
  return JSON.stringify(store.placements());
}

/** Keeps an import to which the next may come as well. */
export function keepImport(
  store: InventoryStore,
  former: Omit<FormerImport, 'placements' | 'clusters' | 'count'>,
): void {
  const clusters = withForeign(store);
  const inventory = { placements: placementsOf(store), clusters: new WeakSet(clusters), count: clusters.length };
  formerImports.set(store, { ...former, ...inventory });
}

/** Keeps an import if it has changed nothing but times of reading, and forgets the one before in any case. */
export async function keepIfUnchanging(
  { store, work }: { store: InventoryStore; work: LongWork },
  files: FoundFiles,
  {
    before,
    reading,
    report,
    readAt,
  }: {
    /** The clusters before it. */
    before: readonly Cluster[];
    reading: Reading;
    report: ImportReport;
    readAt: Instant;
  },
): Promise<void> {
  formerImports.delete(store);
  const { candidates: _, seen, ...others } = reading;
  const { added, renewed, superseded, unchanged, findings, filesWithoutCredentials } = report;
  if (!reading.isOfFiles || added.length + renewed.length + superseded.length > 0) return;
  if (unchanged.length === 0) return;
  const kept = [unchanged, findings, filesWithoutCredentials, reading.revocations, seen.beside];
  if (kept.reduce((sum, { length }) => sum + length, 0) > MOST_KEPT) return;
  const after = withForeign(store);
  let isSame = before.length === after.length;
  for (const [at, cluster] of before.entries()) {
    await work.pause();
    isSame &&= isSameButForReading(cluster, after[at], readAt);
  }
  if (!isSame) return;
  const contents = seen.digest();
  keepImport(store, { listed: files.listed, contents, readAt, reading: { ...others, beside: seen.beside }, report });
}

/** Clusters of which something was read at `from`, as if that had been at `to`. */
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
  return withSources(credential, sources);
}
