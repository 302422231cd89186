import type { Api } from '../../renderer/api.ts';
import type {
  ClusterRows,
  CredentialDetails,
  ImportReport,
  InventoryOverview,
} from '../../core/contract.ts';
import type { BoardRow } from '../../core/domain/board.ts';
import type { ClusterId, CredentialId } from '../../core/domain/credential.ts';
import { DAY_MS, instant, msOf } from '../../core/domain/instant.ts';
import type { Problem, Result } from '../../core/domain/problem.ts';
import { DEFAULT_SETTINGS } from '../../core/domain/settings.ts';
import type { Settings } from '../../core/domain/settings.ts';
import type { FileTicket } from '../../core/domain/ticket.ts';
import { boardRow } from '../support/board-rows.ts';

const NOW = instant('2026-11-24T12:00:00Z');
export const NOW_MS = msOf(NOW);

export const PROBLEM: Problem = { code: 'internal', params: {}, logId: '7f3c' };

type Listener = (event: never) => void;

/** A console in memory: answers as the real one does, remembers what was asked, and fails on demand. */
export class FakeApi {
  readonly asked: { method: string; argument: unknown }[] = [];
  readonly clusters = new Map<ClusterId, BoardRow[]>();
  readonly failing = new Set<string>();
  #forgotten = new Map<ClusterId, BoardRow[]>();
  #listeners = new Map<string, Set<Listener>>();
  settings: Settings = DEFAULT_SETTINGS;
  report: ImportReport = EMPTY_REPORT;
  findings: InventoryOverview['findings'] = [];

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

  cluster(clusterId: ClusterId): ClusterRows {
    return { clusterId, name: clusterId, rows: this.clusters.get(clusterId) ?? [] };
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
      rows: (request) =>
        this.#answer('rows', request, () => request.clusterIds.map((id) => this.cluster(id))),
      details: (request) => this.#answer('details', request, () => this.#details(request)),
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
    },
    export: {
      board: (request) =>
        this.#answer('board', request, () => ({
          name: `board.${request.format}`,
          rows: 3,
          bytes: 100,
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
      chooseSources: (request) =>
        this.#answer('chooseSources', request, () => ['ticket' as FileTicket]),
      chooseTarget: (request) =>
        this.#answer('chooseTarget', request, () => 'target' as FileTicket),
      copy: (request) => this.#answer('copy', request, () => null),
    },
    on: {
      inventory: {
        clusterChanged: this.#listen('clusterChanged'),
        clusterForgotten: this.#listen('clusterForgotten'),
        importProgress: this.#listen('importProgress'),
        importEnded: this.#listen('importEnded'),
      },
      settings: { changed: this.#listen('changed') },
      application: { command: this.#listen('command'), dropped: this.#listen('dropped') },
    },
  };

  #answer<T>(method: string, argument: unknown, value: () => T): Promise<Result<T>> {
    this.asked.push({ method, argument });
    return Promise.resolve(
      this.failing.has(method) ? { ok: false, problem: PROBLEM } : { ok: true, value: value() },
    );
  }

  #listen(event: string) {
    return (listener: Listener): (() => void) => {
      const listeners = this.#listeners.get(event) ?? new Set();
      this.#listeners.set(event, listeners.add(listener));
      return () => listeners.delete(listener);
    };
  }

  #details({ clusterId, credentialId }: { clusterId: ClusterId; credentialId: CredentialId }) {
    const row = this.clusters.get(clusterId)?.find(({ id }) => id === credentialId);
    return {
      clusterId,
      cluster: clusterId,
      id: credentialId,
      row,
    } as Partial<CredentialDetails> as CredentialDetails;
  }
}

export const EMPTY_REPORT: ImportReport = {
  startedAt: NOW,
  filesRead: 0,
  added: [],
  renewed: [],
  unchanged: [],
  superseded: [],
  findings: [],
  filesWithoutCredentials: [],
};

/** A four-day certificate of which `share` has passed at `NOW`. */
export function aRow(name: string, share = 0.5, change: Partial<BoardRow> = {}): BoardRow {
  const notBeforeMs = NOW_MS - share * 4 * DAY_MS;
  return boardRow({ name, notBeforeMs, notAfterMs: notBeforeMs + 4 * DAY_MS, ...change });
}
