import type { Cluster, ManagementLink, Placement } from '../model/credential.ts';
import type { Decision } from '../schemas.ts';
import type { UnreadableEntry, StoredCluster } from './cluster-format.ts';
import type { JsonObject } from '../../store/migrations.ts';
import { FOREIGN_CLUSTER, isClusterId, type ClusterId } from '../../shared/ids.ts';
import { correctPlacements, findRemainder, isArrived, type Correction } from '../model/correction.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';
import { ConsoleError, unlessProblem } from '../../shared/problem.ts';
import type { Log } from '../../shared/ports.ts';
import type { StoreContext } from '../../store/data-layout.ts';
import { Queue, StoredDocument } from '../../store/document.ts';
import { DurableJsonFile, convertFileFailure, catchUnflushed, unlessAbsent } from '../../store/durable-json-file.ts';
import { clusterListing, type ListedCluster } from './listed-cluster.ts';
import { makeClusterFile, reportLostCluster, loadCluster, type Listed, type LoadedStore } from './load-store.ts';
import { isReadingFrom, createReading } from './readings.ts';
import type { ClusterReading, IndexFile } from './schemas.ts';
import { storeFinding } from '../../store/store-findings.ts';
import type { ForgottenCluster, UnplacedRevocation, InventoryStore } from './inventory-store.ts';

/** Writing several files takes about as long as writing one, since each write waits for the disk. */
const WRITTEN_AT_ONCE = 16;
/** Older forgotten clusters are deleted permanently. */
const FORGOTTEN_LIMIT = 20;
const CLOSED = 'the store is closed';

type IndexChange = Pick<IndexFile, 'lastImportAt' | 'revocations' | 'placements' | 'links' | 'decisions'>;

export interface LoadedInventory {
  context: StoreContext;
  log: Log;
  loaded: LoadedStore;
  listed: Listed | undefined;
}

/**
 * Serialises changes of one cluster. The cluster's file is authoritative, so a change succeeds when this file is
 * written. If the index cannot be written, it is written with the next change or on closing, or rebuilt at the next
 * start.
 */
export class DiskStore implements InventoryStore {
  readonly #context: StoreContext;
  readonly #log: Log;
  readonly #loaded: LoadedStore;
  readonly #listed: Listed | undefined;
  readonly #documents: Map<ClusterId, StoredDocument<StoredCluster>>;
  readonly #queues = new Map<ClusterId, Queue>();
  /** The list of forgotten clusters belongs to no single cluster. */
  readonly #membership = new Queue();
  readonly #indexQueue = new Queue();
  readonly #columnsQueue = new Queue();
  /** Readings that are in the index but not in cluster files. */
  readonly #readings = new Map<ClusterId, ClusterReading>();
  #forgotten: IndexFile['forgotten'];
  #indexIsOutdated: boolean;
  /** A correction that this process could not finish on disk. */
  #unfinished: Correction | undefined;
  #closed = false;

  constructor({ context, log, loaded, listed }: LoadedInventory) {
    this.#listed = listed;
    this.#context = context;
    this.#log = log;
    this.#loaded = loaded;
    this.#documents = loaded.documents;
    this.#forgotten = loaded.forgotten;
    this.#indexIsOutdated = loaded.indexIsOutdated;
    for (const { id, read } of loaded.index.value.clusters) {
      const document = loaded.documents.get(id);
      if (read === undefined || document === undefined) continue;
      // Clusters are listed without reading their files only if listing and file are unchanged.
      const isListed = clusterListing(document.value.cluster) !== undefined;
      this.#noteReading(id, isListed || isReadingFrom(read, document.file) ? read : undefined);
    }
  }

  clusters(): readonly Cluster[] {
    return [...this.#documents.values()].flatMap(({ value: { cluster } }) => (cluster.foreign ? [] : [cluster]));
  }

  foreign(): Cluster | undefined {
    return this.cluster(FOREIGN_CLUSTER);
  }

  cluster(id: ClusterId): Cluster | undefined {
    return this.#documents.get(id)?.value.cluster;
  }

  async update(cluster: Cluster): Promise<void> {
    await this.updateAll([cluster]);
  }

  async updateAll(clusters: readonly Cluster[], stored: (id: ClusterId) => void = () => undefined): Promise<void> {
    if (!clusters.every(({ id }) => isClusterId(id))) {
      throw new Error('a cluster id has other characters than a-z, 0-9 and -');
    }
    try {
      for (let start = 0; start < clusters.length; start += WRITTEN_AT_ONCE) {
        let before: Promise<unknown> = Promise.resolve();
        const updates = clusters.slice(start, start + WRITTEN_AT_ONCE).map((cluster) => {
          const turn = before;
          const update = this.#enqueue(cluster.id, () => this.#update(cluster, turn)).then(() => stored(cluster.id));
          // A failing update rejects immediately, even while earlier updates are still being written.
          before = Promise.allSettled([turn, update]);
          return update;
        });
        await Promise.allSettled(updates);
        await Promise.all(updates);
      }
    } finally {
      if (this.#indexIsOutdated) await this.#followWithIndex();
    }
  }

  async keepDuring<T>(work: () => Promise<T>): Promise<T> {
    return this.#listed?.kept.keepDuring(work) ?? work();
  }

  async settle(): Promise<ClusterId[]> {
    // All bodies are read before any of their files is written. Startup skips this step, since reading so many bytes in
    // one step would trigger a garbage collection.
    await this.#columnsQueue.run(async () => this.#listed?.index.readBodies(() => !this.#closed));
    const changed: ClusterId[] = [];
    for (const [id, { value }] of [...this.#documents]) {
      const listed = clusterListing(value.cluster);
      if (listed === undefined || listed.isVerified || this.#closed) continue;
      await this.#enqueue(id, async () => {
        // The cluster may have been changed or forgotten meanwhile.
        if (this.cluster(id) === value.cluster && !(await this.#verify(id, listed))) changed.push(id);
      });
    }
    await this.#columnsQueue.run(() => this.#writeColumns());
    return changed;
  }

  async readAgain(clusters: readonly Cluster[], at: Instant): Promise<void> {
    const others: Cluster[] = [];
    for (const cluster of clusters) {
      const noted = await this.#enqueue(cluster.id, () => Promise.resolve(this.#readOnceMore(cluster, at)));
      if (!noted) others.push(cluster);
    }
    if (others.length < clusters.length) await this.#indexQueue.run(() => this.#writeIndex());
    await this.updateAll(others);
  }

  /** Records in the index that the cluster was read again. Returns `false` if its file must be written instead. */
  #readOnceMore(cluster: Cluster, at: Instant): boolean {
    const document = this.#documents.get(cluster.id);
    if (document === undefined) return false;
    this.#mustBeWritable(document.file.path);
    const reading = createReading(document.file, at);
    if (reading === undefined) return false;
    document.value = { ...document.value, cluster };
    this.#noteReading(cluster.id, reading);
    return true;
  }

  #noteReading(id: ClusterId, reading: ClusterReading | undefined): boolean {
    const before = this.#readings.delete(id);
    if (reading !== undefined) this.#readings.set(id, reading);
    this.#listed?.index.noteReading(id, reading?.at);
    return before;
  }

  async correct(correction: Correction, into: Cluster): Promise<void> {
    if (this.#closed) throw new Error(CLOSED);
    const blocked = this.#loaded.blocked.get(correction.from) ?? this.#loaded.blocked.get(into.id);
    if (blocked !== undefined) throw blocked;
    const { path } = this.#correctionFile();
    if (this.#unfinished !== undefined) await this.#finish(this.#unfinished);
    if (this.#unfinished !== undefined) throw new ConsoleError('store.not-writable', { path });
    let unflushed: ConsoleError | undefined;
    try {
      // Written before the first change, so that the intended correction is known after an interruption.
      await this.#correctionFile().write(correction);
      unflushed = await catchUnflushed(this.update(into));
    } catch (error) {
      await this.#dropCorrection();
      // The correction's file was not flushed, and nothing has changed yet.
      if (error instanceof ConsoleError && error.code === 'store.not-flushed')
        throw new ConsoleError('store.not-writable', { path }, { cause: error });
      throw error;
    }
    await this.#finish(correction);
    if (unflushed !== undefined) throw unflushed;
  }

  /** Finishes an interrupted correction; a reader does so only in memory. Throws `store.newer`. */
  async finishCorrection(): Promise<void> {
    const file = this.#correctionFile();
    if ((await unlessAbsent(this.#context.ports.files.facts(file.path))) === undefined) return;
    const correction = await file.read();
    if (correction !== null && isArrived(this.cluster(correction.into), correction)) await this.#finish(correction);
    else await this.#dropCorrection();
  }

  forgotten(): readonly ForgottenCluster[] {
    return this.#forgotten;
  }

  async readForgotten(id: ClusterId): Promise<Cluster> {
    if (!isClusterId(id)) throw unknownCluster(id);
    return (await this.#readForgotten(id)).cluster;
  }

  async forget(id: ClusterId): Promise<void> {
    await this.#enqueue(id, () => this.#membership.run(() => this.#forget(id)));
  }

  async restore(id: ClusterId): Promise<Cluster> {
    return this.#enqueue(id, () => this.#membership.run(() => this.#restore(id)));
  }

  async removeSamples(): Promise<number> {
    if (this.#closed) throw new Error(CLOSED);
    const samples = this.clusters().filter(({ sample }) => sample);
    for (const { id } of samples) await this.#enqueue(id, () => this.#remove(id));
    await this.#membership.run(() => this.#removeForgottenSamples());
    const unplaced = this.listUnplacedRevocations();
    const real = unplaced.filter(({ sample }) => !sample);
    if (real.length < unplaced.length) await this.keepUnplacedRevocations(real);
    const decisions = this.decisions().filter(({ sample }) => !sample);
    if (decisions.length < this.decisions().length) await this.keepDecisions(decisions);
    return samples.length;
  }

  unreadable(): readonly ConsoleError[] {
    return [...this.#loaded.blocked.values()];
  }

  findings(): Finding[] {
    const entries = [...this.#documents.values()].flatMap((document) => {
      const { cluster, unreadable } = document.value;
      return unreadable.map(({ list, position, reason }) => {
        const entry = `${list}[${position}]`;
        const params = { cluster: cluster.name, entry, reason };
        return storeFinding('store.entry-unreadable', { path: document.file.path, entry }, params);
      });
    });
    return [...this.#loaded.findings, ...entries];
  }

  lastImportAt(): Instant | undefined {
    return this.#loaded.index.value.lastImportAt;
  }

  async recordImport(at: Instant): Promise<void> {
    await this.#changeIndex({ lastImportAt: at });
  }

  listUnplacedRevocations(): readonly UnplacedRevocation[] {
    return this.#loaded.index.value.revocations ?? [];
  }

  async keepUnplacedRevocations(unplaced: readonly UnplacedRevocation[]): Promise<void> {
    await this.#changeIndex({ revocations: unplaced });
  }

  placements(): readonly Placement[] {
    return this.#loaded.index.value.placements ?? [];
  }

  async keepPlacements(placements: readonly Placement[]): Promise<void> {
    await this.#changeIndex({ placements });
  }

  links(): readonly ManagementLink[] {
    return this.#loaded.index.value.links ?? [];
  }

  async keepLinks(links: readonly ManagementLink[]): Promise<void> {
    await this.#changeIndex({ links });
  }

  decisions(): readonly Decision[] {
    return this.#loaded.index.value.decisions ?? [];
  }

  async keepDecisions(decisions: readonly Decision[]): Promise<void> {
    await this.#changeIndex({ decisions });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const queues = [...this.#queues.values(), this.#membership, this.#columnsQueue];
    await Promise.all(queues.map((queue) => queue.idle()));
    await this.mendIndex();
  }

  /**
   * Rewrites an index that disagrees with the folders, as after a start that rebuilt it. Throws `store.not-writable`.
   */
  async mendIndex(): Promise<void> {
    await this.#indexQueue.run(async () => {
      if (this.#indexIsOutdated && !this.#context.readOnly) await this.#writeIndex();
    });
  }

  #correctionFile(): DurableJsonFile<Correction> {
    const loadFormat = async () => (await import('./index-format.ts')).CORRECTION_FORMAT;
    return new DurableJsonFile(this.#context, this.#context.layout.correction, loadFormat);
  }

  /** Removes the correction's file. A failure does no harm, since no credential has moved yet. */
  async #dropCorrection(): Promise<void> {
    if (this.#context.readOnly) return;
    await this.#try('a correction could not be dropped', () => this.#removeIfThere(this.#context.layout.correction));
  }

  /** Completes a correction once `into` is stored. Whatever cannot be written is written at the next start. */
  async #finish(correction: Correction): Promise<void> {
    const from = this.cluster(correction.from);
    const rest = from && findRemainder(from, correction);
    const placements = from === undefined ? this.placements() : correctPlacements(this.placements(), from, correction);
    const isFinished =
      !this.#context.readOnly &&
      (await this.#try('a correction is finished at the next start', async () => {
        await this.keepPlacements(placements);
        if (from !== undefined) await (rest === undefined ? this.forget(from.id) : this.update(rest));
        await this.#removeIfThere(this.#context.layout.correction);
      }));
    this.#unfinished = isFinished ? undefined : correction;
    if (isFinished) return;
    const { index } = this.#loaded;
    index.value = { ...index.value, placements };
    const document = this.#documents.get(correction.from);
    if (document === undefined) return;
    if (rest !== undefined) {
      document.value = { ...document.value, cluster: rest };
      return;
    }
    this.#listAsForgotten(document.value.cluster);
  }

  #listAsForgotten({ id, name }: Cluster): void {
    this.#documents.delete(id);
    const forgottenAt = this.#context.ports.clock.now();
    this.#forgotten = [...this.#forgotten.filter((entry) => entry.id !== id), { id, name, forgottenAt }];
  }

  /** Returns whether the change succeeded; failures are logged. */
  async #try(failure: string, change: () => Promise<void>): Promise<boolean> {
    try {
      await change();
      return true;
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      this.#log.write('warning', failure, error.params);
      return false;
    }
  }

  /** Writes a cluster and adds it after earlier ones, so that new clusters keep their given order. */
  async #update(cluster: Cluster, before: Promise<unknown>): Promise<void> {
    const blocked = this.#loaded.blocked.get(cluster.id);
    if (blocked !== undefined) throw blocked;
    const existing = this.#documents.get(cluster.id);
    const unreadable = existing === undefined ? [] : findMissingEntries(existing.value.unreadable, cluster);
    const next: StoredCluster = { cluster, unreadable };
    const formerName = existing?.value.cluster.name;
    const document = existing ?? new StoredDocument(makeClusterFile(this.#context, cluster.id), next);
    const unflushed = await catchUnflushed(document.replace(next));
    if (this.#noteReading(cluster.id, undefined)) this.#indexIsOutdated = true;
    await this.#listed?.index.noteFiles([cluster.id]);
    await before;
    this.#documents.set(cluster.id, document);
    if (formerName !== cluster.name) this.#indexIsOutdated = true;
    if (unflushed !== undefined) throw unflushed;
  }

  /** Returns whether the cluster's file matches its listing. If not, the store uses the file's content from now on. */
  async #verify(id: ClusterId, listed: ListedCluster): Promise<boolean> {
    const isChanged = await this.#listed?.index.isChanged(id);
    const reading = this.#readings.get(id);
    const loaded = await loadCluster(this.#context, id, reading);
    const document = 'document' in loaded ? loaded.document : undefined;
    const { name } = this.#documents.get(id)?.value.cluster ?? { name: id };
    const finding =
      loaded.finding ?? (document === undefined ? reportLostCluster(this.#context, { id, name }) : undefined);
    if (isChanged === false && finding === undefined && document?.value.unreadable.length === 0) {
      listed.markVerified(document.value.cluster);
      const known = this.#documents.get(id);
      if (known !== undefined) known.file.checksum = document.file.checksum;
      return true;
    }
    if (reading !== undefined && (document === undefined || !isReadingFrom(reading, document.file)))
      this.#noteReading(id, undefined);
    if ('blockedBy' in loaded) this.#loaded.blocked.set(id, loaded.blockedBy);
    if (document === undefined) this.#documents.delete(id);
    else this.#documents.set(id, document);
    if (finding !== undefined) {
      this.#loaded.findings.push(finding);
      logFinding(this.#log, finding);
    }
    return false;
  }

  async #writeColumns(): Promise<void> {
    if (this.#closed) return;
    try {
      const documents = [...this.#documents.values()].map(({ value }) => value);
      await this.#listed?.index.write(documents, () => !this.#closed);
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      this.#log.write('warning', 'what lists show could not be written', error.params);
    }
  }

  async #forget(id: ClusterId): Promise<void> {
    const document = this.#documents.get(id);
    if (document === undefined) throw unknownCluster(id);
    this.#mustBeWritable(document.file.path);
    // A restored cluster has only its file, so the reading moves there.
    if (this.#noteReading(id, undefined)) await document.replace(document.value);
    // Otherwise, an interrupted move would bring the cluster back at the next start.
    await this.#removeIfThere(`${document.file.path}.previous`);
    const { layout } = this.#context;
    const unflushed = await catchUnflushed(this.#move(document.file.path, layout.forgottenFile(id)));
    this.#listAsForgotten(document.value.cluster);
    // Older entries are deleted only now, so that they are kept if this cluster could not be forgotten.
    for (const entry of this.#forgotten.slice(0, -FORGOTTEN_LIMIT)) {
      const isRemoved = await this.#try('a forgotten cluster could not be deleted', () =>
        this.#removeIfThere(layout.forgottenFile(entry.id)),
      );
      if (isRemoved) this.#forgotten = this.#forgotten.filter((each) => each !== entry);
    }
    await this.#followWithIndex();
    if (unflushed !== undefined) throw unflushed;
  }

  async #remove(id: ClusterId): Promise<void> {
    const document = this.#documents.get(id);
    if (document === undefined) return;
    const { path } = document.file;
    this.#mustBeWritable(path);
    // The previous copy is removed first, as when a cluster is forgotten.
    await this.#removeIfThere(`${path}.previous`);
    await this.#removeIfThere(path);
    this.#documents.delete(id);
    await this.#followWithIndex();
  }

  async #removeForgottenSamples(): Promise<void> {
    for (const { id } of [...this.#forgotten]) {
      const forgotten = await unlessProblem(this.#readForgotten(id));
      // An unreadable cluster stays, since it may not be a sample.
      if (forgotten?.cluster.sample !== true) continue;
      await this.#removeIfThere(this.#context.layout.forgottenFile(id));
      this.#forgotten = this.#forgotten.filter((entry) => entry.id !== id);
      await this.#followWithIndex();
    }
  }

  async #restore(id: ClusterId): Promise<Cluster> {
    const live = this.cluster(id);
    if (live !== undefined) return live;
    if (!isClusterId(id)) throw unknownCluster(id);
    const blocked = this.#loaded.blocked.get(id);
    if (blocked !== undefined) throw blocked;
    const { layout } = this.#context;
    const path = layout.clusterFile(id);
    this.#mustBeWritable(path);
    const stored = await this.#readForgotten(id);
    const unflushed = await catchUnflushed(this.#move(layout.forgottenFile(id), path));
    this.#documents.set(id, new StoredDocument(makeClusterFile(this.#context, id), stored));
    this.#forgotten = this.#forgotten.filter((entry) => entry.id !== id);
    await this.#followWithIndex();
    if (unflushed !== undefined) throw unflushed;
    return stored.cluster;
  }

  async #readForgotten(id: ClusterId): Promise<StoredCluster> {
    const path = this.#context.layout.forgottenFile(id);
    const file = makeClusterFile({ ...this.#context, readOnly: true }, id, path);
    const stored = await file.read();
    if (stored !== null) return stored;
    if (file.outcome === 'absent') throw unknownCluster(id);
    throw new ConsoleError('file.not-readable', { path, reason: 'damaged' });
  }

  #enqueue<T>(id: ClusterId, action: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error(CLOSED);
    const queue = this.#queues.get(id) ?? new Queue();
    this.#queues.set(id, queue);
    return queue.run(action);
  }

  /** Updates the index after a change of a cluster. If that fails, the completed change is not reported as failed. */
  async #followWithIndex(): Promise<void> {
    this.#indexIsOutdated = true;
    await this.#indexQueue.run(async () => {
      if (!this.#indexIsOutdated) return;
      await this.#try('the index of the store could not be written', () => this.#writeIndex());
    });
  }

  async #changeIndex(change: IndexChange): Promise<void> {
    if (this.#closed) throw new Error(CLOSED);
    await this.#indexQueue.run(() => this.#writeIndex(change));
  }

  async #writeIndex(change: IndexChange = {}): Promise<void> {
    const before = this.#loaded.index.value;
    const { lastImportAt, revocations = [], placements = [], links = [], decisions = [] } = { ...before, ...change };
    const clusters = [...this.#documents].map(([id, { value }]) => {
      const read = this.#readings.get(id);
      return { id, name: value.cluster.name, ...(read && { read }) };
    });
    // A newer program may be able to read these files, and then needs their entries.
    const blocked = before.clusters.filter(({ id }) => this.#loaded.blocked.has(id));
    this.#indexIsOutdated = false;
    try {
      await this.#loaded.index.replace({
        clusters: [...clusters, ...blocked],
        forgotten: this.#forgotten,
        lastImportAt,
        ...(revocations.length > 0 && { revocations }),
        ...(placements.length > 0 && { placements }),
        ...(links.length > 0 && { links }),
        ...(decisions.length > 0 && { decisions }),
      });
    } catch (error) {
      this.#indexIsOutdated = true;
      throw error;
    }
  }

  async #removeIfThere(path: string): Promise<void> {
    await convertFileFailure(unlessAbsent(this.#context.ports.files.remove(path)));
  }

  async #move(from: string, to: string): Promise<void> {
    await convertFileFailure(this.#context.ports.files.move(from, to));
  }

  #mustBeWritable(path: string): void {
    if (this.#context.readOnly) throw new ConsoleError('store.not-writable', { path });
  }
}

export function logFinding(log: Log, { rule, place }: Finding): void {
  log.write('warning', 'found when opening the store', { rule, path: place.path ?? '' });
}

function unknownCluster(id: ClusterId): ConsoleError {
  return new ConsoleError('cluster.unknown', { cluster: id });
}

/** Lists the unreadable entries that were not imported again; an import repairs an entry. */
function findMissingEntries(unreadable: readonly UnreadableEntry[], cluster: Cluster): UnreadableEntry[] {
  if (unreadable.length === 0) return [];
  const ids = new Set<unknown>([
    ...cluster.credentials.map(({ id }) => id),
    ...cluster.history.map(({ credential }) => credential.id),
  ]);
  return unreadable.filter(({ list, raw }) => {
    const entry = list === 'history' ? getField(raw, 'credential') : raw;
    return !ids.has(getField(entry, 'id') ?? raw);
  });
}

function getField(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as JsonObject)[name] : undefined;
}
