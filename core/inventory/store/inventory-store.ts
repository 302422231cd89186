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
  /** In the order in which the clusters were first stored or last restored; without what is foreign. */
  clusters(): readonly Cluster[];
  /** What is not part of the platform; absent when there is nothing of that kind. */
  foreign(): Cluster | undefined;
  cluster(id: ClusterId): Cluster | undefined;
  /**
   * Stores a whole cluster, new or changed. Calls for one cluster take effect in call order; a call that throws changes
   * nothing. `store.not-writable`; `store.newer` when a newer version wrote this cluster's file; `file.not-readable`
   * when the file existed at the start but could not be read.
   */
  update(cluster: Cluster): Promise<void>;
  /**
   * The same for several clusters, in this order, with their files written a few at a time. `stored` is called for each
   * once it is stored. When it throws, those that could be stored are, and the ones a few places behind are not tried.
   */
  updateAll(clusters: readonly Cluster[], stored?: (id: ClusterId) => void): Promise<void>;
  /**
   * The same for clusters of which `isReadAgain` says that they are as they were but for having been read at `at`, without
   * writing the file of each. `store.not-writable`.
   */
  readAgain(clusters: readonly Cluster[], at: Instant): Promise<void>;
  /**
   * Stores the second cluster of a correction, which has the credentials by now, and takes them from the first. Once the
   * second one is stored, the correction is done: an interruption after that shows to nobody, and the next start finishes it.
   * Problems as for `update`.
   */
  correct(correction: Correction, into: Cluster): Promise<void>;
  /** Removes a cluster; `restore` brings it back. `cluster.unknown`, `store.not-writable`. */
  forget(id: ClusterId): Promise<void>;
  /**
   * Puts a forgotten cluster back into the store and returns it. When a cluster with this id is present, returns that
   * one. `cluster.unknown` when none was forgotten, `file.not-readable` when the kept copy is damaged, `store.newer`,
   * `store.not-writable`.
   */
  restore(id: ClusterId): Promise<Cluster>;
  /** Clusters that can be restored, the last forgotten one at the end. */
  forgotten(): readonly ForgottenCluster[];
  /** A forgotten cluster, which stays forgotten. Problems as for `restore`. */
  readForgotten(id: ClusterId): Promise<Cluster>;
  /**
   * Deletes the clusters of sample fleets for good, including forgotten ones, and returns how many were in the store.
   * They cannot be restored. `store.not-writable`.
   */
  removeSamples(): Promise<number>;
  /** RenewRevocation objects whose cluster is unknown. */
  unplacedRevocations(): readonly UnplacedRevocation[];
  /** Replaces all of them. `store.not-writable`. */
  keepUnplacedRevocations(unplaced: readonly UnplacedRevocation[]): Promise<void>;
  /** What an admin has put where it is. */
  placements(): readonly Placement[];
  /** Replaces all of them. `store.not-writable`. */
  keepPlacements(placements: readonly Placement[]): Promise<void>;
  /** Why files of clusters cannot be used now: their clusters are in the inventory, and nobody sees them. */
  unreadable(): readonly ConsoleError[];
  /** Problems found when the store was opened, and entries that it keeps but cannot read. */
  findings(): Finding[];
  /**
   * Does `work`, which compares credentials by identity: meanwhile no cluster reads its file again, so that it has the same
   * ones all the time.
   */
  keeping<T>(work: () => Promise<T>): Promise<T>;
  /**
   * What can wait after opening and after a change: reads and verifies the files of clusters that were listed without it, and
   * writes down what lists show, so that the next start need not read them first. Returns the clusters that are others now or
   * gone; `findings` says why. Everything else has its turn meanwhile.
   */
  settle(): Promise<ClusterId[]>;
  /** Time of the last `recordImport`; absent in a new store. */
  lastImportAt(): Instant | undefined;
  /** `store.not-writable`. */
  recordImport(at: Instant): Promise<void>;
  /** Waits for all pending writes. The store cannot be used afterwards. `store.not-writable`. */
  close(): Promise<void>;
}

/** One of them, or what is foreign. `cluster.unknown`. */
export function clusterIn(store: Pick<InventoryStore, 'cluster'>, id: ClusterId): Cluster {
  const cluster = store.cluster(id);
  if (cluster === undefined) throw new ConsoleError('cluster.unknown', { cluster: id });
  return cluster;
}

/** Clusters, and what is foreign. */
export function withForeign(store: Pick<InventoryStore, 'clusters' | 'foreign'>): readonly Cluster[] {
  const foreign = store.foreign();
  return foreign === undefined ? store.clusters() : [...store.clusters(), foreign];
}
