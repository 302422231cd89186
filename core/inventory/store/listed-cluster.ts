import type { RowColumns } from '../model/row-columns.ts';
import type { Cluster } from '../model/credential.ts';
import { LazyProperties } from './lazy-properties.ts';

/** Credentials. More are kept only while somebody uses them: a million take more memory than a process has. */
const KEPT = { all: 150_000, few: 10_000 };

/** What a list shows of a cluster, whose file need not be read for it. */
export interface ClusterListing {
  cluster: Omit<Cluster, 'credentials' | 'history' | 'foreign' | 'revocations'>;
  /** Credentials. */
  count: number;
  /** Its board rows; `undefined` when they turn out to be damaged. */
  columns: () => RowColumns | undefined;
}

type Content = Pick<Cluster, 'credentials' | 'history'>;

/**
 * The contents of cluster files that were used last. What one of them has given out is not read again in the same turn of
 * the event loop, nor during a change: whoever compares objects meets the same ones.
 */
export class KeptContents {
  readonly #most: typeof KEPT;
  #listed = 0;
  /** The one that was used last comes last. */
  readonly #kept = new Map<ListedCluster, Content>();
  #credentials = 0;
  #changes = 0;
  #isTrimmedSoon = false;

  /** Up to `all` are kept whole; of a larger fleet `few`, since who goes through it finds none of those again. */
  constructor(most = KEPT) {
    this.#most = most;
  }

  /** One more cluster may be asked for. */
  list({ count }: ListedCluster): void {
    this.#listed += count;
  }

  of(listed: ListedCluster, read: () => Content): Content {
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

  /** Nothing is let go before `work` has ended. */
  async during<T>(work: () => Promise<T>): Promise<T> {
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
    return this.#kept.of(this, this.#read).credentials;
  }

  get history(): Cluster['history'] {
    return this.#kept.of(this, this.#read).history;
  }

  /** The same ones for everybody who holds them: rows are read where their columns are, and a text keeps the one it is part of. */
  columns(): RowColumns | undefined {
    const known = this.#known?.deref();
    if (known !== undefined) return known;
    const columns = this.#columns();
    this.#known = columns && new WeakRef(columns);
    return columns;
  }

  /** Its file is what the list says. Keeps what it has. */
  verified(content: Content): void {
    this.isVerified = true;
    this.#kept.put(this, content);
  }
}

const LISTED = new LazyProperties<ListedCluster, Content>({
  credentials: (listed) => listed.credentials,
  history: (listed) => listed.history,
});

/** A cluster whose credentials and history are read from its file, by `read`, when somebody asks for them. */
export function listCluster(listing: ClusterListing, read: () => Content, kept: KeptContents): Cluster {
  return LISTED.add({ ...listing.cluster }, new ListedCluster(listing, read, kept));
}

/** Where a cluster has its credentials from; `undefined` for one that holds them itself. */
export function listedCluster(cluster: Cluster): ListedCluster | undefined {
  return LISTED.sourceOf(cluster);
}

/** How many credentials a cluster has, without reading its file. */
export function credentialCount(cluster: Cluster): number {
  return LISTED.sourceOf(cluster)?.count ?? cluster.credentials.length;
}
