import type { RowColumns } from '../model/row-columns.ts';
import type { Cluster } from '../model/credential.ts';
import { LazyProperties } from './lazy-properties.ts';

/** Limits on kept credentials. More are kept only while in use: a million would exhaust the memory of a process. */
const KEPT = { all: 150_000, few: 10_000 };

export interface ClusterListing {
  cluster: Omit<Cluster, 'credentials' | 'history' | 'foreign' | 'revocations'>;
  count: number;
  /** `undefined` if the rows turn out to be damaged. */
  columns: () => RowColumns | undefined;
}

type Content = Pick<Cluster, 'credentials' | 'history'>;

/** Contents are kept at least for one turn of the event loop or one change, so that objects can be compared. */
export class KeptContents {
  readonly #most: typeof KEPT;
  #listed = 0;
  /** Least recently used first. */
  readonly #kept = new Map<ListedCluster, Content>();
  #credentials = 0;
  #changes = 0;
  #isTrimmedSoon = false;

  /** Keeps only `few` credentials of a larger fleet, since the others would be discarded before the next pass. */
  constructor(most = KEPT) {
    this.#most = most;
  }

  list({ count }: ListedCluster): void {
    this.#listed += count;
  }

  get(listed: ListedCluster, read: () => Content): Content {
    const known = this.#kept.get(listed);
    if (known === undefined) return this.put(listed, read());
    this.#kept.delete(listed);
    this.#kept.set(listed, known);
    return known;
  }

  put(listed: ListedCluster, content: Content): Content {
    if (!this.#kept.has(listed)) this.#credentials += listed.count;
    this.#kept.set(listed, content);
    this.#trimSoon();
    return content;
  }

  async keepDuring<T>(work: () => Promise<T>): Promise<T> {
    this.#changes += 1;
    try {
      return await work();
    } finally {
      this.#changes -= 1;
      this.#trimSoon();
    }
  }

  #trimSoon(): void {
    if (this.#isTrimmedSoon || this.#credentials <= this.#limit) return;
    this.#isTrimmedSoon = true;
    queueMicrotask(() => {
      this.#isTrimmedSoon = false;
      if (this.#changes === 0) this.#trim();
    });
  }

  get #limit(): number {
    return this.#listed <= this.#most.all ? this.#most.all : this.#most.few;
  }

  #trim(): void {
    for (const [listed] of this.#kept) {
      if (this.#credentials <= this.#limit) return;
      this.#kept.delete(listed);
      this.#credentials -= listed.count;
    }
  }
}

export class ListedCluster {
  readonly count: number;
  isVerified = false;
  readonly #columns: ClusterListing['columns'];
  #known: WeakRef<RowColumns> | undefined;
  readonly #read: () => Content;
  readonly #kept: KeptContents;

  constructor({ count, columns }: ClusterListing, read: () => Content, kept: KeptContents) {
    this.count = count;
    this.#columns = columns;
    this.#read = read;
    this.#kept = kept;
    kept.list(this);
  }

  get credentials(): Cluster['credentials'] {
    return this.#kept.get(this, this.#read).credentials;
  }

  get history(): Cluster['history'] {
    return this.#kept.get(this, this.#read).history;
  }

  /** Shares the columns, since rows are read in place and a part of a string keeps the whole string in memory. */
  columns(): RowColumns | undefined {
    const known = this.#known?.deref();
    if (known !== undefined) return known;
    const columns = this.#columns();
    this.#known = columns && new WeakRef(columns);
    return columns;
  }

  markVerified(content: Content): void {
    this.isVerified = true;
    this.#kept.put(this, content);
  }
}

const LISTED = new LazyProperties<ListedCluster, Content>({
  credentials: (listed) => listed.credentials,
  history: (listed) => listed.history,
});

export function listCluster(listing: ClusterListing, read: () => Content, kept: KeptContents): Cluster {
  return LISTED.add({ ...listing.cluster }, new ListedCluster(listing, read, kept));
}

/** Returns `undefined` if the cluster has its own credentials. */
export function clusterListing(cluster: Cluster): ListedCluster | undefined {
  return LISTED.findSource(cluster);
}

/** Reads no file. */
export function credentialCount(cluster: Cluster): number {
  return LISTED.findSource(cluster)?.count ?? cluster.credentials.length;
}
