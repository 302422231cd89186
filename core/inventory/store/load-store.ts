import type { Cluster } from '../model/credential.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { Finding } from '../../shared/finding.ts';
import type { ReadAhead } from '../../shared/ports.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { StoredCluster } from './cluster-format.ts';
import { clusterIdsIn, isTemporaryFile, type StoreContext } from '../../store/data-layout.ts';
import type { ColumnIndex } from './columns/column-index.ts';
import { StoredDocument } from '../../store/document.ts';
import { AHEAD, DurableJsonFile, convertFileFailure, unlessAbsent } from '../../store/durable-json-file.ts';
import { listCluster, type KeptContents } from './listed-cluster.ts';
import { storeFinding, describeDamage } from '../../store/store-findings.ts';
import { addReading } from './readings.ts';
import type { ClusterReading, IndexFile } from './schemas.ts';

/** Twice the four threads with which the system reads; reading more files in parallel gains nothing. */
const FILES_AT_ONCE = 8;
/** Fewer files are read before a thread has started. */
const WORTH_A_THREAD = 500;
/** Decoding this many files takes a few milliseconds. */
const READ_AHEAD = 32;
/** For a folder without an index; the format of an index is loaded only if needed. */
const NO_INDEX: IndexFile = { clusters: [], forgotten: [] };

export interface Listed {
  index: ColumnIndex;
  kept: KeptContents;
  readsAll: boolean;
}

export interface LoadedStore {
  /** In index order; files missing from the index come last. */
  documents: Map<ClusterId, StoredDocument<StoredCluster>>;
  /** Why an existing cluster file must not be overwritten. */
  blocked: Map<ClusterId, ConsoleError>;
  /** Oldest first. */
  forgotten: IndexFile['forgotten'];
  index: StoredDocument<IndexFile>;
  indexIsOutdated: boolean;
  findings: Finding[];
}

type LoadedCluster =
  | { id: ClusterId; document: StoredDocument<StoredCluster> | undefined; finding?: Finding }
  | { id: ClusterId; blockedBy: ConsoleError; finding: Finding };

/**
 * Loads the store. Cluster files are authoritative; the index adds their order and names. Throws `store.newer` if a
 * newer program wrote the index, `file.not-readable` or `store.not-writable`.
 */
export async function loadStore(context: StoreContext, listed?: Listed): Promise<LoadedStore> {
  const { layout } = context;
  const found = await prepareFolders(context);
  const index = new StoredDocument(new DurableJsonFile(context, layout.index, loadIndexFormat), NO_INDEX);
  await index.load();

  // Other processes can write while a read-only store is loaded. The folders are then read after the index, so
  // everything in the index is in one of them.
  const names = found ?? (await listStoredNames(context));
  const ids = clusterIdsIn(names.clusters);
  const readings = new Map(index.value.clusters.map(({ id, read }) => [id, read]));
  const known = listed === undefined ? undefined : await listDocuments(context, ids, { ...listed, readings });
  const order = sortByIndex(ids, index.value);
  const unknown = known === undefined ? order : order.filter((id) => !known.has(id));
  const read = new Map((await loadClusters(context, unknown, readings)).map((cluster) => [cluster.id, cluster]));
  const loaded = order.map((id): LoadedCluster => read.get(id) ?? { id, document: known?.get(id) });
  const forgottenIds = clusterIdsIn(names.forgotten);
  const forgotten = forgottenList(context, forgottenIds, index.value);

  const documents: LoadedStore['documents'] = new Map();
  const blocked: LoadedStore['blocked'] = new Map();
  for (const cluster of loaded) {
    if ('blockedBy' in cluster) blocked.set(cluster.id, cluster.blockedBy);
    else if (cluster.document !== undefined) documents.set(cluster.id, cluster.document);
  }
  const present = new Set([...ids, ...forgottenIds]);
  const findings = [
    ...indexFindings(context, index, ids.length),
    ...loaded.flatMap(({ finding }) => finding ?? []),
    ...index.value.clusters.filter(({ id }) => !present.has(id)).map((cluster) => reportLostCluster(context, cluster)),
  ];
  const indexIsOutdated =
    index.file.outcome === 'absent' ||
    index.file.outcome === 'lost' ||
    !sameMembers(index.value, { documents, blocked, forgotten });
  return { documents, blocked, forgotten, index, indexIsOutdated, findings };
}

/** Loads the formats of files only if such files exist. */
export function makeClusterFile(
  context: StoreContext,
  id: ClusterId,
  path = context.layout.clusterFile(id),
): DurableJsonFile<StoredCluster> {
  return new DurableJsonFile(context, path, async () =>
    (await import('./cluster-format.ts')).clusterFormat(id, context.sha256Hex),
  );
}

const loadIndexFormat = async () => (await import('./index-format.ts')).INDEX_FORMAT;

async function prepareFolders(context: StoreContext): Promise<StoredNames | undefined> {
  if (context.readOnly) return undefined;
  const { files } = context.ports;
  const { folder, clusters, forgotten, columns } = context.layout;
  for (const path of [folder, clusters, forgotten]) await convertFileFailure(files.createFolder(path));
  const names = await listStoredNames(context);
  for (const [path, found] of [
    [folder, await namesIn(context, folder)],
    [clusters, names.clusters],
    [forgotten, names.forgotten],
    [columns, await namesIn(context, columns)],
  ] as const) {
    for (const name of found.filter(isTemporaryFile)) {
      await convertFileFailure(unlessAbsent(files.remove(files.join(path, name))));
    }
  }
  return names;
}

type StoredNames = Record<'clusters' | 'forgotten', string[]>;

async function listStoredNames(context: StoreContext): Promise<StoredNames> {
  const { clusters, forgotten } = context.layout;
  return { clusters: await namesIn(context, clusters), forgotten: await namesIn(context, forgotten) };
}

async function namesIn({ ports }: StoreContext, folder: string): Promise<string[]> {
  return (await unlessAbsent(ports.files.list(folder))) ?? [];
}

function sortByIndex(ids: readonly ClusterId[], index: IndexFile): ClusterId[] {
  const present = new Set(ids);
  const listed = index.clusters.map(({ id }) => id).filter((id) => present.has(id));
  return [...new Set([...listed, ...ids])];
}

async function listDocuments(
  context: StoreContext,
  ids: readonly ClusterId[],
  { index, kept, readsAll, readings }: Listed & { readings: ReadonlyMap<ClusterId, ClusterReading | undefined> },
): Promise<Map<ClusterId, StoredDocument<StoredCluster>>> {
  for (const [id, reading] of readings) index.noteReading(id, reading?.at);
  const documents = new Map<ClusterId, StoredDocument<StoredCluster>>();
  if (readsAll) {
    await index.noteFiles(ids);
    return documents;
  }
  const entries = await index.load(ids);
  if (entries.size === 0) return documents;
  const { clusterFormat } = await import('./cluster-format.ts');
  for (const [id, entry] of entries) {
    const read = (): Cluster => {
      const { file } = document;
      return addReading(file.readSync().cluster, file, readings.get(id));
    };
    const cluster = listCluster(entry, read, kept);
    const document: StoredDocument<StoredCluster> = new StoredDocument(
      () => new DurableJsonFile(context, context.layout.clusterFile(id), clusterFormat(id, context.sha256Hex)),
      { cluster, unreadable: [] },
    );
    documents.set(id, document);
  }
  return documents;
}

/** Loads clusters. Meanwhile, a thread reads further files and computes their checksums if there are many. */
async function loadClusters(
  context: StoreContext,
  ids: readonly ClusterId[],
  readings: ReadonlyMap<ClusterId, ClusterReading | undefined>,
): Promise<LoadedCluster[]> {
  const { layout, ports } = context;
  const thread = ids.length < WORTH_A_THREAD ? undefined : ports.files.storedReading?.();
  const loaded: LoadedCluster[] = [];
  try {
    const ask = (from: number) => {
      const batch = ids.slice(from, from + READ_AHEAD);
      const paths = batch.map((id) => layout.clusterFile(id));
      return { batch, ahead: batch.length === 0 ? undefined : thread?.read(paths, AHEAD) };
    };
    let asked = ask(0);
    for (let next = READ_AHEAD; asked.batch.length > 0; next += READ_AHEAD) {
      const { batch, ahead } = asked;
      const contents = (await ahead) ?? [];
      asked = ask(next);
      loaded.push(...(await runInBatches(batch, (id, at) => loadCluster(context, id, readings.get(id), contents[at]))));
    }
  } finally {
    thread?.end();
  }
  return loaded;
}

/** Reads and verifies a cluster's file; a damaged file is set aside. `ahead` is the content if it was just read. */
export async function loadCluster(
  context: StoreContext,
  id: ClusterId,
  reading: ClusterReading | undefined,
  ahead?: ReadAhead,
): Promise<LoadedCluster> {
  const file = makeClusterFile(context, id);
  const { path } = file;
  try {
    const stored = await file.read(ahead);
    if (stored === null) {
      if (file.outcome === 'absent') return { id, document: undefined };
      const finding = storeFinding('store.damaged-lost', { path }, describeDamage(context.ports.files, file, id));
      return { id, document: undefined, finding };
    }
    addReading(stored.cluster, file, reading);
    const document = new StoredDocument(file, stored);
    if (file.outcome === 'good') return { id, document };
    const params = describeDamage(context.ports.files, file, stored.cluster.name);
    const rule = file.outcome === 'doubted' ? 'store.checksum-differs' : 'store.damaged-restored';
    return { id, document, finding: storeFinding(rule, { path }, params) };
  } catch (error) {
    return untouchable(context, id, error);
  }
}

function untouchable(context: StoreContext, id: ClusterId, error: unknown): LoadedCluster {
  if (!(error instanceof ConsoleError)) throw error;
  const path = context.layout.clusterFile(id);
  const params = { cluster: id, file: context.ports.files.fileName(path) };
  if (error.code === 'store.newer') {
    const finding = storeFinding('store.newer-file', { path }, { ...params, ...error.params });
    return { id, blockedBy: error, finding };
  }
  if (error.code !== 'file.not-readable' && error.code !== 'file.too-large') throw error;
  return { id, blockedBy: error, finding: storeFinding('store.unreadable-file', { path }, params) };
}

function indexFindings(context: StoreContext, { file }: StoredDocument<IndexFile>, clusterCount: number): Finding[] {
  const { outcome, path } = file;
  if (outcome === 'good' || (outcome === 'absent' && clusterCount === 0)) return [];
  const rules = { restored: 'store.damaged-restored', doubted: 'store.checksum-differs' } as const;
  const rule = outcome === 'lost' || outcome === 'absent' ? 'store.index-rebuilt' : rules[outcome];
  return [storeFinding(rule, { path }, describeDamage(context.ports.files, file))];
}

export function reportLostCluster(context: StoreContext, { id, name }: { id: ClusterId; name: string }): Finding {
  const path = context.layout.clusterFile(id);
  const params = describeDamage(context.ports.files, { path, setAsideAs: undefined }, name);
  return storeFinding('store.damaged-lost', { path }, params);
}

/** Lists forgotten clusters in index order; files missing from the index count as just forgotten. */
function forgottenList({ ports }: StoreContext, ids: readonly ClusterId[], index: IndexFile): IndexFile['forgotten'] {
  const listed = index.forgotten.filter(({ id }) => ids.includes(id));
  const unlisted = ids.filter((id) => !listed.some((entry) => entry.id === id));
  const names = new Map(index.clusters.map(({ id, name }) => [id, name]));
  const forgottenAt = ports.clock.now();
  return [...listed, ...unlisted.map((id) => ({ id, name: names.get(id) ?? id, forgottenAt }))];
}

function sameMembers(
  index: IndexFile,
  { documents, blocked, forgotten }: Pick<LoadedStore, 'documents' | 'blocked' | 'forgotten'>,
): boolean {
  const live = [...documents.values()];
  const listed = index.clusters.filter(({ id }) => !blocked.has(id));
  return (
    listed.length === live.length &&
    listed.every(({ id, name }, at) => {
      const { cluster } = live[at]!.value;
      return cluster.id === id && cluster.name === name;
    }) &&
    index.forgotten.length === forgotten.length &&
    index.forgotten.every(({ id }, at) => id === forgotten[at]?.id)
  );
}

async function runInBatches<In, Out>(
  items: readonly In[],
  action: (item: In, at: number) => Promise<Out>,
): Promise<Out[]> {
  const results: Out[] = [];
  for (let start = 0; start < items.length; start += FILES_AT_ONCE) {
    const batch = items.slice(start, start + FILES_AT_ONCE);
    results.push(...(await Promise.all(batch.map((item, at) => action(item, start + at)))));
  }
  return results;
}
