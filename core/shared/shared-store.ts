import type { Instant } from './instant.ts';

/**
 * A store that several consoles change. Its objects are texts, each under the id of the cluster to which it belongs.
 * Every change has a revision, one more than the change before; changes take effect in the order of their revisions.
 */
export interface SharedStore {
  /**
   * Changes all objects and writes all lines, or nothing; returns the revision. A request that was done before changes
   * nothing and returns its revision. Throws `shared.conflict`, `shared.away`, `shared.refused` or, if nobody can tell
   * whether the change was done, `shared.unknown`.
   */
  commit(change: SharedChange): Promise<number>;
  /** Yields the objects that changed after a revision, ordered by revision. Throws `shared.away`. */
  changesSince(revision: number): AsyncIterable<SharedObject>;
  /** Returns the revision of a request that was done. Throws `shared.away`. */
  outcome(request: string): Promise<number | undefined>;
  /** Yields the lines of the audit trail from a line on, without line endings. Throws `shared.away`. */
  lines(from: number): AsyncIterable<string>;
  /** Throws `shared.away`. */
  head(): Promise<SharedHead>;
  /**
   * Reserves a name for `seconds`, or extends an own claim. Its number is higher than that of every earlier owner.
   * Throws `shared.claimed` or `shared.away`.
   */
  claim(name: string, owner: string, seconds: number): Promise<SharedClaim>;
  /** Lists the claims that have not ended and whose names begin with a text, by name. Throws `shared.away`. */
  listClaims(prefix: string): Promise<SharedClaim[]>;
  /** Ends a claim early. Does nothing if somebody else has the name. Throws `shared.away`. */
  release(claim: SharedClaim): Promise<void>;
  /**
   * Calls the listener after a change, a claim that is not quiet, and a new connection, since changes were missed before.
   * Calls it with `false` after a lost connection and a failed attempt to connect. Tries to connect until the returned
   * function is called.
   */
  watch(listener: (isReached: boolean) => void): () => Promise<void>;
  /**
   * Returns what each server was when none could be used at the last attempt to connect, such as `db1:5432: standby`.
   * Answers at once, also while a change waits for its outcome.
   */
  outage(): string | undefined;
  close(): Promise<void>;
}

type ObjectKind = 'cluster' | 'forgotten' | 'placements' | 'links' | 'decisions' | 'revocations' | 'settings';

/** Begins the names of claims that are too many to announce, and that no screen shows. */
export const QUIET_CLAIM = 'quiet/';

/** Limits the text of the objects in one change, in characters; more objects become several changes. */
export const LONGEST_CHANGE = 8_000_000;

/** `clusterId` is `''` for objects of the whole fleet. */
export interface ObjectKey {
  clusterId: string;
  kind: ObjectKind;
}

export interface SharedObject extends ObjectKey {
  revision: number;
  /** `null` for a removed object. */
  value: string | null;
}

export interface ChangedObject extends ObjectKey {
  /** The change is refused if the object has a later revision. */
  basedOn: number;
  value: string | null;
}

export interface SharedChange {
  /** A random id, 16 to 64 characters, for `outcome`. */
  request: string;
  objects: readonly ChangedObject[];
  /** At least one, so that every change is in the audit trail. */
  lines: readonly SharedLine[];
}

export interface SharedLine {
  by: string;
  action: string;
  subject: string;
  params: Readonly<Record<string, string | number | boolean>>;
}

export interface SharedHead {
  /** Drawn at random when the schema was made. */
  id: string;
  revision: number;
  lines: number;
  /** SHA-256 of the last line; zeros without lines. */
  hash: string;
}

export interface SharedClaim {
  name: string;
  owner: string;
  number: number;
  until: Instant;
}

/** Connects to shared stores. */
export interface SharedStores {
  /** The name of this computer. */
  readonly computer: string;
  /**
   * Opens a store without waiting for it. `address` is a connection string in the form of libpq. Throws
   * `shared.address-invalid`.
   */
  open(address: string): SharedStore;
  /** Returns the text with which an administrator prepares an empty database. */
  schema(): string;
}
