import type { RowColumns } from '../../model/row-columns.ts';
import type { Cluster } from '../../model/credential.ts';
import type { ClusterId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/instant.ts';
import type { Files } from '../../../shared/ports.ts';
import { ConsoleError, unlessProblem } from '../../../shared/problem.ts';
import type { StoredCluster } from '../cluster-format.ts';
import type { ColumnEntry } from './column-file.ts';
import { unlessAbsent } from '../../../store/durable-json-file.ts';
import { credentialCount, clusterListing } from '../listed-cluster.ts';
import type { StoreContext } from '../../../store/data-layout.ts';

export interface ColumnSource {
  makeColumns(cluster: Cluster): RowColumns;
  /** Changes whenever the same cluster would produce other rows. */
  version: string;
  pause(): Promise<void>;
  /** Smaller fleets have no columns, since reading their files takes no longer. Default 5,000. */
  leastCredentials?: number;
}

const LEAST_CREDENTIALS = 5_000;
/** Changing one cluster rewrites only one of the column files. */
const FILES = 64;
const FILE_NAME = /^[0-9a-f]{2}\.bin$/u;
const LIMIT_BYTES = 512 * 1024 * 1024;
const NOTHING = new Uint8Array(0);
/** The head of 16,000 clusters takes 5 MB; below a million credentials, most heads fit into the first part read. */
const HEAD_BYTES = { first: 256 * 1024, limit: 64 * 1024 * 1024 };

interface Known {
  cluster: Cluster;
  fileVersion: string;
}

/** Lists a large fleet without reading cluster files. Columns are valid only while a cluster's file is unchanged. */
export class ColumnIndex {
  readonly #context: StoreContext;
  readonly #source: ColumnSource;
  /** File versions when the columns were read or written. */
  readonly #versions = new Map<ClusterId, string>();
  /** Last readings that only the index contains; rows also show them. */
  readonly #readings = new Map<ClusterId, Instant>();
  readonly #written = new Map<string, ReadonlyMap<ClusterId, string>>();
  #bodies: ColumnBodies[] = [];
  #isRead = false;

  constructor(context: StoreContext, source: ColumnSource) {
    this.#context = context;
    this.#source = source;
  }

  noteReading(id: ClusterId, at: Instant | undefined): void {
    if (at === undefined) this.#readings.delete(id);
    else this.#readings.set(id, at);
  }

  /** Returns the stored columns, without those of clusters whose files have changed since. */
  async load(ids: readonly ClusterId[]): Promise<Map<ClusterId, ColumnEntry>> {
    const [files] = await Promise.all([this.#readAll(), this.noteFiles(ids)]);
    const entries = files.flat();
    const known = entries.filter(({ cluster, fileVersion }) => this.#findVersion(cluster.id) === fileVersion);
    return new Map(known.map((entry) => [entry.cluster.id, entry]));
  }

  /** Must be called after writing a file and before reading files, so that later changes are detected. */
  async noteFiles(ids: readonly ClusterId[]): Promise<void> {
    const versions = await this.#readVersions(ids);
    for (const [at, id] of ids.entries()) {
      const version = versions[at];
      if (version === undefined) this.#versions.delete(id);
      else this.#versions.set(id, version);
    }
  }

  async isChanged(id: ClusterId): Promise<boolean> {
    const [version] = await this.#readVersions([id]);
    return version !== this.#versions.get(id);
  }

  #readVersions(ids: readonly ClusterId[]): Promise<(string | undefined)[]> {
    const { layout, ports } = this.#context;
    return ports.files.versions(ids.map((id) => layout.clusterFile(id)));
  }

  /** Writes the files of changed clusters while `isWanted`. Clusters that change meanwhile are written next time. */
  async write(documents: Iterable<StoredCluster>, isWanted: () => boolean): Promise<void> {
    const files = Array.from({ length: FILES }, (): Known[] => []);
    let credentials = 0;
    for (const stored of documents) {
      const { cluster } = stored;
      credentials += credentialCount(cluster);
      const fileVersion = this.#findVersion(cluster.id);
      if (fileVersion !== undefined && isListed(stored)) files[fileNumber(cluster.id)]!.push({ cluster, fileVersion });
    }
    if (credentials < (this.#source.leastCredentials ?? LEAST_CREDENTIALS)) return;
    // Without a listing, no index file has been read yet, and the bodies are not needed.
    if (!this.#isRead) {
      await this.#readAll();
      this.#bodies = [];
    }
    for (const [number, known] of files.entries())
      await this.#writeFile(`${number.toString(16).padStart(2, '0')}.bin`, known, isWanted);
  }

  async #writeFile(name: string, known: readonly Known[], isWanted: () => boolean): Promise<void> {
    const versions = new Map(known.map(({ cluster, fileVersion }) => [cluster.id, fileVersion]));
    if (isSame(versions, this.#written.get(name) ?? new Map())) return;
    const clusters = [];
    for (const { cluster, fileVersion } of known) {
      const columns = clusterListing(cluster)?.columns() ?? this.#source.makeColumns(cluster);
      clusters.push({ cluster: clusterEntry(cluster), count: credentialCount(cluster), fileVersion, columns });
      await this.#source.pause();
      if (!isWanted()) return;
    }
    const { files } = this.#context.ports;
    await files.createFolder(this.#folder);
    const { version } = this.#source;
    const { encodeColumns } = await import('./column-file.ts');
    await files.replace(files.join(this.#folder, name), encodeColumns({ version, clusters }, this.#sha256Hex));
    this.#written.set(name, versions);
  }

  /** Reads the bodies that `load` did not read, while `isWanted`, since a pass through the fleet needs all of them. */
  async readBodies(isWanted: () => boolean): Promise<void> {
    for (const bodies of this.#bodies.splice(0)) if (isWanted()) await bodies.read();
  }

  async #readAll(): Promise<ColumnEntry[][]> {
    this.#isRead = true;
    const { files } = this.#context.ports;
    const names = ((await unlessAbsent(files.list(this.#folder))) ?? []).filter((name) => FILE_NAME.test(name));
    if (names.length === 0) return [];
    // The module's schemas are large, and most fleets have no such file.
    const { decodeColumns, headEnd } = await import('./column-file.ts');
    const readHead = async (path: string): Promise<Uint8Array> => {
      const first = await files.readPart(path, { from: 0, to: HEAD_BYTES.first });
      const end = headEnd(first);
      return end > first.length && end <= HEAD_BYTES.limit ? files.readPart(path, { from: 0, to: end }) : first;
    };
    return Promise.all(
      names.map(async (name) => {
        try {
          const path = files.join(this.#folder, name);
          const head = await readHead(path);
          const bodies = new ColumnBodies(files, path);
          const entries = decodeColumns(head, this.#source.version, this.#sha256Hex, (from, to) =>
            bodies.part(from, to),
          );
          if (entries.length > 0) this.#bodies.push(bodies);
          this.#written.set(name, new Map(entries.map(({ cluster, fileVersion }) => [cluster.id, fileVersion])));
          return entries;
        } catch (error) {
          // The cluster files contain the same data.
          if (error instanceof ConsoleError) return [];
          throw error;
        }
      }),
    );
  }

  get #folder(): string {
    return this.#context.layout.columns;
  }

  #sha256Hex = (bytes: Uint8Array): string => {
    const { sha256Hex } = this.#context;
    if (sha256Hex === undefined) throw new Error('an index without digests would not be believed');
    return sha256Hex(bytes);
  };

  #findVersion(id: ClusterId): string | undefined {
    const [version, at] = [this.#versions.get(id), this.#readings.get(id)];
    return version === undefined || at === undefined ? version : `${version} ${at}`;
  }
}

/** At the start, only the needed parts of an index file are read; the rest is read when nobody is waiting. */
class ColumnBodies {
  readonly #files: Files;
  readonly #path: string;
  #whole: Uint8Array | undefined;

  constructor(files: Files, path: string) {
    this.#files = files;
    this.#path = path;
  }

  /** Returns no bytes if the file cannot be read. Digests in the head detect bytes from another file. */
  part(from: number, to: number): Uint8Array {
    if (this.#whole !== undefined) return this.#whole.subarray(from, to);
    if (to - from > LIMIT_BYTES) return NOTHING;
    try {
      return this.#files.readPartSync(this.#path, { from, to });
    } catch (error) {
      if (error instanceof ConsoleError) return NOTHING;
      throw error;
    }
  }

  async read(): Promise<void> {
    this.#whole = await unlessProblem(this.#files.read(this.#path, LIMIT_BYTES, { waits: true }));
  }
}

function isListed({ cluster, unreadable }: StoredCluster): boolean {
  return unreadable.length === 0 && cluster.foreign === undefined && cluster.revocations === undefined;
}

function clusterEntry(cluster: Cluster): ColumnEntry['cluster'] {
  const { id, name, commandName, nameEvidence, kind, sample, addresses, cloudAgents, configured } = cluster;
  return { id, name, commandName, nameEvidence, kind, sample, addresses, cloudAgents, configured };
}

function isSame(left: ReadonlyMap<ClusterId, string>, right: ReadonlyMap<ClusterId, string>): boolean {
  return left.size === right.size && [...left].every(([id, version]) => right.get(id) === version);
}

/** Returns a number that depends only on the id and is spread evenly (FNV-1a). */
function fileNumber(id: ClusterId): number {
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return (hash >>> 0) % FILES;
}
