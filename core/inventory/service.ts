import type { AuditRecord } from '../audit/store/audit.ts';
import type { ClusterId } from '../shared/ids.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { Ports } from '../shared/ports.ts';
import { Queue } from '../store/document.ts';
import type { InventoryStore } from '../store/inventory-store.ts';
import type {
  ClusterRows,
  CredentialDetails,
  CredentialRequest,
  ImportReport,
  InventoryEvents,
  InventoryOverview,
  LiftRequest,
} from './contract.ts';
import { toCredentialDetails } from './details.ts';
import { importPaths, type ImportPorts } from './import.ts';
import type { Cluster } from './model/credential.ts';
import type { LookedPlace } from './model/known-place.ts';
import { lookAtPlaces, type PlacePorts } from './places.ts';
import { liftRevocation } from './read/revocations.ts';
import { clusterRows } from './rows.ts';

export interface InventoryServiceContext {
  ports: ImportPorts & PlacePorts & { host: Pick<Ports['host'], 'user'> };
  store: InventoryStore;
  announce: <E extends keyof InventoryEvents>(event: E, payload: InventoryEvents[E]) => void;
}

/** The inventory, for the window and the command line alike. */
export class InventoryService {
  readonly #context: InventoryServiceContext;
  /**
   * What the notifier reads again and what somebody imports, forgets or brings back at the same time must not change the same
   * cluster: what is forgotten while its files are on their way would come back.
   */
  readonly #changes = new Queue();

  constructor(context: InventoryServiceContext) {
    this.#context = context;
  }

  get #store(): InventoryStore {
    return this.#context.store;
  }

  overview(): InventoryOverview {
    const lastImportAt = this.#store.lastImportAt();
    return {
      clusters: this.#store
        .clusters()
        .map(({ id, name, kind, sample, credentials }) => ({
          id,
          name,
          kind,
          ...(sample && { sample }),
          count: credentials.length,
        })),
      findings: this.#store.findings(),
      ...(lastImportAt !== undefined && { lastImportAt }),
    };
  }

  /** Board rows of these clusters, in this order; one that is gone is left out. */
  rows(clusterIds: readonly ClusterId[]): ClusterRows[] {
    return clusterIds.flatMap((id) => {
      const cluster = this.#store.cluster(id);
      return cluster === undefined ? [] : [clusterRows(cluster)];
    });
  }

  /** `cluster.unknown`, `credential.unknown`. */
  details(request: CredentialRequest): CredentialDetails {
    return toCredentialDetails(this.#context.ports, this.#store, request);
  }

  places(): Promise<LookedPlace[]> {
    return lookAtPlaces(this.#context.ports);
  }

  /** Reads files, and folders recursively. One unreadable entry never hides the others. */
  importFiles(paths: readonly string[]): Promise<ImportReport> {
    const { ports, announce } = this.#context;
    return this.change(() =>
      importPaths(ports, this.#store, paths, (progress) => {
        announce('importProgress', progress);
      }),
    );
  }

  /** Takes a cluster out of the inventory. `cluster.unknown`. */
  async forget(clusterId: ClusterId): Promise<Cluster> {
    const cluster = this.#find(clusterId);
    await this.change(() => this.#store.forget(clusterId));
    return cluster;
  }

  /** Brings back a cluster that this process has forgotten. `cluster.unknown`. */
  async restore(clusterId: ClusterId): Promise<ClusterRows> {
    return clusterRows(await this.change(() => this.#store.restore(clusterId)));
  }

  /**
   * Notes of a RenewRevocation object that it is in force no longer, or that it is again, and tells the audit trail.
   * `cluster.unknown`, `revocation.unknown`.
   */
  async liftRevocation(request: LiftRequest, audit: (record: AuditRecord) => Promise<unknown>): Promise<ClusterRows> {
    const { clock, host } = this.#context.ports;
    const cluster = await this.change(() => liftRevocation(this.#store, request, clock.now()));
    await audit({
      by: host.user(),
      action: request.lifted ? 'revocation.lifted' : 'revocation.in-force',
      subject: request.name,
      params: { cluster: cluster.name, namespace: request.namespace },
    });
    return clusterRows(cluster);
  }

  /** Runs what may change many clusters, alone, then tells of those that did: a changed cluster is another object. */
  change<T>(work: () => Promise<T>): Promise<T> {
    return this.#changes.run(async () => {
      const before = new Map(this.#store.clusters().map((cluster) => [cluster.id, cluster]));
      try {
        return await work();
      } finally {
        const { announce } = this.#context;
        for (const cluster of this.#store.clusters()) {
          if (before.get(cluster.id) !== cluster) announce('clusterChanged', clusterRows(cluster));
          before.delete(cluster.id);
        }
        for (const clusterId of before.keys()) announce('clusterForgotten', { clusterId });
      }
    });
  }

  #find(clusterId: ClusterId): Cluster {
    const cluster = this.#store.cluster(clusterId);
    if (cluster === undefined) throw new ConsoleError('cluster.unknown', { cluster: clusterId });
    return cluster;
  }
}
