import type { ClusterId } from '../shared/ids.ts';
import type { Cluster } from '../inventory/model/credential.ts';
import type { Finding } from '../shared/finding.ts';
import type { Instant } from '../shared/instant.ts';
import type { KnownRevocation } from '../shared/renew-revocation/known.ts';
import type { Settings } from '../settings/model/settings.ts';

/** An object whose cluster is not known. */
export interface UnplacedRevocation {
  known: KnownRevocation;
  /** Of a sample fleet. */
  sample?: true;
}

/**
 * The inventory as features see it. Clusters are values: a change is a new `Cluster` given to `update`, never a change
 * inside one that was handed out. A promise that resolves means that the change is on disk, where there is a disk.
 */
export interface InventoryStore {
  /** In the order in which the clusters were first stored or last restored. */
  clusters(): readonly Cluster[];
  cluster(id: ClusterId): Cluster | undefined;
  /**
   * Stores a whole cluster, new or changed. Calls for one cluster take effect in the order of the calls; a call that
   * throws changed nothing. `store.not-writable`; `store.newer` when a newer version wrote this cluster's file;
   * `file.not-readable` when the file was there at the start but could not be read.
   */
  update(cluster: Cluster): Promise<void>;
  /** Takes a cluster out; `restore` brings it back. `cluster.unknown`, `store.not-writable`. */
  forget(id: ClusterId): Promise<void>;
  /**
   * The cluster as it was when it was forgotten, again in the store. When a cluster with this id is there, that one.
   * `cluster.unknown` when none was forgotten, `file.not-readable` when what was kept of it is damaged,
   * `store.newer`, `store.not-writable`.
   */
  restore(id: ClusterId): Promise<Cluster>;
  /**
   * Takes the clusters of sample fleets out for good, forgotten ones too, and says how many were in the store. Nothing is
   * kept to restore them from. `store.not-writable`.
   */
  removeSamples(): Promise<number>;
  /** RenewRevocation objects of which nobody can tell which cluster they are of. */
  unplacedRevocations(): readonly UnplacedRevocation[];
  /** Replaces all of them. `store.not-writable`. */
  keepUnplacedRevocations(unplaced: readonly UnplacedRevocation[]): Promise<void>;
  /** What was wrong when the store was opened, and entries that it keeps but cannot read. */
  findings(): Finding[];
  /** When `recordImport` was last called; absent in a new store. */
  lastImportAt(): Instant | undefined;
  /** `store.not-writable`. */
  recordImport(at: Instant): Promise<void>;
}

/** The store on disk: the inventory and the settings of one data folder. */
export interface Store extends InventoryStore {
  settings(): Settings;
  /** Changes the given fields and returns the whole. `store.not-writable`. */
  changeSettings(change: Partial<Settings>): Promise<Settings>;
  /** Waits for every write under way. The store cannot be used after that. `store.not-writable`. */
  close(): Promise<void>;
}
