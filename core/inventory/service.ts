import type { ClusterId } from '../shared/ids.ts';
import { ClusterLookup } from '../plan/model/cluster-lookup.ts';
import { namesOfCluster } from '../plan/model/command-name.ts';
import { agentNames } from '../plan/model/deployment.ts';
import { ConsoleError, type AuditFacts, type Note } from '../shared/problem.ts';
import { Queue } from '../store/document.ts';
import { packRows } from './model/row-columns.ts';
import { credentialCount } from './store/listed-cluster.ts';
import { clusterIn, clustersAndForeign, type InventoryStore } from './store/inventory-store.ts';
import { collectChanges, type ChangesContext } from './changes.ts';
import type { ChangeList } from './model/changes.ts';
import type {
  ChangesRequest,
  ClusterRows,
  ClusterSummary,
  CredentialDetails,
  CredentialRequest,
  Examination,
  ImportReport,
  InventoryEvents,
  InventoryOverview,
  KnownIssuers,
  LiftRequest,
  MergeRequest,
  MoveRequest,
  OpenDecision,
  RenameRequest,
} from './contract.ts';
import { mergeClusters, moveCredentials, renameCluster, restoreName, type Renaming } from './correct.ts';
import { findKnownIssuers } from './assign/known-issuers.ts';
import { CheckedSignatures } from './assign/signatures.ts';
import { credentialDetails } from './details.ts';
import { decide, listDecisions } from './decisions.ts';
import { Cancelling } from '../shared/stepwise/cancelling.ts';
import { LongWork } from './long-work.ts';
import type { ImportProgress } from './model/import-progress.ts';
import { importPaths, type ImportPorts } from './import.ts';
import { forgetLinks, linkManagement } from './management-links.ts';
import { allCredentials, type Cluster } from './model/credential.ts';
import { listPaths } from './model/source-paths.ts';
import { unlessAbsent } from '../store/durable-json-file.ts';
import type { LookedPlace } from './model/known-place.ts';
import type { ReadingOptions } from './read/read-files.ts';
import { lookAtPlaces, type PlacePorts } from './places.ts';
import { liftRevocation } from './read/revocations.ts';
import type { Store } from './store/data-store.ts';
import { examineRequests, MOST_EXAMINED } from './read/examine.ts';
import { memoryStore } from './store/memory-store.ts';
import { clusterRows, foreignRows } from './store/rows.ts';

/** Limit on the credentials in announcements that wait for the main process, which processes them together. */
const ANNOUNCED_AT_ONCE = 400;

type Announce = <E extends keyof InventoryEvents>(event: E, payload: InventoryEvents[E]) => unknown;

interface InventoryServiceContext {
  ports: ImportPorts & PlacePorts;
  store: InventoryStore & Partial<Pick<Store, 'settings'>>;
  /** Needed for `changes` only. */
  trail?: ChangesContext['trail'];
  /** Absent if nobody listens, as on the command line; no rows of changed clusters are then built. */
  announce?: Announce;
  /** If absent, progress is announced. */
  onProgress?: (progress: ImportProgress) => void;
}

export class InventoryService {
  readonly #context: InventoryServiceContext;
  /** Readings and changes must not overlap; otherwise a forgotten cluster whose files are being read would return. */
  readonly #changes = new Queue();
  readonly #imports = new Set<Cancelling>();
  /** Kept, since rereading mostly finds the same certificates. */
  readonly #signatures: CheckedSignatures;
  readonly #renamings = new Map<ClusterId, Renaming>();

  constructor(context: InventoryServiceContext) {
    this.#context = context;
    this.#signatures = new CheckedSignatures(context.ports);
  }

  get #store(): InventoryStore {
    return this.#context.store;
  }

  overview(): InventoryOverview {
    const foreign = this.#store.foreign();
    return {
      clusters: this.#store.clusters().map(clusterSummary),
      foreign: foreign && clusterSummary(foreign),
      findings: this.#store.findings(),
      lastImportAt: this.#store.lastImportAt(),
    };
  }

  rows(clusterIds: readonly ClusterId[]): ClusterRows[] {
    return clusterIds.flatMap((id) => {
      const cluster = this.#store.cluster(id);
      return cluster === undefined ? [] : [this.#view(cluster)];
    });
  }

  /** Throws `cluster.unknown` or `credential.unknown`. */
  details(request: CredentialRequest): Promise<CredentialDetails> {
    return credentialDetails(this.#context.ports, this.#store, request);
  }

  findIssuers(): Promise<KnownIssuers> {
    return findKnownIssuers(this.#context.ports, this.#signatures, this.#store);
  }

  /**
   * Finds the folder of a credential’s file, if this computer still has one. Throws `cluster.unknown`,
   * `credential.unknown` or `file.not-readable`.
   */
  async findFolder({ clusterId, credentialId }: CredentialRequest): Promise<string> {
    const { files } = this.#context.ports;
    const credential = allCredentials(clusterIn(this.#store, clusterId)).find(({ id }) => id === credentialId);
    if (credential === undefined) throw new ConsoleError('credential.unknown', {});
    for (const path of listPaths([credential], this.#store.shared?.computer))
      if ((await unlessAbsent(files.facts(path))) !== undefined) return files.parentFolder(path);
    throw new ConsoleError('file.not-readable', { path: credential.sources[0]?.path ?? '' });
  }

  /** Throws `cluster.unknown` or `file.not-readable`. */
  changes(request: ChangesRequest): Promise<ChangeList> {
    const { ports, store, trail } = this.#context;
    if (trail === undefined) throw new Error('changes need the audit trail');
    return collectChanges({ ports, store, trail }, request);
  }

  places(): Promise<LookedPlace[]> {
    return lookAtPlaces(this.#context.ports);
  }

  /** Throws `import.cancelled`. */
  async importFiles(
    paths: readonly string[],
    { passphraseFor }: Pick<ReadingOptions, 'passphraseFor'> = {},
  ): Promise<ImportReport> {
    const { ports, store, announce, onProgress } = this.#context;
    const signal = new Cancelling();
    this.#imports.add(signal);
    try {
      return await this.change(() => {
        const work = new LongWork(ports.scheduler, signal, (progress) =>
          onProgress === undefined ? announce?.('importProgress', progress) : onProgress(progress),
        );
        work.check();
        const facts = store.settings?.().clusterFacts;
        return importPaths(ports, store, paths, { work, passphraseFor, signatures: this.#signatures, facts });
      });
    } finally {
      this.#imports.delete(signal);
    }
  }

  /** Reads files into an inventory that is then discarded. */
  async examineFiles(
    paths: readonly string[],
    { passphraseFor }: Pick<ReadingOptions, 'passphraseFor'> = {},
  ): Promise<Examination> {
    const { ports } = this.#context;
    const store = memoryStore();
    const work = new LongWork(ports.scheduler);
    const { findings, locked, filesWithoutCredentials } = await importPaths(ports, store, paths, {
      work,
      passphraseFor,
    });
    const found = clustersAndForeign(store).flatMap((cluster) =>
      allCredentials(cluster).map(({ id: credentialId }) => ({ clusterId: cluster.id, credentialId })),
    );
    const credentials: CredentialDetails[] = [];
    for (const each of found.slice(0, MOST_EXAMINED)) credentials.push(await credentialDetails(ports, store, each));
    const decisions = (await listDecisions(work, store)).filter(({ kind }) => kind === 'request');
    const requests = await examineRequests(ports, findings);
    return { findings, locked, filesWithoutCredentials, credentials, count: found.length, decisions, requests };
  }

  cancelImports(): void {
    for (const signal of this.#imports) signal.abort();
  }

  /** Removes a cluster from the inventory and keeps a copy. Throws `cluster.unknown`. */
  async forget(clusterId: ClusterId, note?: Note): Promise<Cluster> {
    const cluster = clusterIn(this.#store, clusterId);
    return this.#correct(async () => {
      await this.#store.forget(clusterId);
      await forgetLinks(this.#store, cluster);
      note?.(clusterFacts(cluster));
      return cluster;
    });
  }

  /** Throws `cluster.unknown`. */
  async restore(clusterId: ClusterId, note?: Note): Promise<ClusterRows> {
    return this.#view(await this.#restore(clusterId, note));
  }

  /**
   * Restores a forgotten cluster by name or id. `isNew` is false if the cluster is already in the inventory. Throws
   * `cluster.not-forgotten`, or `cluster.merged` if another cluster now has the credentials.
   */
  async restoreNamed(wanted: string, note?: Note): Promise<{ cluster: Cluster; isNew: boolean }> {
    const store = this.#store;
    const forgotten = await this.findForgotten(wanted);
    const [live] = new ClusterLookup(store.clusters()).find(forgotten?.id ?? wanted, { namesFirst: !forgotten });
    if (live !== undefined) return { cluster: live, isNew: false };
    if (forgotten === undefined) throw new ConsoleError('cluster.not-forgotten', { cluster: wanted });
    const holder = this.findHolder(forgotten);
    if (holder !== undefined) throw new ConsoleError('cluster.merged', { cluster: forgotten.name, other: holder.name });
    return { cluster: await this.#restore(forgotten.id, note), isNew: true };
  }

  async findForgotten(wanted: string): Promise<Cluster | undefined> {
    const found = new ClusterLookup(this.#store.forgotten()).find(wanted, { namesFirst: true }).at(-1);
    return found && this.#store.readForgotten(found.id);
  }

  /** Finds the cluster that has the credentials after a merge or a move. */
  findHolder(forgotten: Cluster): Cluster | undefined {
    const ids = new Set(forgotten.credentials.map(({ id }) => id));
    return clustersAndForeign(this.#store).find(({ credentials }) => credentials.some(({ id }) => ids.has(id)));
  }

  async rename(request: RenameRequest, note?: Note): Promise<ClusterRows> {
    const before = clusterIn(this.#store, request.clusterId);
    const cluster = await this.#correct(() => renameCluster(this.#store, request));
    this.#renamings.set(cluster.id, { before: namesOfCluster(before), after: namesOfCluster(cluster) });
    note?.({ subject: cluster.id, from: before.name, to: cluster.commandName ?? cluster.name });
    return this.#view(cluster);
  }

  /** Takes back the last `rename` of a cluster while the console runs. Throws `cluster.renamed-since`. */
  async undoRename(clusterId: ClusterId, note?: Note): Promise<ClusterRows> {
    const { name: from } = clusterIn(this.#store, clusterId);
    const cluster = await this.#correct(() => restoreName(this.#store, clusterId, this.#renamings.get(clusterId)));
    this.#renamings.delete(clusterId);
    note?.({ subject: clusterId, from, to: cluster.name });
    return this.#view(cluster);
  }

  async merge(request: MergeRequest, note?: Note): Promise<ClusterRows> {
    const before = clusterIn(this.#store, request.clusterId).name;
    const cluster = await this.#correct(() => mergeClusters(this.#context.ports, this.#store, request));
    note?.({ subject: cluster.id, from: before, to: cluster.name });
    return this.#view(cluster);
  }

  async move(request: MoveRequest, note?: Note): Promise<ClusterRows> {
    const before = clusterIn(this.#store, request.clusterId).name;
    const cluster = await this.#correct(() => moveCredentials(this.#context.ports, this.#store, request));
    const { credentialIds } = request;
    // An earlier run of the same command made the change.
    if (cluster.id === request.clusterId) return this.#view(cluster);
    const subject = credentialIds.length === 1 ? (credentialIds[0] ?? cluster.id) : cluster.id;
    note?.({ subject, from: before, to: cluster.name, count: credentialIds.length });
    return this.#view(cluster);
  }

  async liftRevocation(request: LiftRequest, note?: Note): Promise<ClusterRows> {
    const { clock } = this.#context.ports;
    const cluster = await this.change(() => liftRevocation(this.#store, request, clock.now()));
    note?.({ subject: request.name, cluster: cluster.name, namespace: request.namespace });
    return this.#view(cluster);
  }

  decisions(): Promise<OpenDecision[]> {
    return listDecisions(new LongWork(this.#context.ports.scheduler), this.#store);
  }

  async decide(id: string, note?: Note): Promise<null> {
    const decided = await this.change(() => decide(this.#store, id));
    if (decided !== undefined)
      note?.({ subject: decided.kind === 'request' ? decided.name : decided.path, path: decided.path });
    return null;
  }

  async #restore(clusterId: ClusterId, note?: Note): Promise<Cluster> {
    const cluster = await this.#correct(() => this.#store.restore(clusterId));
    note?.(clusterFacts(cluster));
    return cluster;
  }

  /** Makes a correction and links management clusters again, because their links depend on names and files. */
  #correct(work: () => Promise<Cluster>): Promise<Cluster> {
    return this.change(async () => {
      const cluster = await work();
      await linkManagement(this.#store);
      return this.#store.cluster(cluster.id) ?? cluster;
    });
  }

  /** Makes a change to many clusters while no other change runs, then announces the clusters that changed. */
  change<T>(work: () => Promise<T>): Promise<T> {
    const { store, announce, ports } = this.#context;
    if (announce === undefined) return this.#changes.run(() => this.#keepDuring(work));
    return this.#changes.run(async () => {
      const before = new Map(clustersAndForeign(store).map((cluster) => [cluster.id, cluster]));
      const waited = store.decisions().length;
      try {
        return await this.#keepDuring(work);
      } finally {
        await this.#announceChanges(new LongWork(ports.scheduler), before, announce);
        // A change of clusters may also change to which of them a request belongs.
        if (waited + store.decisions().length > 0) announce('decisionsChanged', { decisions: await this.decisions() });
      }
    });
  }

  /** Repeats work, from what is stored by then, if somebody else changed the same cluster meanwhile. */
  async #keepDuring<T>(work: () => Promise<T>): Promise<T> {
    const { shared } = this.#store;
    try {
      return await this.#store.keepDuring(work);
    } catch (error) {
      if (shared === undefined || !(error instanceof ConsoleError) || error.code !== 'shared.conflict') throw error;
      await shared.refresh();
      return this.#store.keepDuring(work);
    }
  }

  /** Takes over what others have changed in a shared store, and announces it. */
  async refresh(): Promise<void> {
    const { shared } = this.#store;
    if (shared !== undefined) await this.change(() => shared.refresh());
  }

  /** Does the store's deferred work, and announces clusters whose files differ from their listings. */
  async settle(): Promise<void> {
    const { announce } = this.#context;
    const changed = await this.#store.settle();
    if (announce === undefined) return;
    for (const clusterId of changed) {
      const cluster = this.#store.cluster(clusterId);
      if (cluster === undefined) announce('clusterForgotten', { clusterId });
      else announce('clusterChanged', this.#view(cluster));
    }
    if (changed.length > 0) announce('storeFindings', { findings: this.#store.findings() });
  }

  async #announceChanges(work: LongWork, before: Map<ClusterId, Cluster>, announce: Announce): Promise<void> {
    let count = 0;
    for (const cluster of clustersAndForeign(this.#store)) {
      // A partial change is shown only if the rest takes long.
      if (work.isTurnOver()) await work.pause();
      if (before.get(cluster.id) !== cluster) {
        const received = announce('clusterChanged', this.#view(cluster));
        count += credentialCount(cluster);
        if (count >= ANNOUNCED_AT_ONCE) {
          await received;
          count = 0;
        }
      }
      before.delete(cluster.id);
    }
    for (const clusterId of before.keys()) announce('clusterForgotten', { clusterId });
  }

  #view(cluster: Cluster): ClusterRows {
    if (!cluster.foreign) return clusterRows(cluster);
    const columns = packRows(foreignRows(cluster, this.#store.placements()));
    return { ...clusterRows(cluster), foreign: true, columns };
  }
}

function clusterFacts(cluster: Cluster): AuditFacts {
  return { subject: cluster.id, name: cluster.name, count: credentialCount(cluster) };
}

function clusterSummary(cluster: Cluster): ClusterSummary {
  const { id, kind, sample } = cluster;
  const count = credentialCount(cluster);
  return { id, ...namesOfCluster(cluster), kind, ...agentNames(cluster), sample, count };
}
