import type { ClusterQuestion, ImportedEntry, ImportReport } from './contract.ts';
import type { ClusterId, CredentialId } from '../shared/ids.ts';
import type { Cluster, Credential } from './model/credential.ts';
import type { CertificateFacts } from '../shared/certificate.ts';
import { findBaseName, isGenericName } from '../plan/model/cluster-name.ts';
import { isClusterName } from '../knowledge/model/cmdlets/command-values.ts';
import { findCommandName } from '../plan/model/command-name.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { Ports } from '../shared/ports.ts';
import type { Stepwise } from './model/steps.ts';
import { withForeign, type InventoryStore } from '../store/inventory-store.ts';
import type { CertificateCandidate, CredentialCandidate } from './assign/candidate.ts';
import { EarlySignatures } from './assign/early-signatures.ts';
import { clusterChanges, type ChangedCluster } from './cluster-changes.ts';
import { ClusterPlacing, type ClusterGroup } from './assign/assign-cluster.ts';
import { CheckedSignatures } from './assign/signatures.ts';
import { certificateFindings } from './findings/certificate-findings.ts';
import { ImportWork } from './import-work.ts';
import { readFiles, type ReadingOptions } from './read/read-files.ts';
import { takeRevocations } from './read/revocations.ts';

/** The ports that an import needs. */
export type ImportPorts = Pick<Ports, 'files' | 'crypto' | 'keys' | 'clock' | 'scheduler'>;

/**
 * Reads files, and folders recursively, and stores their contents: one write for each changed cluster, none when
 * everything was known. The same files give the same clusters in any order. Unreadable paths and entries are findings.
 * The time of the import is recorded when it found anything. `store.*` problems when the store cannot be written,
 * `import.partly-saved` when some of it has been, `import.cancelled`. No signature that `signatures` knows is checked.
 * Others have their turn meanwhile, but only this may change the store.
 */
export async function importPaths(
  ports: ImportPorts,
  store: InventoryStore,
  paths: readonly string[],
  { signatures = new CheckedSignatures(ports), ...options }: ReadingOptions & { signatures?: CheckedSignatures } = {},
): Promise<ImportReport> {
  const { work = new ImportWork(ports.scheduler) } = options;
  const startedAt = ports.clock.now();
  const early = new EarlySignatures(signatures, work);
  const known = await work.run(credentialsIn(withForeign(store)));
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
  const reading = await readFiles(ports, paths, { ...options, work, found, factsOf });
  await early.end();
  const { candidates } = reading;
  const saved = new Set<ClusterId>();
  return tellingSaved(saved, async () => {
    const context: Context = { ports, store, work, signatures, saved };
    const [real, ofSample] = await placeBoth(context, candidates);
    const taken = await takeIn(context, real, { isSample: false, further: ofSample.groups.length });
    const takenOfSample = await takeIn(context, ofSample, { isSample: true, further: 0 });
    const revocations = [
      ...(await takeRevocations({ store, work }, reading, { isSample: false, now: startedAt })),
      ...(await takeRevocations({ store, work }, reading, { isSample: true, now: startedAt })),
    ];
    // Even when everything was known: the files were read again, so their information is fresher. A sample says nothing
    // about the freshness of the rest.
    if (real.candidates.length > 0) await store.recordImport(startedAt);
    const ids = await work.run(idsOf(candidates));
    const judged = (done: number, total: number): void => work.reportStage('judging', done, total);
    const chains = await work.run(certificateFindings(signatures, withForeign(store), { now: startedAt, ids, judged }));
    return {
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
  });
}

interface Context {
  ports: ImportPorts;
  store: InventoryStore;
  work: ImportWork;
  signatures: CheckedSignatures;
  saved: Set<ClusterId>;
}

/**
 * Does `work`; when the disk is full, a file is held or somebody cancels, it says how many clusters were saved before that.
 */
async function tellingSaved<T>(saved: ReadonlySet<ClusterId>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ConsoleError) || saved.size === 0) throw error;
    const { path = '' } = error.params;
    if (error.code === 'import.cancelled') throw new ConsoleError(error.code, { clusters: saved.size });
    if (error.code !== 'store.not-writable') throw error;
    throw new ConsoleError('import.partly-saved', { path, clusters: saved.size }, { cause: error });
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
  await signatures.checkAhead(work, questions, (done, total) => work.reportStage('checking', done, total));
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
  { ports, store, work, saved }: Context,
  { candidates, groups }: Placed,
  { isSample, further }: { isSample: boolean; further: number },
): Promise<Entries> {
  const changes = await work.run(clusterChanges(ports, store, groups, isSample));
  const grown = changes.targets
    .filter(({ changed, isReadAgain }) => changed && !isReadAgain)
    .map(({ cluster }) => cluster);
  const again = changes.targets.filter(({ isReadAgain }) => isReadAgain).map(({ cluster }) => cluster);
  const total = saved.size + grown.length + changes.shrunk.length + further;
  const stored = (id: ClusterId): void => {
    saved.add(id);
    work.reportStage('storing', saved.size, total);
    work.check();
  };
  // Those that shrink are last, so that an interruption leaves a credential in two clusters and never in none.
  for (const clusters of [grown, changes.shrunk]) await store.updateAll(clusters, stored);
  for (const id of changes.emptied) await store.forget(id);
  if (again.length > 0) await store.readAgain(again, changes.now);
  return work.run(getEntries(candidates, changes.targets));
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
    const entry = getEntry(candidate, target.cluster);
    if (told.has(candidate.id)) entries.unchanged.push(entry);
    else if (outcome.kind === 'renewed') entries.renewed.push({ ...entry, replaced: outcome.replaced });
    else entries[outcome.kind].push(entry);
    told.add(candidate.id);
  }
  return entries;
}

function getEntry(candidate: CredentialCandidate, cluster: Cluster): ImportedEntry {
  const { id, kind, role, name, path, entry } = candidate;
  const notAfter = candidate.kind === 'certificate' ? candidate.facts.notAfter : candidate.notAfter;
  return {
    clusterId: cluster.id,
    cluster: cluster.name,
    ...(cluster.sample && { sample: true }),
    credentialId: id,
    kind,
    role,
    name,
    source: { path, entry },
    notAfter,
  };
}
