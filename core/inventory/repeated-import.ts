import type { ImportedEntry, ImportReport } from './contract.ts';
import type { Finding } from '../shared/finding.ts';
import type { CredentialId } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';
import type { Crypto, Ports } from '../shared/ports.ts';
import { withForeign, type InventoryStore } from '../store/inventory-store.ts';
import { isSameButForReading } from '../store/readings.ts';
import { outlineOf, withSources } from '../store/stored-certificate.ts';
import { compareByPlace } from './assign/candidate.ts';
import type { Beside } from './assign/references.ts';
import { listCertificates } from './model/history.ts';
import type { Cluster, Credential } from './model/credential.ts';
import type { StorableChanges } from './cluster-changes.ts';
import { isSameList } from '../shared/lists.ts';
import { sortSteps, type Stepwise } from '../shared/stepwise/steps.ts';
import type { Reading } from './read/read-files.ts';
import type { ListedFile, Listing } from './read/read-paths.ts';
import type { RevocationCandidate } from './read/revocations.ts';

/*
 * What an import makes of files and an inventory does not depend on when either of them was read. One that has changed
 * nothing but times of reading does so again with the same files, as long as the inventory is the one that it left.
 */

/** An import that has changed nothing but times of reading. */
export interface RepeatableImport {
  /** Digests of what was seen of the files without reading them, and of the contents of all that was read. */
  listed: string;
  contents: string;
  /** Paths of files that others refer to. */
  beside: readonly string[];
  placements: string;
  /** All clusters: a changed cluster is another object. */
  clusters: WeakSet<Cluster>;
  count: number;
  readAt: ReadingTimes;
  /** How many credentials had been found before each file. */
  credentialsFound: Uint32Array;
  /** Places in the list of files. */
  withoutCredentials: Uint32Array;
  findings: Finding[];
  revocations: RevocationCandidate[];
  hasReal: boolean;
  judged: Judged;
}

/** When what an import has found counts as read. */
export interface ReadingTimes {
  real: Instant;
  sample: Instant;
}

/** Findings about certificates; until the next of them begins or ends, the rules say the same. */
export interface Judged {
  findings: Finding[];
  at: Instant;
  until: Instant | undefined;
}

/** More than that takes more memory for good than an import takes time. */
const MOST_FINDINGS = 20_000;
const MOST_REVOCATIONS = 1_000;
const MOST_BESIDE = 20_000;

const repeatable = new WeakMap<InventoryStore, RepeatableImport>();

interface Importing {
  ports: Pick<Ports, 'crypto'>;
  store: InventoryStore;
}

/** A former import of these files, if the inventory is still as it has left it. */
export function* repeatableImport(
  { ports, store }: Importing,
  listing: Listing,
): Stepwise<RepeatableImport | undefined> {
  const known = repeatable.get(store);
  if (known === undefined || !isUntouched(store, known)) return undefined;
  return (yield* digestListing(ports.crypto, listing)) === known.listed ? known : undefined;
}

export function isUntouched(store: InventoryStore, { clusters, count, placements }: RepeatableImport): boolean {
  const all = withForeign(store);
  return all.length === count && all.every((one) => clusters.has(one)) && placements === placementsOf(store);
}

function placementsOf(store: InventoryStore): string {
  return JSON.stringify(store.placements());
}

// ---- Digests --------------------------------------------------------------------------------------------------------

const LINES_AT_ONCE = 1_024;

/** A digest of all that is to be known of files without reading them. */
function* digestListing(crypto: Crypto, { files, findings }: Listing): Stepwise<string> {
  const hash = crypto.sha256OfPieces();
  hash.add(JSON.stringify(findings));
  for (let from = 0; from < files.length; from += LINES_AT_ONCE) {
    hash.add(
      files
        .slice(from, from + LINES_AT_ONCE)
        .map(lineOf)
        .join('\n'),
    );
    yield;
  }
  return textOf(hash.digest());
}

function lineOf({ path, size, modified, mode, chosen, sample }: ListedFile): string {
  return `${path}\0${size}\0${modified}\0${mode}\0${chosen}\0${sample}`;
}

/** The contents of files, or why they cannot be read. */
export class SeenFiles {
  /** Paths of those that were read. */
  readonly read = new Set<string>();
  readonly credentialsFound: number[] = [];
  /** Paths of those that others refer to. */
  readonly beside: string[] = [];
  readonly #hash: ReturnType<Crypto['sha256OfPieces']>;
  readonly #sizes: (number | Finding)[] = [];
  readonly #hashBeside: ReturnType<Crypto['sha256OfPieces']>;

  constructor(crypto: Crypto) {
    this.#hash = crypto.sha256OfPieces();
    this.#hashBeside = crypto.sha256OfPieces();
  }

  get count(): number {
    return this.#sizes.length;
  }

  add({ path }: ListedFile, content: Uint8Array | Finding, credentialsFound = 0): void {
    const isRead = content instanceof Uint8Array;
    this.#sizes.push(isRead ? content.length : content);
    this.credentialsFound.push(credentialsFound);
    if (!isRead) return;
    this.read.add(path);
    this.#hash.add(content);
  }

  addBeside(path: string, beside: Beside): void {
    this.beside.push(path);
    this.#hashBeside.add(JSON.stringify([path, beside?.modified, beside?.bytes.length]));
    if (beside !== undefined) this.#hashBeside.add(beside.bytes);
  }

  /** Of all of them; after that, none can be added. */
  digest(): string {
    this.#hash.add(JSON.stringify(this.#sizes));
    this.#hash.add(this.#hashBeside.digest());
    return textOf(this.#hash.digest());
  }
}

function textOf(digest: Uint8Array): string {
  return digest.join();
}

// ---- The inventory, read again --------------------------------------------------------------------------------------

/** What the import that counts as read at `from` changes in clusters of a sample, or in the others, when it is repeated now. */
export function* changesOfReading(
  { clock }: Pick<Ports, 'clock'>,
  store: InventoryStore,
  { from, isSample }: { from: Instant; isSample: boolean },
): Stepwise<StorableChanges> {
  const now = clock.now();
  // As with any other reading: an earlier time is not noted.
  const to = now > from ? now : from;
  const changes: StorableChanges = { targets: [], shrunk: [], emptied: [], now: to };
  if (to === from) return changes;
  for (const before of withForeign(store)) {
    yield;
    if ((before.sample ?? false) !== isSample) continue;
    const read = (credential: Credential): Credential => readAgainAt(credential, from, to);
    const credentials = before.credentials.map(read);
    const history = before.history.map((replaced) => {
      const credential = read(replaced.credential);
      return credential === replaced.credential ? replaced : { ...replaced, credential };
    });
    const isHistorySame = isSameList(history, before.history);
    if (isHistorySame && isSameList(credentials, before.credentials)) continue;
    // Nothing but times differs, so that this alone is left to ask.
    const isReadAgain =
      isHistorySame && credentials.every(({ sources }) => sources.every(({ readAt }) => readAt === to));
    changes.targets.push({ cluster: { ...before, credentials, history }, changed: true, isReadAgain });
  }
  return changes;
}

function readAgainAt(credential: Credential, from: Instant, to: Instant): Credential {
  if (!credential.sources.some(({ readAt }) => readAt === from)) return credential;
  const sources = credential.sources.map((source) =>
    source.readAt === from
      ? { path: source.path, entry: source.entry, fileModified: source.fileModified, readAt: to }
      : source,
  );
  return withSources(credential, sources);
}

/** Every entry of every file that was read then, in the order of the files; those of a sample come last. */
export function* entriesRead(clusters: readonly Cluster[], times: ReadingTimes): Stepwise<ImportedEntry[]> {
  const [real, ofSample]: [ImportedEntry[], ImportedEntry[]] = [[], []];
  for (const cluster of clusters) {
    const [entries, at] = cluster.sample ? [ofSample, times.sample] : [real, times.real];
    for (const credential of credentialsIn(cluster))
      for (const { path, entry, readAt } of credential.sources)
        if (readAt === at) entries.push(entryOf(cluster, credential, { path, entry }));
    yield;
  }
  const byPlace = (left: ImportedEntry, right: ImportedEntry): number => compareByPlace(left.source, right.source);
  return [...(yield* sortSteps(real, byPlace)), ...(yield* sortSteps(ofSample, byPlace))];
}

function entryOf(cluster: Cluster, credential: Credential, source: ImportedEntry['source']): ImportedEntry {
  const { notAfter } = credential.kind === 'certificate' ? outlineOf(credential) : credential;
  return importedEntry(cluster, credential, { source, notAfter });
}

/** As an import tells it of a credential in a file. */
export function importedEntry(
  cluster: Cluster,
  { id, kind, role, name }: Pick<Credential, 'id' | 'kind' | 'role' | 'name'>,
  { source, notAfter }: Pick<ImportedEntry, 'source' | 'notAfter'>,
): ImportedEntry {
  return {
    clusterId: cluster.id,
    cluster: cluster.name,
    ...(cluster.sample && { sample: true }),
    credentialId: id,
    kind,
    role,
    name,
    source,
    notAfter,
  };
}

export function* idsRead(clusters: readonly Cluster[], times: ReadingTimes): Stepwise<Set<CredentialId>> {
  const ids = new Set<CredentialId>();
  for (const cluster of clusters) {
    const at = cluster.sample ? times.sample : times.real;
    for (const { id, sources } of credentialsIn(cluster)) if (sources.some(({ readAt }) => readAt === at)) ids.add(id);
    yield;
  }
  return ids;
}

function credentialsIn({ credentials, history }: Cluster): Credential[] {
  return [...credentials, ...history.map(({ credential }) => credential)];
}

export function isStillJudged({ at, until }: Judged, now: Instant): boolean {
  return at <= now && (until === undefined || now < until);
}

/** When a certificate begins or ends, at `now` or next; `undefined` if none does any more. */
export function* nextChange(clusters: readonly Cluster[], now: Instant): Stepwise<Instant | undefined> {
  let next: Instant | undefined;
  for (const cluster of clusters) {
    for (const certificate of listCertificates(cluster)) {
      const { notBefore, notAfter } = outlineOf(certificate);
      for (const at of [notBefore, notAfter]) if (at >= now && (next === undefined || at < next)) next = at;
    }
    yield;
  }
  return next;
}

// ---- Noting one -----------------------------------------------------------------------------------------------------

/** An import that was not repeated. */
interface ImportDone {
  /** The inventory before it. */
  before: readonly Cluster[];
  files: { listing: Listing };
  seen: SeenFiles;
  reading: Reading;
  report: ImportReport;
  /** Findings about certificates. */
  chains: Finding[];
  readAt: ReadingTimes;
  hasReal: boolean;
}

/** Notes an import if it may be repeated, and forgets the one before that. */
export function* noteRepeatable({ ports, store }: Importing, done: ImportDone): Stepwise<void> {
  repeatable.delete(store);
  const { before, files, seen, reading, report, chains, readAt, hasReal } = done;
  const { findings, revocations } = reading;
  if (!reading.isOfFiles || report.added.length + report.renewed.length + report.superseded.length > 0) return;
  if (report.findings.length > MOST_FINDINGS || revocations.length > MOST_REVOCATIONS) return;
  if (seen.beside.length > MOST_BESIDE) return;
  const clusters = withForeign(store);
  if (!(yield* areSameButForReading(before, clusters, readAt))) return;
  if (!(yield* areSame(yield* entriesRead(clusters, readAt), report.unchanged))) return;
  const without = new Set(reading.filesWithoutCredentials);
  repeatable.set(store, {
    listed: yield* digestListing(ports.crypto, files.listing),
    contents: seen.digest(),
    beside: seen.beside,
    placements: placementsOf(store),
    clusters: new WeakSet(clusters),
    count: clusters.length,
    readAt,
    credentialsFound: Uint32Array.from(seen.credentialsFound),
    withoutCredentials: Uint32Array.from(files.listing.files.flatMap(({ path }, at) => (without.has(path) ? at : []))),
    findings,
    revocations,
    hasReal,
    judged: { findings: chains, at: report.startedAt, until: yield* nextChange(clusters, report.startedAt) },
  });
}

/** Notes that it was repeated: the clusters are others now. */
export function noteRepeated(
  store: InventoryStore,
  former: RepeatableImport,
  changed: Pick<RepeatableImport, 'readAt' | 'judged'>,
): void {
  const clusters = withForeign(store);
  repeatable.set(store, { ...former, ...changed, clusters: new WeakSet(clusters), count: clusters.length });
}

function* areSameButForReading(
  before: readonly Cluster[],
  after: readonly Cluster[],
  times: ReadingTimes,
): Stepwise<boolean> {
  if (before.length !== after.length) return false;
  for (const [at, cluster] of before.entries()) {
    yield;
    if (!isSameButForReading(cluster, after[at], cluster.sample ? times.sample : times.real)) return false;
  }
  return true;
}

function* areSame(made: readonly ImportedEntry[], told: readonly ImportedEntry[]): Stepwise<boolean> {
  if (made.length !== told.length) return false;
  for (const [at, entry] of made.entries()) {
    yield;
    if (!isSameEntry(entry, told[at])) return false;
  }
  return true;
}

function isSameEntry(made: ImportedEntry, told: ImportedEntry | undefined): boolean {
  return (
    made.clusterId === told?.clusterId &&
    made.cluster === told.cluster &&
    made.sample === told.sample &&
    made.credentialId === told.credentialId &&
    made.kind === told.kind &&
    made.role === told.role &&
    made.name === told.name &&
    made.notAfter === told.notAfter &&
    made.source.path === told.source.path &&
    made.source.entry === told.source.entry
  );
}
