import type { ClusterId } from '../../shared/ids.ts';
import type { Correction } from '../model/correction.ts';
import type { Cluster, Placement } from '../model/credential.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';
import type { KnownRevocation } from '../../shared/renew-revocation/known.ts';
import { ConsoleError } from '../../shared/problem.ts';

/** An object whose cluster is unknown. */
export interface UnplacedRevocation {
  known: KnownRevocation;
  /** Belongs to a sample fleet. */
  sample?: true;
}

/** A cluster that was forgotten and can be restored. */
export interface ForgottenCluster {
  id: ClusterId;
  name: string;
  forgottenAt: Instant;
}

/**
 * The inventory as features see it. Clusters are values: a change is a new `Cluster` passed to `update`, never a
 * mutation of one that was returned. A promise that resolves means that the change is on disk, where there is a disk.
 */
export interface InventoryStore {
  /** Lists clusters in the order in which they were first stored or last restored; without the foreign credentials. */
  clusters(): readonly Cluster[];
  /** Returns the foreign credentials, if any. */
  foreign(): Cluster | undefined;
  cluster(id: ClusterId): Cluster | undefined;
  /**
   * Stores a whole cluster, new or changed. Calls for one cluster take effect in call order; a call that throws changes
   * nothing. `store.not-writable`; `store.newer` when a newer version wrote this cluster's file; `file.not-readable`
   * when the file existed at the start but could not be read.
   */
  update(cluster: Cluster): Promise<void>;
  /**
   * Stores several clusters in this order, writing a few files at a time. `stored` is called for each one. If it
   * throws, all clusters that could be stored are stored; those a few places behind the failure are not tried.
   */
  updateAll(clusters: readonly Cluster[], stored?: (id: ClusterId) => void): Promise<void>;
  /**
   * Records that clusters, unchanged by `isReadAgain`, were read again at `at`, without writing each file.
   * `store.not-writable`.
   */
  readAgain(clusters: readonly Cluster[], at: Instant): Promise<void>;
  /**
   * Stores the second cluster of a correction, which already has the credentials, and removes them from the first. Once
   * the second is stored, the correction is done: after an interruption, the next start finishes it. Problems as for
   * `update`.
   */
  correct(correction: Correction, into: Cluster): Promise<void>;
  /** Removes a cluster; `restore` brings it back. `cluster.unknown`, `store.not-writable`. */
  forget(id: ClusterId): Promise<void>;
  /**
   * Puts a forgotten cluster back into the store and returns it. If a cluster with this id exists, returns that one.
   * `cluster.unknown` if none was forgotten, `file.not-readable` if the kept copy is damaged, `store.newer`,
   * `store.not-writable`.
   */
  restore(id: ClusterId): Promise<Cluster>;
  /** Lists clusters that can be restored, the last forgotten one at the end. */
  forgotten(): readonly ForgottenCluster[];
  /** Returns a forgotten cluster, which stays forgotten. Problems as for `restore`. */
  readForgotten(id: ClusterId): Promise<Cluster>;
  /**
   * Deletes the clusters of sample fleets for good, including forgotten ones, and returns how many were in the store.
   * They cannot be restored. `store.not-writable`.
   */
  removeSamples(): Promise<number>;
  /** Lists RenewRevocation objects whose cluster is unknown. */
  listUnplacedRevocations(): readonly UnplacedRevocation[];
  /** Replaces all of them. `store.not-writable`. */
  keepUnplacedRevocations(unplaced: readonly UnplacedRevocation[]): Promise<void>;
  /** Lists the placements that an admin chose. */
  placements(): readonly Placement[];
  /** Replaces all of them. `store.not-writable`. */
  keepPlacements(placements: readonly Placement[]): Promise<void>;
  /**
   * Lists the reasons why files of clusters cannot be used now: these clusters are in the inventory, but not visible.
   */
  unreadable(): readonly ConsoleError[];
  /** Problems found when the store was opened, and entries that it keeps but cannot read. */
  findings(): Finding[];
  /**
   * Runs `work`, which compares credentials by identity: no cluster reads its file again meanwhile, so the objects stay
   * the same.
   */
  keepDuring<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Does the work that can wait after opening and after a change: reads and verifies the files of listed clusters, and
   * writes columns, so that the next start need not read the files first. Returns the clusters that differ now or are
   * gone; `findings` has the reasons. Everything else has its turn meanwhile.
   */
  settle(): Promise<ClusterId[]>;
  /** Returns the time of the last `recordImport`; `undefined` in a new store. */
  lastImportAt(): Instant | undefined;
  /** `store.not-writable`. */
  recordImport(at: Instant): Promise<void>;
  /** Waits for all pending writes. The store cannot be used afterwards. `store.not-writable`. */
  close(): Promise<void>;
}

/** Returns a cluster, or the foreign credentials. `cluster.unknown`. */
export function clusterIn(store: Pick<InventoryStore, 'cluster'>, id: ClusterId): Cluster {
  const cluster = store.cluster(id);
  if (cluster === undefined) throw new ConsoleError('cluster.unknown', { cluster: id });
  return cluster;
}

/** Lists clusters, and the foreign credentials. */
export function clustersAndForeign(store: Pick<InventoryStore, 'clusters' | 'foreign'>): readonly Cluster[] {
  const foreign = store.foreign();
  return foreign === undefined ? store.clusters() : [...store.clusters(), foreign];
}
