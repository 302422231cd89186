import type {
  ClusterRows,
  ClusterSummary,
  ImportReport,
  LiftRequest,
  OpenDecision,
} from '../../core/inventory/contract.ts';
import type { ImportProgress } from '../../core/inventory/model/import-progress.ts';
import type { BoardRow } from '../../core/inventory/model/board-row.ts';
import { unpackRows } from '../../core/inventory/model/row-columns.ts';
import { isWatched } from '../../core/inventory/model/foreign.ts';
import { namesOfCluster } from '../../core/plan/model/command-name.ts';
import { agentNames } from '../../core/plan/model/deployment.ts';
import { FOREIGN_CLUSTER, type ClusterId } from '../../core/shared/ids.ts';
import type { Finding } from '../../core/shared/finding.ts';
import type { Instant } from '../../core/shared/instant.ts';
import type { Problem, Result } from '../../core/shared/problem.ts';
import type { FileTicket } from '../../core/shared/ticket.ts';
import { FEW_ROWS, mapInSlices } from '../parts/slices.svelte.ts';
import { Waiting } from '../parts/waiting.svelte.ts';
import type { Api } from '../parts/window/api.ts';
import type { NoticesState, NoticeText } from '../parts/window/notices.svelte.ts';

export type LockedFile = ImportReport['locked'][number];

/**
 * Rows per call: enough for many screens, yet answered within a frame or two. The first call is smaller, because users
 * wait for its rows.
 */
const ROWS_PER_CALL = { first: 500, later: 2_500 };
/** Changes that arrive within this time update the board together. */
const GATHER_MS = 120;

export class InventoryState {
  #api: Api;
  #notices: NoticesState;
  #byCluster = new Map<ClusterId, readonly BoardRow[]>();
  /** Clusters whose changes were reported by events. Their rows are newer than those from calls in progress. */
  #changed = new Set<ClusterId>();
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #publishing: Promise<void> | undefined;
  /** Whether more rows have arrived since the current update of the board began. */
  #isStale = false;
  #begun = 0;
  #summaries = new Map<ClusterId, ClusterSummary>();
  #openReport: () => void;
  /** Returns functions that each prepare part of the display of rows, so that the page stays responsive. */
  preparations: ((rows: readonly BoardRow[]) => (() => void)[]) | undefined;

  clusters: ClusterSummary[] = $state.raw([]);
  /** Includes watched rows that belong to no cluster. */
  rows: readonly BoardRow[] = $state.raw([]);
  /** Rows outside the platform, watched or not. */
  foreign: readonly BoardRow[] = $state.raw([]);
  #foreignCount = $state(0);
  loadedRows = $state(0);
  complete = $state(false);
  storeFindings: Finding[] = $state.raw([]);
  /** Questions that wait for the admin, of this and of earlier imports. */
  decisions: readonly OpenDecision[] = $state.raw([]);
  lastImportAt = $state<Instant>();
  report = $state.raw<ImportReport>();
  importing = $state(false);
  progress = $state.raw<ImportProgress>();
  readonly waiting = new Waiting();
  cancelling = $state(false);
  makingSample = $state(false);
  asking = $state.raw<LockedFile>();
  isPassphraseWrong = $state(false);
  opening = $state(false);

  readonly totalRows = $derived(this.clusters.reduce((sum, { count }) => sum + count, this.#foreignCount));
  readonly hasSample = $derived(this.clusters.some(({ sample }) => sample));
  readonly hasOnlySample = $derived(this.hasSample && this.clusters.every(({ sample }) => sample));
  readonly empty = $derived(this.complete && this.rows.length === 0 && this.foreign.length === 0);

  constructor(api: Api, notices: NoticesState, openReport: () => void) {
    this.#api = api;
    this.#notices = notices;
    this.#openReport = openReport;
    api.on.inventory.clusterChanged((cluster) => this.#take(cluster));
    api.on.inventory.clusterForgotten(({ clusterId }) => this.#drop(clusterId));
    api.on.inventory.storeFindings(({ findings }) => (this.storeFindings = findings));
    api.on.inventory.decisionsChanged(({ decisions }) => (this.decisions = decisions));
    api.on.inventory.importProgress((progress) => this.#showProgress(progress));
    api.on.inventory.importEnded((result) => this.#endFromMain(result));
  }

  async load(): Promise<void> {
    const overview = this.#notices.take(await this.#api.inventory.overview());
    if (overview === undefined) {
      this.complete = true;
      return;
    }
    const { clusters, foreign, findings, lastImportAt } = overview;
    this.clusters = clusters;
    this.storeFindings = findings;
    this.lastImportAt = lastImportAt;
    let published = -1;
    this.#foreignCount = foreign?.count ?? 0;
    for (const clusterIds of batches(foreign === undefined ? clusters : [...clusters, foreign])) {
      const loaded = this.#notices.take(await this.#api.inventory.rows({ clusterIds }));
      if (loaded === undefined) break;
      for (const cluster of loaded) {
        const rows = unpackRows(cluster);
        if (!this.#changed.has(cluster.clusterId)) this.#byCluster.set(cluster.clusterId, rows);
        this.loadedRows += rows.length;
      }
      // Each board has to be sorted, so the next one is shown only after the number of rows has quadrupled.
      if (published === -1 || (this.loadedRows >= 4 * published && this.#publishing === undefined)) {
        published = this.loadedRows;
        void this.#publish();
      }
    }
    if (published !== this.loadedRows || this.#gathering !== undefined) {
      this.#begun += 1;
      void this.#publish();
    }
    await this.#publishing;
    this.complete = true;
    this.decisions = this.#notices.take(await this.#api.inventory.decisions()) ?? [];
  }

  clusterRows(clusterId: ClusterId): readonly BoardRow[] {
    return this.#byCluster.get(clusterId) ?? [];
  }

  async chooseAndImport(kind: 'files' | 'folders'): Promise<void> {
    await this.importFiles(this.#notices.take(await this.#api.application.chooseSources({ kind })) ?? []);
  }

  async importFiles(tickets: FileTicket[]): Promise<void> {
    if (tickets.length === 0) return;
    await this.runImport(() => this.#api.inventory.importFiles({ tickets }));
  }

  askPassphrase(file: LockedFile): void {
    this.asking = file;
    this.isPassphraseWrong = false;
  }

  closeAsking(): void {
    this.asking = undefined;
  }

  /** Opens the file; sends the passphrase to main once. The dialog stays open if the passphrase is wrong. */
  async openLocked(passphrase: string): Promise<void> {
    const file = this.asking;
    if (file?.ticket === undefined || this.opening) return;
    this.opening = true;
    this.isPassphraseWrong = false;
    const opened = this.#notices.take(await this.#api.inventory.importFiles({ tickets: [file.ticket], passphrase }));
    this.opening = false;
    this.#hideProgress();
    if (opened === undefined) {
      this.asking = undefined;
      return;
    }
    const still = opened.locked.find(({ path }) => path === file.path);
    const isAskedStill = this.asking === file;
    this.isPassphraseWrong = isAskedStill && still !== undefined;
    if (this.report !== undefined) this.report = mergeOpened(this.report, file, opened);
    if (isAskedStill) this.asking = still;
  }

  /** Generates and imports a sample fleet; does nothing while another one is being generated. */
  async openSample(): Promise<void> {
    if (this.makingSample) return;
    this.makingSample = true;
    await this.runImport(() => this.#api.sample.open());
    this.makingSample = false;
  }

  async removeSample(): Promise<void> {
    if (this.#notices.take(await this.#api.sample.remove()) === undefined) return;
    for (const { id, sample } of this.clusters) if (sample) this.#drop(id);
    this.#notices.success([{ key: 'sample.gone' }]);
  }

  /** Shows the progress and the result of an import. */
  async runImport(run: () => Promise<Result<ImportReport>>): Promise<void> {
    this.importing = true;
    this.waiting.begin();
    const result = await run();
    this.importing = false;
    this.#hideProgress();
    this.#end(result);
  }

  /**
   * Shows the progress of an import, which main may have started for the command line or for a file dropped on the
   * icon.
   */
  #showProgress(progress: ImportProgress): void {
    this.progress = progress;
    this.waiting.begin();
  }

  #endFromMain(result: Result<ImportReport>): void {
    if (!this.importing) this.#hideProgress();
    this.#end(result);
  }

  #hideProgress(): void {
    this.waiting.end();
    this.cancelling = false;
    this.progress = undefined;
  }

  /** Requests cancellation; writes in progress finish first. */
  async cancelImport(): Promise<void> {
    this.cancelling = true;
    this.#notices.take(await this.#api.inventory.cancelImport());
  }

  async forget(clusterId: ClusterId): Promise<void> {
    const isSample = this.clusters.some(({ id, sample }) => id === clusterId && sample);
    const forgotten = this.#notices.take(await this.#api.inventory.forget({ clusterId }));
    if (forgotten === undefined) return;
    this.#drop(clusterId);
    const { name } = forgotten;
    const key = isSample ? 'inventory.forgotten.sample' : 'inventory.forgotten';
    this.#notices.success([{ key, values: { name } }], {
      action: { key: 'action.undo', run: () => void this.#restore(clusterId) },
    });
  }

  async liftRevocation(request: Omit<LiftRequest, 'lifted'>): Promise<void> {
    const { name } = request;
    if (!(await this.#lift({ ...request, lifted: true }))) return;
    this.#notices.success([{ key: 'inventory.lifted', values: { name } }], {
      action: {
        key: 'action.undo',
        run: () => void this.#lift({ ...request, lifted: false }, 'inventory.lifted.undone'),
      },
    });
  }

  async #lift(request: LiftRequest, said?: 'inventory.lifted.undone'): Promise<boolean> {
    const cluster = this.#notices.take(await this.#api.inventory.liftRevocation(request));
    if (cluster === undefined) return false;
    this.#take(cluster);
    if (said !== undefined) this.#notices.success([{ key: said, values: { name: request.name } }]);
    return true;
  }

  dismissStoreFindings(): void {
    this.storeFindings = [];
  }

  async #restore(clusterId: ClusterId): Promise<void> {
    const cluster = this.#notices.take(await this.#api.inventory.restore({ clusterId }));
    if (cluster === undefined) return;
    this.#take(cluster);
    const { name, sample } = cluster;
    const key = sample ? 'inventory.restored.sample' : 'inventory.restored';
    this.#notices.success([{ key, values: { name } }]);
  }

  #end(result: Result<ImportReport>): void {
    if (result.ok) this.#tell(result.value);
    else if (result.problem.code === 'import.cancelled') this.#tellCancelled(result.problem.params);
    else this.#notices.problem(result.problem);
  }

  /** Reports a cancelled import, which is not a failure: saved results stay visible. */
  #tellCancelled(values: Problem['params']): void {
    const texts: NoticeText[] = [
      { key: 'problem.import.cancelled', values },
      { key: 'problem.import.cancelled.remedy', values },
    ];
    if (values['clusters'] === 0) this.#notices.success(texts);
    else this.#notices.remark(texts);
  }

  #tell(report: ImportReport): void {
    const { added, renewed, unchanged, superseded, findings, revocations } = report;
    const entries = [...added, ...renewed, ...unchanged, ...superseded];
    this.report = report;
    // Only real credentials can become outdated.
    if (entries.some(({ sample }) => !sample)) this.lastImportAt = report.startedAt;
    const values = { added: added.length, renewed: renewed.length, unchanged: unchanged.length };
    const texts: NoticeText[] = [{ key: 'report.notice', values }];
    for (const kind of ['request', 'file'] as const) {
      const count = this.decisions.filter((one) => one.kind === kind).length;
      if (count > 0) texts.push({ key: `decisions.count.${kind}s`, values: { count } });
    }
    const more = { action: { key: 'command.report.open', run: this.#openReport } } as const;
    const failed = findings.some(({ severity }) => severity === 'error');
    if (failed || entries.length + revocations.length === 0) this.#notices.remark(texts, more);
    else this.#notices.success(texts, more);
  }

  #take(cluster: ClusterRows): void {
    const { clusterId, sample, foreign } = cluster;
    const rows = unpackRows(cluster);
    this.#changed.add(clusterId);
    this.#byCluster.set(clusterId, rows);
    this.#publishSoon();
    if (foreign) {
      this.#foreignCount = rows.length;
      return;
    }
    const known = this.#summaries.get(clusterId) ?? this.clusters.find(({ id }) => id === clusterId);
    const kind = known?.kind ?? (rows.some(({ layer }) => layer !== 'moc') ? 'kubernetes' : 'moc');
    const place = { id: clusterId, ...namesOfCluster(cluster), kind, sample };
    this.#summaries.set(clusterId, { ...place, ...agentNames({ ...cluster, ...place }), count: rows.length });
  }

  #drop(clusterId: ClusterId): void {
    this.#changed.add(clusterId);
    this.#summaries.delete(clusterId);
    if (!this.#byCluster.delete(clusterId)) return;
    this.clusters = this.clusters.filter(({ id }) => id !== clusterId);
    if (clusterId === FOREIGN_CLUSTER) this.#foreignCount = 0;
    this.#publishSoon();
  }

  #publishSoon(): void {
    this.#gathering ??= setTimeout(() => void this.#publish(), GATHER_MS);
  }

  /**
   * Updates the board with everything received so far. Later changes wait for the next update, because changes may
   * arrive without end.
   */
  #publish(): Promise<void> {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    this.#isStale = true;
    this.#publishing ??= this.#showAll().finally(() => (this.#publishing = undefined));
    return this.#publishing;
  }

  async #showAll(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      await this.#show();
    }
  }

  async #show(): Promise<void> {
    const begun = this.#begun;
    const foreign = this.#byCluster.get(FOREIGN_CLUSTER) ?? [];
    const rows: BoardRow[] = [];
    for (const [id, own] of this.#byCluster) if (id !== FOREIGN_CLUSTER) for (const row of own) rows.push(row);
    for (const row of foreign) if (row.foreign !== undefined && isWatched(row.foreign)) rows.push(row);
    const isWanted = (): boolean => begun === this.#begun;
    if (this.preparations !== undefined && rows.length > FEW_ROWS) {
      await mapInSlices(this.preparations(rows), (part) => part(), isWanted);
      if (!isWanted()) return;
    }
    this.foreign = foreign;
    this.rows = rows;
    if (this.#summaries.size === 0) return;
    const others = this.clusters.filter(({ id }) => !this.#summaries.has(id));
    this.clusters = [...others, ...this.#summaries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    this.#summaries.clear();
  }
}

function mergeOpened(report: ImportReport, { path }: LockedFile, opened: ImportReport): ImportReport {
  return {
    ...report,
    added: [...report.added, ...opened.added],
    renewed: [...report.renewed, ...opened.renewed],
    unchanged: [...report.unchanged, ...opened.unchanged],
    superseded: [...report.superseded, ...opened.superseded],
    findings: [...report.findings.filter(({ place }) => place.path !== path), ...opened.findings],
    locked: [...report.locked.filter((file) => file.path !== path), ...opened.locked],
  };
}

function batches(clusters: readonly ClusterSummary[]): ClusterId[][] {
  const found: ClusterId[][] = [];
  let ids: ClusterId[] = [];
  let rows = 0;
  for (const { id, count } of clusters) {
    ids.push(id);
    rows += count;
    if (rows < (found.length === 0 ? ROWS_PER_CALL.first : ROWS_PER_CALL.later)) continue;
    found.push(ids);
    ids = [];
    rows = 0;
  }
  if (ids.length > 0) found.push(ids);
  return found;
}
