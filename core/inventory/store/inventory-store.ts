import type { ClusterId } from '../../shared/ids.ts';
import type { Correction } from '../model/correction.ts';
import type { Cluster, ManagementLink, Placement } from '../model/credential.ts';
import type { Decision } from '../schemas.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';
import type { KnownRevocation } from '../../shared/renew-revocation/known.ts';
import { ConsoleError, type Problem } from '../../shared/problem.ts';
import type { SharedClaim } from '../../shared/shared-store.ts';
import type { JoinedStore } from './joined-store.ts';

export interface UnplacedRevocation {
  known: KnownRevocation;
  sample?: true;
}

export interface ForgottenCluster {
  id: ClusterId;
  name: string;
  forgottenAt: Instant;
}

/** Pass a new `Cluster` to `update`; never mutate a returned one. A change is stored once its promise resolves. */
export interface InventoryStore {
  /**
   * Lists clusters in the order in which they were first stored or last restored, without the credentials outside the
   * platform.
   */
  clusters(): readonly Cluster[];
  foreign(): Cluster | undefined;
  cluster(id: ClusterId): Cluster | undefined;
  /**
   * Stores a whole cluster. Calls for one cluster take effect in call order; a call that throws changes nothing. Throws
   * `store.not-writable`, `store.newer` if a newer version wrote this cluster's file, or `file.not-readable` if the
   * file existed at the start but could not be read.
   */
  update(cluster: Cluster): Promise<void>;
  /**
   * Stores clusters in this order, a few files at a time, and calls `stored` for each one. If it throws, writes that
   * had begun are finished if possible; later clusters are not stored.
   */
  updateAll(clusters: readonly Cluster[], stored?: (id: ClusterId) => void): Promise<void>;
  /**
   * Records a reading of unchanged clusters (`isReadAgain`) without writing their files. Throws `store.not-writable`.
   */
  readAgain(clusters: readonly Cluster[], at: Instant): Promise<void>;
  /**
   * Stores the second cluster, which already has the credentials, then removes them from the first. The correction
   * counts as done once the second cluster is stored; after an interruption, the next start finishes it. Throws the
   * same problems as `update`.
   */
  correct(correction: Correction, into: Cluster): Promise<void>;
  /** Removes a cluster but keeps a copy of it. Throws `cluster.unknown` or `store.not-writable`. */
  forget(id: ClusterId): Promise<void>;
  /**
   * Restores a forgotten cluster; returns the live cluster if one has this id. Throws `cluster.unknown` if none was
   * forgotten, `file.not-readable` if the kept copy is damaged, `store.newer` or `store.not-writable`.
   */
  restore(id: ClusterId): Promise<Cluster>;
  /** Lists the most recently forgotten cluster last. */
  forgotten(): readonly ForgottenCluster[];
  /** Returns a forgotten cluster without restoring it. Throws the same problems as `restore`. */
  readForgotten(id: ClusterId): Promise<Cluster>;
  /**
   * Deletes sample fleets for good, even forgotten ones. Returns the number of live clusters. Throws
   * `store.not-writable`.
   */
  removeSamples(): Promise<number>;
  listUnplacedRevocations(): readonly UnplacedRevocation[];
  /** Replaces the stored list. Throws `store.not-writable`. */
  keepUnplacedRevocations(unplaced: readonly UnplacedRevocation[]): Promise<void>;
  placements(): readonly Placement[];
  /** Replaces the stored placements. Throws `store.not-writable`. */
  keepPlacements(placements: readonly Placement[]): Promise<void>;
  links(): readonly ManagementLink[];
  /** Replaces the stored links. Throws `store.not-writable`. */
  keepLinks(links: readonly ManagementLink[]): Promise<void>;
  decisions(): readonly Decision[];
  /** Replaces the stored list. Throws `store.not-writable`. */
  keepDecisions(decisions: readonly Decision[]): Promise<void>;
  /** Lists why cluster files cannot be used now; their clusters are in the inventory but not visible. */
  unreadable(): readonly ConsoleError[];
  /** Problems found when the store was opened, and entries that the store keeps but cannot read. */
  findings(): Finding[];
  /** Prevents clusters from being reloaded from their files during `work`, which compares credentials by identity. */
  keepDuring<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Reads and verifies the files of listed clusters, and writes columns, so that the next start need not read these
   * files first. Returns clusters that differ or are gone, for reasons in `findings`. Yields to other work.
   */
  settle(): Promise<ClusterId[]>;
  lastImportAt(): Instant | undefined;
  /** Throws `store.not-writable`. */
  recordImport(at: Instant): Promise<void>;
  /** Present if several consoles change this inventory. */
  readonly shared?: SharedCopy;
  /** Waits for pending writes and makes the store unusable. Throws `store.not-writable`. */
  close(): Promise<void>;
}

/** The data folder as a copy of a shared store. */
export interface SharedCopy {
  /** The name of this computer, which alone reads the files of its paths again. */
  readonly computer: string;
  /** `problem`: why the shared store could not be used last time. */
  state(): JoinedStore & { problem?: Problem };
  /** Takes over the changes of others. Throws `shared.away` or `shared.refused`; the copy then stays as it is. */
  refresh(): Promise<void>;
  /** Lists what consoles have reserved for themselves, by the beginning of its name. Throws `shared.away`. */
  listClaims(prefix: string): Promise<SharedClaim[]>;
  /** Reserves a name for `seconds`, for all programs that use this folder. Throws `shared.claimed` or `shared.away`. */
  claim(name: string, seconds: number): Promise<SharedClaim>;
  /** Ends a claim early. Throws `shared.away`. */
  release(claim: SharedClaim): Promise<void>;
  /** Calls the listener when there may be changes of others or the server is away, until the inventory is closed. */
  watch(listener: () => void): void;
}

/** Returns a cluster, or the object with the credentials outside the platform. Throws `cluster.unknown`. */
export function clusterIn(store: Pick<InventoryStore, 'cluster'>, id: ClusterId): Cluster {
  const cluster = store.cluster(id);
  if (cluster === undefined) throw new ConsoleError('cluster.unknown', { cluster: id });
  return cluster;
}

export function clustersAndForeign(store: Pick<InventoryStore, 'clusters' | 'foreign'>): readonly Cluster[] {
  const foreign = store.foreign();
  return foreign === undefined ? store.clusters() : [...store.clusters(), foreign];
}
