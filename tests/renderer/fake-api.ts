import type { Api } from '../../renderer/api.ts';
import type {
  ClusterRows,
  CredentialDetails,
  ImportReport,
  InventoryOverview,
  PlaceView,
} from '../../core/inventory/contract.ts';
import type { AuthorityChange } from '../../core/authorities/contract.ts';
import type { RevocationListing } from '../../core/revocation/contract.ts';
import type { AuditLine, AuditVerdict } from '../../core/audit/contract.ts';
import type { AuthorityId } from '../../core/pki/model/authority.ts';
import type { AuthorityEntryDetails, AuthorityRow, AuthorityTree } from '../../core/authorities/model/view.ts';
import type { ChannelId } from '../../core/notifications/model/channel.ts';
import type { BoardRow } from '../../core/expiry/model/board-row.ts';
import type { ClusterId, CredentialId } from '../../core/shared/ids.ts';
import type { Forecast } from '../../core/forecast/model/forecast.ts';
import { DAY_MS, instant, msOf } from '../../core/shared/instant.ts';
import { LIFETIME_CLASSES } from '../../core/knowledge/model/credentials/lifetimes.ts';
import { EXPIRY_STATES } from '../../core/expiry/model/lifetime.ts';
import { fleetPlan, type MaintenancePlan } from '../../core/maintenance/model/maintenance.ts';
import type { Problem, Result } from '../../core/shared/problem.ts';
import type { EvidenceText, RepairDiagnosis, RepairPlanning } from '../../core/repair/model/planning.ts';
import type {
  DryRun,
  RevocationDocument,
  RevocationDocumentId,
  RevocationFileFacts,
  RevocationJudgement,
  RevocationSummary,
} from '../../core/revocation/model/view.ts';
import type { RunId } from '../../core/runs/model/run.ts';
import type { RunSummary, RunView } from '../../core/runs/model/view.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../core/settings/model/settings.ts';
import type { FileTicket } from '../../core/shared/ticket.ts';
import type { UpdatePlanning } from '../../core/update/model/planning.ts';
import { NOTHING_KNOWN, type KnownVersions } from '../../core/update/model/versions.ts';
import type { Verdict } from '../../core/pki/model/verdict.ts';
import type { ChannelView, WatchView } from '../../core/notifications/model/notification-view.ts';
import { boardRow } from '../support/board-rows.ts';

const NOW = instant('2026-11-24T12:00:00Z');
export const NOW_MS = msOf(NOW);

export const PROBLEM: Problem = { code: 'internal', params: {}, logId: '7f3c' };

const NO_VAULT: Problem = { code: 'vault.not-available', params: {} };

type Listener = (event: never) => void;

interface EntryReference {
  authorityId: AuthorityId;
  entryId: CredentialId;
}

/** A console in memory: answers as the real one does, remembers what was asked, and fails on demand. */
export class FakeApi {
  /** The answer to every question about the future. */
  forecast: Forecast = {
    nowMs: msOf(NOW),
    untilMs: msOf(NOW) + 365 * DAY_MS,
    scenario: {},
    answer: { broken: 0, breaking: 0 },
    clusters: [],
    lives: { ids: [], moments: new Float64Array() },
  };
  readonly asked: { method: string; argument: unknown }[] = [];
  readonly clusters = new Map<ClusterId, BoardRow[]>();
  readonly authorities = new Map<AuthorityId, AuthorityTree>();
  readonly failing = new Set<string>();
  /** Methods whose answers wait for this. */
  readonly held = new Map<string, Promise<void>>();
  /** Fails like this instead of with a bug, as long as it stands here. */
  readonly problems = new Map<string, Problem>();
  /** The system keeps no passphrase. */
  vaultMissing = false;
  verdict: Verdict = { accepted: true, reasons: [], path: [] };
  /** What the admin chooses in the system's dialogs. */
  sources: FileTicket[] = ['ticket' as FileTicket];
  target: FileTicket | null = 'target' as FileTicket;
  /** Whether the admin goes through with printing. */
  printed = true;
  #forgotten = new Map<ClusterId, BoardRow[]>();
  #discarded = new Map<RevocationDocumentId, RevocationDocument>();
  #listeners = new Map<string, Set<Listener>>();
  settings: Settings = DEFAULT_SETTINGS;
  report: ImportReport = EMPTY_REPORT;
  /** What lies in the known places. */
  places: PlaceView[] = [];
  findings: InventoryOverview['findings'] = [];
  /** Objects that imports read. */
  readRevocations: RevocationListing['read'] = [];
  watch: WatchView = EMPTY_WATCH_VIEW;
  /** By their ids, in the order in which they were made. */
  readonly revocations = new Map<RevocationDocumentId, RevocationDocument>();
  /** The answer to every text. */
  judgement: RevocationJudgement = EMPTY_JUDGEMENT;
  /** What every change makes of a text. */
  edited: (text: string) => string = (text) => `${text}# changed\n`;
  /** What another program has made of a revocation's file. */
  textOnDisk = '';
  /** The answer to every pasted text, and to every question for a plan. */
  versions: KnownVersions = NOTHING_KNOWN;
  planning: UpdatePlanning = EMPTY_PLANNING;
  /** What fits every evidence, and repairs it. */
  evidence: EvidenceText = { name: 'kms.log', text: '', secrets: 0 };
  diagnosis: RepairDiagnosis = { causes: [], elsewhere: [] };
  repair: RepairPlanning = { causes: [], plan: { ...EMPTY_PLANNING.plan, kind: 'repair' } };
  /** By their ids, the oldest first; `start` answers with the newest. */
  readonly runs = new Map<RunId, RunView>();
  /** Newest first. */
  auditLines: AuditLine[] = [];
  auditFaults: AuditVerdict['faults'] = [];

  constructor(rows: readonly BoardRow[] = []) {
    for (const row of rows) {
      this.clusters.set(row.clusterId, [...(this.clusters.get(row.clusterId) ?? []), row]);
    }
  }

  argumentsOf(method: string): unknown[] {
    return this.asked.filter((call) => call.method === method).map(({ argument }) => argument);
  }

  fire(event: string, payload: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(payload as never);
  }

  run(id: RunId): RunView {
    const view = this.runs.get(id);
    if (view === undefined) throw new Error(`no run ${id}`);
    return view;
  }

  #anyRun(): RunView {
    const view = [...this.runs.values()].at(-1);
    if (view === undefined) throw new Error('no run');
    return view;
  }

  cluster(clusterId: ClusterId): ClusterRows {
    return { clusterId, name: clusterId, rows: this.clusters.get(clusterId) ?? [] };
  }

  /** Of the clusters that there are, by the rules in the settings. */
  #plan(): MaintenancePlan {
    const nowMs = msOf(NOW);
    const clusters = [...this.clusters].map(([id]) => ({
      id,
      name: id,
      kind: 'kubernetes' as const,
      addresses: [],
      credentials: [],
      history: [],
    }));
    const rows = [...this.clusters.values()].flat();
    const input = { clusters, rows, facts: {}, classes: LIFETIME_CLASSES, nowMs };
    return fleetPlan(input, this.settings.planning, 'UTC');
  }

  readonly api: Api = {
    inventory: {
      overview: () =>
        this.#answer('overview', undefined, () => ({
          clusters: [...this.clusters].map(([id, rows]) => ({
            id,
            name: id,
            kind: 'kubernetes' as const,
            count: rows.length,
          })),
          findings: this.findings,
          lastImportAt: NOW,
        })),
      rows: (request) => this.#answer('rows', request, () => request.clusterIds.map((id) => this.cluster(id))),
      details: (request) => this.#answer('details', request, () => this.#details(request)),
      places: () => this.#answer('places', undefined, () => this.places),
      importFiles: (request) => this.#answer('importFiles', request, () => this.report),
      forget: (request) =>
        this.#answer('forget', request, () => {
          const { clusterId } = request;
          this.#forgotten.set(clusterId, this.clusters.get(clusterId) ?? []);
          this.clusters.delete(clusterId);
          return { clusterId, name: clusterId };
        }),
      restore: (request) =>
        this.#answer('restore', request, () => {
          this.clusters.set(request.clusterId, this.#forgotten.get(request.clusterId) ?? []);
          return this.cluster(request.clusterId);
        }),
      liftRevocation: (request) => this.#answer('liftRevocation', request, () => this.cluster(request.clusterId)),
    },
    forecast: {
      compute: (question) =>
        this.#answer('forecast', question, () => ({ ...this.forecast, scenario: question.scenario })),
    },
    maintenance: {
      plan: () => this.#answer('plan', undefined, () => this.#plan()),
      exportPlan: (request) =>
        this.#answer('exportPlan', request, () => ({ name: 'plan', bytes: 1, sha256: 'a'.repeat(64) })),
    },
    notifications: {
      watch: () => this.#answer('watch', undefined, () => this.watch),
      saveChannel: (draft) =>
        this.#answer('saveChannel', draft, () => {
          const channel = aChannel({ name: draft.name, enabled: draft.enabled });
          return this.#watched({ channels: [...this.watch.channels, channel] });
        }),
      removeChannel: (request) =>
        this.#answer('removeChannel', request, () =>
          this.#watched({ channels: this.watch.channels.filter(({ id }) => id !== request.channelId) }),
        ),
      testChannel: (request) => this.#answer('testChannel', request, () => this.watch),
      checkNow: () => this.#answer('checkNow', undefined, () => this.watch),
      mark: (request) =>
        this.#answer('mark', request, () =>
          this.#watched({ marks: [...this.watch.marks, { ...request, at: NOW, by: 'admin', state: 'urgent' }] }),
        ),
      unmark: (request) =>
        this.#answer('unmark', request, () =>
          this.#watched({
            marks: this.watch.marks.filter(({ credentialId }) => credentialId !== request.credentialId),
          }),
        ),
    },
    export: {
      board: (request) =>
        this.#answer('board', request, () => ({
          name: `board.${request.format}`,
          rows: 3,
          bytes: 100,
          sha256: 'ab'.repeat(32),
        })),
      report: (request) =>
        this.#answer('report', request, () => ({ name: 'report.html', bytes: 100, sha256: 'cd'.repeat(32) })),
      print: () => this.#answer('print', undefined, () => ({ printed: this.printed })),
    },
    authority: {
      list: () =>
        this.#answer('list', undefined, () => ({
          authorities: [...this.authorities.values()],
          findings: this.findings,
        })),
      tree: (request) => this.#answer('tree', request, () => this.authority(request.authorityId)),
      entry: (request) => this.#answer('entry', request, () => this.#entry(request)),
      create: (request) =>
        this.#answer('create', request, () => this.#put(aTree(request.name, [aRoot()], { kind: request.kind }))),
      remove: (request) =>
        this.#answer('remove', request, () => {
          const tree = this.authority(request.authorityId);
          this.authorities.delete(request.authorityId);
          return tree;
        }),
      unlock: (request) => {
        if (this.vaultMissing && request.remember) this.problems.set('unlock', NO_VAULT);
        else if (this.problems.get('unlock') === NO_VAULT) this.problems.delete('unlock');
        return this.#answer('unlock', request, () =>
          this.#change(request.authorityId, { unlocked: true, remembered: request.remember }),
        );
      },
      lock: (request) =>
        this.#answer('lock', request, () =>
          this.#change(request.authorityId, { unlocked: false, ...(request.forget && { remembered: false }) }),
        ),
      changePassphrase: (request) =>
        this.#answer('changePassphrase', request, () => this.#change(request.authorityId, { remembered: false })),
      issue: (request) =>
        this.#answer('issue', request, () => this.#add(request.authorityId, anIssued(request.profile))),
      signRequest: (request) =>
        this.#answer('signRequest', request, () =>
          this.#add(
            request.authorityId,
            anIssued(`signed-${String(this.argumentsOf('signRequest').length)}`, { hasKey: false }),
          ),
        ),
      renew: (request) =>
        this.#answer('renew', request, () => {
          const next = anIssued(`${this.#row(request).name}-next`);
          this.#changeRow(request, { supersededBy: next.id });
          return this.#add(request.authorityId, next);
        }),
      revoke: (request) =>
        this.#answer('revoke', request, () => ({
          tree: this.#changeRow(request, { revoked: { at: NOW, reason: request.reason } }),
          entryId: request.entryId,
        })),
      rotateCa: (request) => this.#answer('rotateCa', request, () => this.authority(request.authorityId)),
      verify: (request) => this.#answer('verify', request, () => this.verdict),
      export: (request) => this.#answer('export', request, () => ({ name: 'saved', bytes: 1, sha256: 'cd' })),
      exportCrl: (request) => this.#answer('exportCrl', request, () => ({ name: 'list', bytes: 1, sha256: 'ef' })),
      createIdentity: (request) => this.#answer('createIdentity', request, () => this.authority(request.authorityId)),
      rotateIdentity: (request) => this.#answer('rotateIdentity', request, () => this.authority(request.authorityId)),
      revokeIdentity: (request) => this.#answer('revokeIdentity', request, () => this.authority(request.authorityId)),
      reinstateIdentity: (request) =>
        this.#answer('reinstateIdentity', request, () => this.authority(request.authorityId)),
      openSample: () => this.#answer('openSample', undefined, () => this.report),
      removeSample: () => this.#answer('removeSample', undefined, () => ({ clusters: 0 })),
    },
    revocation: {
      list: () =>
        this.#answer('revocation.list', undefined, () => ({
          documents: [...this.revocations.values()].map(summaryOf),
          read: this.readRevocations,
          findings: this.findings,
          kubeconfigs: ['C:\\Users\\admin\\.kube\\config'],
        })),
      create: (request) =>
        this.#answer('revocation.create', request, () =>
          this.#putRevocation(
            aRevocation((this.revocations.size + 1).toString(16).padStart(16, '0'), {
              ...request,
              step: request.goal === undefined ? 'goal' : 'choose',
            }),
          ),
        ),
      copyRead: (request) =>
        this.#answer('revocation.copyRead', request, () =>
          this.#putRevocation(aRevocation('c'.repeat(16), { text: `# ${request.name}` })),
        ),
      openFile: (request) =>
        this.#answer('revocation.openFile', request, () =>
          this.#putRevocation(aRevocation('f'.repeat(16), { file: A_FILE })),
        ),
      open: (request) => this.#answer('revocation.open', request, () => this.revocation(request.documentId)),
      keep: (request) =>
        this.#answer('revocation.keep', request, () => {
          const { documentId, ...kept } = request;
          return summaryOf(this.#putRevocation({ ...this.revocation(documentId), ...kept, changedAt: NOW }));
        }),
      reload: (request) => this.#answer('revocation.reload', request, () => this.revocation(request.documentId)),
      readFile: (request) => this.#answer('revocation.readFile', request, () => ({ text: this.textOnDisk })),
      discard: (request) =>
        this.#answer('revocation.discard', request, () => {
          const document = this.revocation(request.documentId);
          this.revocations.delete(document.id);
          this.#discarded.set(document.id, document);
          return summaryOf(document);
        }),
      restore: (request) =>
        this.#answer('revocation.restore', request, () => {
          const document = this.#discarded.get(request.documentId);
          if (document === undefined) throw new Error('nothing was discarded');
          return summaryOf(this.#putRevocation(document));
        }),
      judge: (request) => this.#answer('revocation.judge', request, () => this.judgement),
      edit: (request) => this.#answer('revocation.edit', request, () => ({ text: this.edited(request.text) })),
      matches: (request) => this.#answer('revocation.matches', request, () => ({ total: 0, rows: [] })),
      foresee: (request) => this.#answer('revocation.foresee', request, () => ({ total: 0, rows: [], byEntry: [] })),
      performDryRun: (request) => this.#answer('revocation.performDryRun', request, () => aDryRun(request.clusterId)),
      candidates: (request) =>
        this.#answer('revocation.candidates', request, () => ({ total: 0, certificates: [], nodes: [], groups: [] })),
      readSerials: (request) =>
        this.#answer('revocation.readSerials', request, () =>
          request.text
            .split('\n')
            .filter((text) => text !== '')
            .map((text) => ({ text, readings: [] })),
        ),
      propose: (request) =>
        this.#answer('revocation.propose', request, () => ({
          draft: { name: request.choice.goal, entries: [] },
          notes: [],
        })),
      save: (request) =>
        this.#answer('revocation.save', request, () =>
          this.#putRevocation({ ...this.revocation(request.documentId), text: request.text, file: A_FILE }),
        ),
      copy: (request) => this.#answer('revocation.copy', request, () => null),
      exportBundle: (request) =>
        this.#answer('revocation.exportBundle', request, () => ({
          name: 'revocation.zip',
          bytes: 1,
          sha256: 'ab'.repeat(32),
        })),
      send: (request) => this.#answer('revocation.send', request, () => aDryRun(request.clusterId)),
    },
    update: {
      read: (request) => this.#answer('update.read', request, () => ({ known: this.versions, findings: [] })),
      plan: (request) => this.#answer('update.plan', request, () => this.planning),
      exportPlan: (request) =>
        this.#answer('update.exportPlan', request, () => ({
          name: `update.${request.format}`,
          bytes: 1,
          sha256: 'ab'.repeat(32),
        })),
      exportWindow: (request) =>
        this.#answer('update.exportWindow', request, () => ({ name: 'update.ics', bytes: 1, sha256: 'ab'.repeat(32) })),
    },
    repair: {
      readEvidence: (request) => this.#answer('repair.readEvidence', request, () => this.evidence),
      diagnose: (answers) => this.#answer('repair.diagnose', answers, () => this.diagnosis),
      plan: (answers) => this.#answer('repair.plan', answers, () => this.repair),
      exportPlan: (request) =>
        this.#answer('repair.exportPlan', request, () => ({
          name: `repair.${request.format}`,
          bytes: 1,
          sha256: 'ab'.repeat(32),
        })),
    },
    runs: {
      list: () =>
        this.#answer('runs.list', undefined, () => ({
          runs: [...this.runs.values()].reverse().map(runSummary),
          findings: [],
        })),
      read: (request) => this.#answer('runs.read', request, () => this.run(request.id)),
      start: (request) => this.#answer('runs.start', request, () => this.#anyRun()),
      resume: (request) => this.#answer('runs.resume', request, () => this.run(request.id)),
      answer: (request) => this.#answer('runs.answer', request, () => this.run(request.id)),
      cancel: (request) => this.#answer('runs.cancel', request, () => this.run(request.id)),
      exportEvidence: (request) =>
        this.#answer('runs.exportEvidence', request, () => ({
          name: `run-${request.id}.zip`,
          bytes: 1,
          sha256: 'ab'.repeat(32),
        })),
    },
    audit: {
      list: (request) =>
        this.#answer('audit.list', request, () => {
          const { before = Infinity, limit, action } = request;
          const earlier = this.auditLines.filter(({ line }) => line < before);
          const lines = earlier.filter(({ entry }) => action === undefined || entry?.action === action).slice(0, limit);
          const last = lines.at(-1)?.line;
          const since = this.auditLines.at(-1)?.entry?.at;
          return {
            total: this.auditLines.length,
            lines,
            since,
            ...(lines.length === limit && last !== undefined && last > 1 && { next: last }),
          };
        }),
      verify: () =>
        this.#answer('audit.verify', undefined, () => ({
          lines: this.auditLines.length,
          head: '0'.repeat(64),
          faults: this.auditFaults,
          faultCount: this.auditFaults.length,
        })),
      export: (request) =>
        this.#answer('audit.export', request, () => ({
          name: `audit.${request.format}`,
          bytes: 1,
          sha256: 'ab'.repeat(32),
        })),
    },
    settings: {
      read: () => this.#answer('read', undefined, () => this.settings),
      change: (change) =>
        this.#answer('change', change, () => {
          this.settings = { ...this.settings, ...change };
          return this.settings;
        }),
    },
    application: {
      about: () =>
        this.#answer('about', undefined, () => ({
          version: '0.1.0',
          node: '20',
          system: 'Windows Server 2022',
          dataFolder: 'C:\\data',
        })),
      chooseSources: (request) => this.#answer('chooseSources', request, () => this.sources),
      chooseTarget: (request) => this.#answer('chooseTarget', request, () => this.target),
      copy: (request) => this.#answer('copy', request, () => null),
    },
    on: {
      inventory: {
        clusterChanged: this.#listen('clusterChanged'),
        clusterForgotten: this.#listen('clusterForgotten'),
        importProgress: this.#listen('importProgress'),
        importEnded: this.#listen('importEnded'),
      },
      authority: { changed: this.#listen('authorityChanged'), removed: this.#listen('authorityRemoved') },
      notifications: { watchChanged: this.#listen('watchChanged'), opened: this.#listen('opened') },
      settings: { changed: this.#listen('changed') },
      runs: { changed: this.#listen('runChanged'), printed: this.#listen('runPrinted') },
      audit: { appended: this.#listen('appended') },
      application: { command: this.#listen('command'), dropped: this.#listen('dropped') },
    },
  };

  #watched(change: Partial<WatchView>): WatchView {
    this.watch = { ...this.watch, ...change };
    return this.watch;
  }

  #answer<T>(method: string, argument: unknown, value: () => T): Promise<Result<T>> {
    this.asked.push({ method, argument });
    const problem = this.problems.get(method) ?? (this.failing.has(method) ? PROBLEM : undefined);
    const result: Result<T> = problem === undefined ? { ok: true, value: value() } : { ok: false, problem };
    const held = this.held.get(method);
    return held === undefined ? Promise.resolve(result) : held.then(() => result);
  }

  #listen(event: string) {
    return (listener: Listener): (() => void) => {
      const listeners = this.#listeners.get(event) ?? new Set();
      this.#listeners.set(event, listeners.add(listener));
      return () => listeners.delete(listener);
    };
  }

  authority(id: AuthorityId): AuthorityTree {
    const tree = this.authorities.get(id);
    if (tree === undefined) throw new Error('no such authority');
    return tree;
  }

  revocation(id: RevocationDocumentId): RevocationDocument {
    const document = this.revocations.get(id);
    if (document === undefined) throw new Error('no such revocation');
    return document;
  }

  #putRevocation(document: RevocationDocument): RevocationDocument {
    this.revocations.set(document.id, document);
    return document;
  }

  #put(tree: AuthorityTree): AuthorityTree {
    this.authorities.set(tree.id, tree);
    return tree;
  }

  #change(id: AuthorityId, change: Partial<AuthorityTree>): AuthorityTree {
    return this.#put({ ...this.authority(id), ...change });
  }

  #add(id: AuthorityId, row: AuthorityRow): AuthorityChange {
    const tree = this.#change(id, { rows: [...this.authority(id).rows, row] });
    return { tree, entryId: row.id };
  }

  #row({ authorityId, entryId }: EntryReference): AuthorityRow {
    const row = this.authority(authorityId).rows.find(({ id }) => id === entryId);
    if (row === undefined) throw new Error('no such certificate');
    return row;
  }

  #changeRow(reference: EntryReference, change: Partial<AuthorityRow>): AuthorityTree {
    const changed = { ...this.#row(reference), ...change };
    const { rows } = this.authority(reference.authorityId);
    return this.#change(reference.authorityId, { rows: rows.map((row) => (row.id === changed.id ? changed : row)) });
  }

  #entry(reference: EntryReference): AuthorityEntryDetails {
    const row = this.#row(reference);
    return { authorityId: reference.authorityId, row } as Partial<AuthorityEntryDetails> as AuthorityEntryDetails;
  }

  #details({ clusterId, credentialId }: { clusterId: ClusterId; credentialId: CredentialId }) {
    const row = this.clusters.get(clusterId)?.find(({ id }) => id === credentialId);
    return { clusterId, cluster: clusterId, id: credentialId, row } as Partial<CredentialDetails> as CredentialDetails;
  }
}

const EMPTY_WATCH_VIEW: WatchView = {
  channels: [],
  marks: [],
  findings: [],
  kinds: ['toast', 'webhook', 'mail', 'prometheus'],
  keepsSecrets: true,
  startsAtLogin: true,
  summary: {
    clusters: 0,
    credentials: 0,
    sources: 0,
    sourcesDown: 0,
    counts: Object.fromEntries(EXPIRY_STATES.map((state) => [state, 0])) as WatchView['summary']['counts'],
  },
};

const A_FILE: RevocationFileFacts = {
  name: 'lost.yaml',
  path: 'C:\\revocations\\lost.yaml',
  at: NOW,
  sha256: 'ab'.repeat(32),
  edited: false,
  onDisk: 'same',
};

/** A plan of nothing. */
const EMPTY_PLANNING: UpdatePlanning = {
  plan: { kind: 'update', madeAt: NOW, clusters: [], warnings: [], steps: [], after: [] },
  checks: [],
  questions: [],
  minutes: 0,
  length: { text: 'update.run-length', citations: [] },
};

/** A text that nothing is wrong with and that does nothing. */
const EMPTY_JUDGEMENT: RevocationJudgement = {
  objects: [],
  findings: [],
  plan: [],
  isSound: false,
  guard: { consequences: [] },
  impact: { matched: 0, stillValid: 0, known: 0, clusters: [], exposure: [] },
};

/** A document that is empty unless `change` says otherwise. */
export function aRevocation(id: string, change: Partial<RevocationDocument> = {}): RevocationDocument {
  return {
    id: id as RevocationDocumentId,
    text: '',
    objectIndex: 0,
    step: 'entries',
    createdAt: NOW,
    changedAt: NOW,
    ...change,
  };
}

/** As the real one, but for the names and the count, which are of no text here. */
function summaryOf(document: RevocationDocument): RevocationSummary {
  const { id, step, goal, changedAt, file } = document;
  return { id, names: [], entries: 0, step, changedAt, goal, file };
}

/** One in which nothing happens. */
export function aDryRun(clusterId: ClusterId): DryRun {
  return { clusterId, from: NOW, until: NOW, revoked: [], hours: [], apiServer: true, assumed: [] };
}

/** A webhook that was never used. */
export function aChannel(change: Partial<Extract<ChannelView, { kind: 'webhook' }>>): ChannelView {
  return {
    id: '00000000000000a1' as ChannelId,
    kind: 'webhook',
    name: 'monitor',
    enabled: true,
    ...{ createdAt: NOW, url: 'https://monitor.example', secret: { kind: 'vault' } },
    status: { failures: 0 },
    waiting: 0,
    available: true,
    ...change,
  };
}

export const EMPTY_REPORT: ImportReport = {
  startedAt: NOW,
  filesRead: 0,
  added: [],
  renewed: [],
  unchanged: [],
  superseded: [],
  revocations: [],
  findings: [],
  filesWithoutCredentials: [],
};

/** A four-day certificate of which `share` has passed at `NOW`. */
export function aRow(name: string, share = 0.5, change: Partial<BoardRow> = {}): BoardRow {
  const notBeforeMs = NOW_MS - share * 4 * DAY_MS;
  return boardRow({ name, notBeforeMs, notAfterMs: notBeforeMs + 4 * DAY_MS, ...change });
}

/** An authority that is unlocked, with `rows` in it. */
export function aTree(name: string, rows: readonly AuthorityRow[], change: Partial<AuthorityTree> = {}): AuthorityTree {
  return {
    id: name as AuthorityId,
    name,
    kind: 'kubernetes',
    createdAt: NOW,
    sample: false,
    unlocked: true,
    remembered: false,
    cas: rows.filter(({ isCa }) => isCa).length,
    certificates: rows.filter(({ isCa }) => !isCa).length,
    rows: [...rows],
    identities: [],
    ...change,
  };
}

/** A CA of ten years that signed itself a year ago. */
export function aRoot(name = 'kubernetes', change: Partial<AuthorityRow> = {}): AuthorityRow {
  return {
    id: name as CredentialId,
    name,
    profile: 'cluster-ca',
    role: 'cluster-ca',
    lifetimeClass: 'kubernetes-root',
    isCa: true,
    issuer: 'self',
    serialHex: '01',
    key: 'P-384',
    notBeforeMs: NOW_MS - 365 * DAY_MS,
    notAfterMs: NOW_MS + 3_285 * DAY_MS,
    hasKey: true,
    ...change,
  };
}

/** A four-day certificate of that CA, of which one day has passed. */
export function anIssued(name: string, change: Partial<AuthorityRow> = {}): AuthorityRow {
  return {
    id: name as CredentialId,
    name,
    profile: 'apiserver',
    role: 'apiserver',
    lifetimeClass: 'kubernetes-leaf',
    isCa: false,
    issuer: 'kubernetes' as CredentialId,
    serialHex: '02',
    key: 'P-384',
    notBeforeMs: NOW_MS - DAY_MS,
    notAfterMs: NOW_MS + 3 * DAY_MS,
    hasKey: true,
    ...change,
  };
}

function runSummary({ run, isLive }: RunView): RunSummary {
  const { id, plan, target, by, state, startedAt, endedAt, steps } = run;
  return {
    id,
    kind: plan.kind,
    target,
    by,
    state,
    startedAt,
    isLive,
    endedAt,
    clusters: plan.clusters.map(({ name }) => name),
    done: steps.filter((step) => step.state === 'done').length,
    count: steps.length,
  };
}
