import type { ClusterQuestion, ImportedEntry, ImportedRevocation, ImportReport } from './contract.ts';
import type { Finding } from '../shared/finding.ts';
import type { Instant } from '../shared/instant.ts';
import type { ClusterId, CredentialId } from '../shared/ids.ts';
import type { Cluster, Credential } from './model/credential.ts';
import type { CertificateFacts } from '../shared/certificates/certificate.ts';
import { findBaseName, isGenericName } from '../plan/model/cluster-name.ts';
import { isClusterName } from '../knowledge/model/cmdlets/command-values.ts';
import { findCommandName } from '../plan/model/command-name.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { Ports } from '../shared/ports.ts';
import type { Stepwise } from '../shared/stepwise/steps.ts';
import { withForeign, type InventoryStore } from '../store/inventory-store.ts';
import type { CertificateCandidate, CredentialCandidate } from './assign/candidate.ts';
import { EarlySignatures } from './assign/early-signatures.ts';
import { clusterChanges, type ChangedCluster, type StorableChanges } from './cluster-changes.ts';
import { ClusterPlacing, type ClusterGroup } from './assign/assign-cluster.ts';
import { CheckedSignatures } from './assign/signatures.ts';
import { certificateFindings } from './findings/certificate-findings.ts';
import { ImportWork } from './import-work.ts';
import { FoundFiles, type ReadingOptions } from './read/read-files.ts';
import { takeRevocations, type RevocationReading } from './read/revocations.ts';
import {
  changesOfReading,
  entriesRead,
  idsRead,
  importedEntry,
  isStillJudged,
  isUntouched,
  nextChange,
  noteRepeatable,
  noteRepeated,
  repeatableImport,
  SeenFiles,
} from './repeated-import.ts';

/** The ports that an import needs. */
export type ImportPorts = Pick<Ports, 'files' | 'crypto' | 'keys' | 'clock' | 'scheduler'>;

/**
 * Reads files, and folders recursively, and stores their contents: one write for each changed cluster, none when
 * everything was known. The same files give the same clusters in any order. Unreadable paths and entries are findings.
 * The time of the import is recorded when it found anything. `store.*` problems when the store cannot be written,
 * `import.partly-saved*` when some of it has been, `import.cancelled`. No signature that `signatures` knows is checked.
 * Others have their turn meanwhile, but only this may change the store.
 */
export async function importPaths(
  ports: ImportPorts,
  store: InventoryStore,
  paths: readonly string[],
  { signatures = new CheckedSignatures(ports), ...options }: ReadingOptions & { signatures?: CheckedSignatures } = {},
): Promise<ImportReport> {
  const { work = new ImportWork(ports.scheduler), unseen } = options;
  const startedAt = ports.clock.now();
  const files = new FoundFiles(ports, paths, { work, unseen });
  const context: Context = { ports, store, work, signatures, startedAt, saved: new Set() };
  try {
    await files.list();
    return (await repeat(context, files)) ?? (await readAndStore(context, files, options));
  } finally {
    files.end();
  }
}

interface Context {
  ports: ImportPorts;
  store: InventoryStore;
  work: ImportWork;
  signatures: CheckedSignatures;
  startedAt: Instant;
  saved: Set<ClusterId>;
}

async function readAndStore(context: Context, files: FoundFiles, options: ReadingOptions): Promise<ImportReport> {
  const { ports, store, work, signatures, startedAt, saved } = context;
  const early = new EarlySignatures(signatures, work);
  const before = withForeign(store);
  // A million credentials are not read to be compared with nothing.
  const known = await work.run(credentialsIn(files.listing.files.length === 0 ? [] : before));
  // What is in the store has been placed, and is asked about only when a CA is new.
  const found = (certificate: CertificateCandidate): void => {
    if (!known.has(certificate.id)) early.add(certificate);
  };
  const factsOf = (id: CredentialId): CertificateFacts | undefined => {
    const credential = known.get(id);
    if (credential?.kind !== 'certificate') return undefined;
    // Where there were bytes behind a certificate, they are a finding of the file, not of what is stored.
    return credential.facts.findings.length === 0 ? credential.facts : undefined;
  };
  // What an empty inventory gets is new, so that no import into one can be repeated.
  const seen = known.size === 0 ? undefined : new SeenFiles(ports.crypto);
  const reading = await files.read({
    ...options,
    found,
    factsOf,
    seen: (...file) => seen?.add(...file),
    beside: (...file) => seen?.addBeside(...file),
  });
  await early.end();
  const { candidates } = reading;
  return tellingSaved(saved, async () => {
    const [real, ofSample] = await placeBoth(context, candidates);
    const taken = await takeIn(context, real, { isSample: false, further: ofSample.groups.length });
    const takenOfSample = await takeIn(context, ofSample, { isSample: true, further: 0 });
    const hasReal = real.candidates.length > 0;
    const revocations = await afterStoring(context, reading, hasReal);
    const chains = await judge(context, await work.run(idsOf(candidates)));
    const report: ImportReport = {
      startedAt,
      filesRead: reading.filesRead,
      added: [...taken.added, ...takenOfSample.added],
      renewed: [...taken.renewed, ...takenOfSample.renewed],
      unchanged: [...taken.unchanged, ...takenOfSample.unchanged],
      superseded: [...taken.superseded, ...takenOfSample.superseded],
      findings: [...reading.findings, ...chains],
      revocations,
      questions: listQuestions(store, taken.added),
      filesWithoutCredentials: reading.filesWithoutCredentials,
      locked: reading.locked.map((path) => ({ path })),
    };
    const readAt = { real: taken.readAt, sample: takenOfSample.readAt };
    if (seen !== undefined)
      await work.run(noteRepeatable(context, { before, files, seen, reading, report, chains, readAt, hasReal }));
    return report;
  });
}

/** The report of an import that a former one has made already; `undefined` where it may come to something else. */
async function repeat(context: Context, files: FoundFiles): Promise<ImportReport | undefined> {
  const { ports, store, work, startedAt, saved } = context;
  const former = await work.run(repeatableImport(context, files.listing));
  if (former === undefined) return undefined;
  const seen = new SeenFiles(ports.crypto);
  const filesTotal = files.listing.files.length;
  await files.look((file, content) => {
    seen.add(file, content);
    const credentialsFound = former.credentialsFound[seen.count] ?? 0;
    work.reportReading({ filesRead: seen.read.size, credentialsFound, filesTotal });
  });
  await files.lookBeside(former.beside, (path, beside) => seen.addBeside(path, beside));
  if (seen.digest() !== former.contents || !isUntouched(store, former)) return undefined;
  return tellingSaved(saved, async () => {
    const again = async (from: Instant, isSample: boolean): Promise<Instant> => {
      const changes = await work.run(changesOfReading(ports, store, { from, isSample }));
      await storeChanges(context, changes, 0);
      return changes.now;
    };
    const readAt = { real: await again(former.readAt.real, false), sample: await again(former.readAt.sample, true) };
    const revocations = await afterStoring(
      context,
      { revocations: former.revocations, read: seen.read },
      former.hasReal,
    );
    const clusters = withForeign(store);
    const judged = isStillJudged(former.judged, startedAt)
      ? former.judged
      : {
          findings: await judge(context, await work.run(idsRead(clusters, readAt))),
          at: startedAt,
          until: await work.run(nextChange(clusters, startedAt)),
        };
    noteRepeated(store, former, { readAt, judged });
    return {
      startedAt,
      filesRead: seen.read.size,
      added: [],
      renewed: [],
      unchanged: await work.run(entriesRead(clusters, readAt)),
      superseded: [],
      findings: [...former.findings, ...judged.findings],
      revocations,
      questions: [],
      filesWithoutCredentials: Array.from(former.withoutCredentials, (at) => files.listing.files[at]!.path),
      locked: [],
    };
  });
}

/** What follows once all clusters are stored: their revocations, and that there was an import. */
async function afterStoring(
  { store, work, startedAt }: Context,
  reading: RevocationReading,
  hasReal: boolean,
): Promise<ImportedRevocation[]> {
  const real = await takeRevocations({ store, work }, reading, { isSample: false, now: startedAt });
  await work.pause();
  const ofSample = await takeRevocations({ store, work }, reading, { isSample: true, now: startedAt });
  // Even when everything was known: the files were read again, so their information is fresher. A sample says nothing
  // about the freshness of the rest.
  if (hasReal) await store.recordImport(startedAt);
  return [...real, ...ofSample];
}

/** What the rules say of the certificates with these ids. */
async function judge(
  { store, work, signatures, startedAt }: Context,
  ids: ReadonlySet<CredentialId>,
): Promise<Finding[]> {
  if (ids.size === 0) return [];
  const judged = (done: number, total: number): void => work.reportStage('judging', done, total);
  return work.run(certificateFindings(signatures, withForeign(store), { now: startedAt, ids, judged }));
}

/** Does `work`; whatever keeps the store from saving all of it, or cancels, is told with how many clusters were saved before that. */
async function tellingSaved<T>(saved: ReadonlySet<ClusterId>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ConsoleError && saved.size > 0 ? partlySaved(error, saved.size) : error;
  }
}

/** Their texts tell the reason of the store, and what to do about it. */
function partlySaved(cause: ConsoleError, clusters: number): ConsoleError {
  const { path = '', limitMiB = 0, schema = 0, known = 0 } = cause.params;
  switch (cause.code) {
    case 'import.cancelled':
      return new ConsoleError(cause.code, { clusters });
    case 'store.not-writable':
      return new ConsoleError('import.partly-saved', { path, clusters }, { cause });
    case 'store.too-large':
      return new ConsoleError('import.partly-saved-too-large', { path, limitMiB, clusters }, { cause });
    case 'store.lock-lost':
      return new ConsoleError('import.partly-saved-lock-lost', { path, clusters }, { cause });
    case 'store.newer':
      return new ConsoleError('import.partly-saved-newer', { path, schema, known, clusters }, { cause });
    // A file of a cluster that is no part of the inventory for that.
    case 'file.not-readable':
    case 'file.too-large':
      return new ConsoleError('import.partly-saved-not-readable', { path, clusters }, { cause });
    default:
      return cause;
  }
}

/** Either the sample’s credentials or the others, and the clusters that they make. */
interface Placed {
  candidates: readonly CredentialCandidate[];
  groups: readonly ClusterGroup[];
}

/**
 * Assigns the sample’s credentials and the others, each as if the rest did not exist, so that the two never join, whatever
 * names they share.
 */
async function placeBoth(
  { store, work, signatures }: Context,
  candidates: readonly CredentialCandidate[],
): Promise<[real: Placed, ofSample: Placed]> {
  const begun = async (isSample: boolean): Promise<{ own: CredentialCandidate[]; placing: ClusterPlacing }> => {
    const own = candidates.filter(({ sample = false }) => sample === isSample);
    const clusters = own.length === 0 ? [] : withForeign(store).filter(({ sample = false }) => sample === isSample);
    const places = { clusters, placements: store.placements(), keepsApart: !isSample };
    return { own, placing: await work.run(ClusterPlacing.of(signatures, own, places)) };
  };
  const [real, ofSample] = [await begun(false), await begun(true)];
  const questions = [await work.run(real.placing.questions()), await work.run(ofSample.placing.questions())].flat();
  const told = (done: number, total: number): void => work.reportStage('checking', done, total);
  await signatures.checkAhead(work, questions, { told });
  let count = 0;
  const placed = (): void => work.reportStage('placing', (count += 1), candidates.length);
  const ended = async ({ own, placing }: typeof real): Promise<Placed> => ({
    candidates: own,
    groups: await work.run(placing.groups(placed)),
  });
  return [await ended(real), await ended(ofSample)];
}

/** Stores the clusters; `further` ones may follow. */
async function takeIn(
  context: Context,
  { candidates, groups }: Placed,
  { isSample, further }: { isSample: boolean; further: number },
): Promise<Entries & { readAt: Instant }> {
  const { ports, store, work } = context;
  const changes = await work.run(clusterChanges(ports, store, groups, isSample));
  await storeChanges(context, changes, further);
  return { ...(await work.run(getEntries(candidates, changes.targets))), readAt: changes.now };
}

async function storeChanges(
  { store, work, saved }: Context,
  { targets, shrunk, emptied, now }: StorableChanges,
  further: number,
): Promise<void> {
  const grown = targets.filter(({ changed, isReadAgain }) => changed && !isReadAgain).map(({ cluster }) => cluster);
  const again = targets.filter(({ isReadAgain }) => isReadAgain).map(({ cluster }) => cluster);
  const total = saved.size + grown.length + shrunk.length + further;
  const stored = (id: ClusterId): void => {
    saved.add(id);
    work.reportStage('storing', saved.size, total);
    work.check();
  };
  // Those that shrink are last, so that an interruption leaves a credential in two clusters and never in none.
  for (const clusters of [grown, shrunk]) await store.updateAll(clusters, stored);
  for (const id of emptied) await store.forget(id);
  if (again.length > 0) await store.readAgain(again, now);
}

/** Clusters that something was added to, and whose name for commands nothing makes certain. */
function listQuestions(store: InventoryStore, added: readonly ImportedEntry[]): ClusterQuestion[] {
  return [...new Set(added.map(({ clusterId }) => clusterId))].flatMap((clusterId) => {
    const cluster = store.cluster(clusterId);
    if (cluster === undefined || cluster.kind === 'moc' || cluster.foreign === true) return [];
    if (findCommandName(cluster) !== undefined) return [];
    const { name, nameEvidence = 'none' } = cluster;
    const suggestion = findBaseName(name) ?? name;
    return [
      {
        clusterId,
        cluster: name,
        evidence: nameEvidence,
        ...(isClusterName(suggestion) && !isGenericName(suggestion) && { suggestion }),
      },
    ];
  });
}

function* credentialsIn(clusters: readonly Cluster[]): Stepwise<Map<CredentialId, Credential>> {
  const known = new Map<CredentialId, Credential>();
  for (const { credentials, history } of clusters) {
    for (const credential of credentials) known.set(credential.id, credential);
    for (const { credential } of history) known.set(credential.id, credential);
    yield;
  }
  return known;
}

function* idsOf(candidates: readonly CredentialCandidate[]): Stepwise<Set<CredentialId>> {
  const ids = new Set<CredentialId>();
  for (const { id } of candidates) {
    ids.add(id);
    yield;
  }
  return ids;
}

type Entries = Pick<ImportReport, 'added' | 'renewed' | 'unchanged' | 'superseded'>;

/** Every candidate exactly once. For a credential found in several places, the first one has its outcome. */
function* getEntries(
  candidates: readonly CredentialCandidate[],
  targets: readonly ChangedCluster[],
): Stepwise<Entries> {
  const entries: Entries = { added: [], renewed: [], unchanged: [], superseded: [] };
  const targetOf = new Map<CredentialId, ChangedCluster>();
  for (const target of targets) {
    for (const id of target.outcomes.keys()) targetOf.set(id, target);
    yield;
  }
  const told = new Set<CredentialId>();
  for (const candidate of candidates) {
    yield;
    const target = targetOf.get(candidate.id);
    const outcome = target?.outcomes.get(candidate.id);
    if (target === undefined || outcome === undefined) continue;
    const { path, entry: place } = candidate;
    const notAfter = candidate.kind === 'certificate' ? candidate.facts.notAfter : candidate.notAfter;
    const entry = importedEntry(target.cluster, candidate, { source: { path, entry: place }, notAfter });
    if (told.has(candidate.id)) entries.unchanged.push(entry);
    else if (outcome.kind === 'renewed') entries.renewed.push({ ...entry, replaced: outcome.replaced });
    else entries[outcome.kind].push(entry);
    told.add(candidate.id);
  }
  return entries;
}
