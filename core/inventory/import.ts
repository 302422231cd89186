import type { AgentQuestion, ClusterQuestion, ImportedEntry, ImportedRevocation, ImportReport } from './contract.ts';
import type { Instant } from '../shared/instant.ts';
import type { ClusterId, CredentialId } from '../shared/ids.ts';
import type { Cluster, Credential } from './model/credential.ts';
import { hasName, listAgents, listDeployments, listNames } from '../plan/model/deployment.ts';
import { areDistinct, type FactsByCluster } from '../plan/model/cluster-facts.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { Ports } from '../shared/ports.ts';
import { clustersAndForeign, type InventoryStore } from './store/inventory-store.ts';
import type { CredentialCandidate } from './assign/candidate.ts';
import { EarlySignatures, LEAST_BYTES } from './assign/early-signatures.ts';
import { clusterChanges, type ChangedCluster, type StorableChanges } from './cluster-changes.ts';
import { formerImport, keepIfUnchanging, keepImport, readAgain } from './repeated-import.ts';
import { keepDecisions } from './decisions.ts';
import { findNameQuestion } from './model/name-question.ts';
import { ClusterAssigner } from './assign/assign-cluster.ts';
import { isFetched } from './assign/former-clusters.ts';
import { CheckedSignatures } from './assign/signatures.ts';
import { certificateFindings } from './findings/certificate-findings.ts';
import { indexByPath, listFormerAuthorities, mayBelongTo } from './findings/foreign-reasons.ts';
import { LongWork } from './long-work.ts';
import { linkManagement } from './management-links.ts';
import { FoundFiles, type Reading, type ReadingOptions } from './read/read-files.ts';
import { takeRevocations, type RevocationReading } from './read/revocations.ts';

export type ImportPorts = Pick<Ports, 'files' | 'crypto' | 'keys' | 'clock' | 'scheduler'>;

interface Context {
  ports: ImportPorts;
  store: InventoryStore;
  work: LongWork;
  signatures: CheckedSignatures;
  startedAt: Instant;
  saved: Set<ClusterId>;
  facts: FactsByCluster;
}

interface ImportOptions extends ReadingOptions {
  signatures?: CheckedSignatures;
  /** Facts that the admin stated. The import asks no questions about them. */
  facts?: FactsByCluster;
}

/**
 * Stores the contents of files and folders with one write per changed cluster. The result does not depend on the order
 * of the files. Unreadable paths and entries become findings. Records the time of the import if it found anything.
 * Throws `store.*` if the store cannot be written, `import.partly-saved*` if only some clusters could be saved, or
 * `import.cancelled`. Other calls may run meanwhile, but must not change the store.
 */
export async function importPaths(
  ports: ImportPorts,
  store: InventoryStore,
  paths: readonly string[],
  { signatures = new CheckedSignatures(ports), facts = {}, ...options }: ImportOptions = {},
): Promise<ImportReport> {
  const { work = new LongWork(ports.scheduler), unseen } = options;
  const saved = new Set<ClusterId>();
  const context: Context = { ports, store, work, signatures, startedAt: ports.clock.now(), saved, facts };
  const files = new FoundFiles(ports, paths, { work, unseen });
  try {
    // Here and below, a cancelled import does not wait for an unresponsive drive.
    await work.waitFor(files.list());
    const repeated = await repeatFormer(context, files);
    if (repeated !== undefined) return repeated;
    const before = clustersAndForeign(store);
    const reading = await readCredentials(context, files, options);
    const kept = [...store.links(), ...store.decisions()].map(({ path }) => path);
    const gone = await work.waitFor(files.listGone(kept));
    const readAt = ports.clock.now();
    const report = await storeReading(context, reading, { readAt, gone });
    await keepIfUnchanging(context, files, { before, reading, report, readAt });
    return report;
  } catch (error) {
    throw error instanceof ConsoleError && saved.size > 0 ? partialSaveError(error, saved.size) : error;
  } finally {
    files.end();
  }
}

/** Returns the report of the previous import if this one would be the same; `undefined` if it may differ. */
async function repeatFormer(context: Context, files: FoundFiles): Promise<ImportReport | undefined> {
  const { ports, store, work, startedAt } = context;
  const former = formerImport(store);
  if (former === undefined || former.listed !== files.listed) return undefined;
  const seen = await work.waitFor(files.look(former.reading));
  if (seen.digest() !== former.contents || formerImport(store) !== former) return undefined;
  const { reading, report } = former;
  const now = ports.clock.now();
  // A repeated import never moves the read time back.
  const readAt = now > former.readAt ? now : former.readAt;
  if (readAt > former.readAt) {
    const targets = await readAgain(work, clustersAndForeign(store), { from: former.readAt, to: readAt });
    await storeChanges(context, { targets, shrunk: [], emptied: [] }, { readAt, further: 0 });
  }
  const hasReal = report.unchanged.some(({ sample }) => sample !== true);
  const revocations = await finishImport(context, { ...reading, read: seen.read }, hasReal);
  const ids = new Set(report.unchanged.map(({ credentialId }) => credentialId));
  const chains = await certificateFindings(context, clustersAndForeign(store), { now: startedAt, ids });
  const repeated = { ...report, startedAt, findings: [...reading.findings, ...chains], revocations };
  keepImport(store, { ...former, readAt, report: repeated });
  return repeated;
}

async function readCredentials(
  { store, work, signatures }: Context,
  files: FoundFiles,
  options: ReadingOptions,
): Promise<Reading> {
  const stored = new Map<CredentialId, Credential>();
  // Without files to compare, reading a million stored credentials would be pointless.
  for (const { credentials, history } of files.listing.files.length === 0 ? [] : clustersAndForeign(store)) {
    await work.pause();
    for (const credential of credentials) stored.set(credential.id, credential);
    for (const { credential } of history) stored.set(credential.id, credential);
  }
  const bytes = files.listing.files.reduce((sum, { size }) => sum + size, 0);
  const early = bytes < LEAST_BYTES ? undefined : new EarlySignatures(signatures, work);
  const reading = await work.waitFor(files.read({ ...options, stored, early }));
  await early?.end();
  return reading;
}

async function storeReading(
  context: Context,
  reading: Reading,
  { readAt, gone }: { readAt: Instant; gone: readonly string[] },
): Promise<ImportReport> {
  const { store, startedAt, facts } = context;
  const computer = store.shared?.computer;
  const candidates =
    computer === undefined ? reading.candidates : reading.candidates.map((each) => ({ ...each, computer }));
  const apart = new Set(store.foreign()?.credentials.map(({ id }) => id));
  // Real and sample credentials are placed separately, so that they never join, even if they share names.
  const real = await place(context, candidates, { isSample: false });
  const ofSample = await place(context, candidates, { isSample: true });
  const entries: Entries = { added: [], renewed: [], unchanged: [], superseded: [] };
  for (const { isSample, candidates: placed, groups } of [real, ofSample]) {
    const changes = await clusterChanges(context, groups, { isSample, readAt });
    await storeChanges(context, changes, { readAt, further: isSample ? 0 : ofSample.groups.length });
    await addEntries(context.work, entries, { candidates: placed, targets: changes.targets });
  }
  await linkManagement(store, reading.links, gone);
  // Usually, there is nothing to decide.
  if (store.decisions().length + reading.requests.length + reading.findings.length > 0)
    await keepDecisions(context, reading, gone);
  const revocations = await finishImport(context, { ...reading, read: reading.seen.read }, real.candidates.length > 0);
  // This import may also have set apart credentials of earlier imports.
  const fresh = (store.foreign()?.credentials ?? []).filter(({ id }) => !apart.has(id));
  const ids = new Set(candidates.map(({ id }) => id));
  for (const { id } of fresh) ids.add(id);
  const chains = await certificateFindings(context, clustersAndForeign(store), { now: startedAt, ids });
  return {
    startedAt,
    filesRead: reading.filesRead,
    ...entries,
    findings: [...reading.findings, ...chains],
    revocations,
    questions: [
      ...listQuestions(store, entries.added, facts),
      ...(fresh.length > 0 ? askAboutRebuilt(store, fresh) : []),
    ],
    filesWithoutCredentials: reading.filesWithoutCredentials,
    locked: reading.locked.map((path) => ({ path })),
  };
}

function partialSaveError(cause: ConsoleError, clusters: number): ConsoleError {
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
    // An unreadable file does not mean that the cluster no longer exists.
    case 'file.not-readable':
    case 'file.too-large':
      return new ConsoleError('import.partly-saved-not-readable', { path, clusters }, { cause });
    default:
      return cause;
  }
}

async function place(
  { store, work, signatures }: Context,
  all: readonly CredentialCandidate[],
  { isSample }: { isSample: boolean },
) {
  const candidates = all.filter(({ sample = false }) => sample === isSample);
  if (candidates.length === 0) return { isSample, candidates, groups: [] };
  const clusters = clustersAndForeign(store).filter(({ sample = false }) => sample === isSample);
  const places = { clusters, placements: store.placements(), keepsApart: !isSample };
  const assigner = await ClusterAssigner.create({ work, signatures }, candidates, places);
  await signatures.checkAhead(work, await assigner.questions(work), { isReported: true });
  const groups = await assigner.groups(work, {
    done: isSample ? all.length - candidates.length : 0,
    total: all.length,
  });
  return { isSample, candidates, groups };
}

/** Progress includes up to `further` clusters that are stored later. */
async function storeChanges(
  { store, work, saved }: Context,
  { targets, shrunk, emptied }: StorableChanges,
  { readAt, further }: { readAt: Instant; further: number },
): Promise<void> {
  const grown = targets.filter(({ changed, isReadAgain }) => changed && !isReadAgain).map(({ cluster }) => cluster);
  const again = targets.filter(({ isReadAgain }) => isReadAgain).map(({ cluster }) => cluster);
  const total = saved.size + grown.length + shrunk.length + further;
  // Clusters that lose credentials are written last, so that an interruption leaves a credential in two clusters rather
  // than in none.
  for (const clusters of [grown, shrunk])
    await store.updateAll(clusters, (id) => {
      saved.add(id);
      work.report({ stage: { name: 'storing', done: saved.size, total } });
      work.check();
    });
  for (const id of emptied) await store.forget(id);
  if (again.length > 0) await store.readAgain(again, readAt);
}

async function finishImport(
  context: Context,
  reading: RevocationReading,
  hasReal: boolean,
): Promise<ImportedRevocation[]> {
  const { store, startedAt } = context;
  const real = await takeRevocations(context, reading, { isSample: false, now: startedAt });
  const ofSample = await takeRevocations(context, reading, { isSample: true, now: startedAt });
  // Recorded even if nothing changed, since a new reading confirms the inventory. A sample confirms nothing.
  if (hasReal) await store.recordImport(startedAt);
  return [...real, ...ofSample];
}

function listQuestions(
  store: InventoryStore,
  added: readonly ImportedEntry[],
  facts: FactsByCluster,
): ClusterQuestion[] {
  const ids = new Set(added.map(({ clusterId }) => clusterId));
  const real = store.clusters().filter(({ sample }) => sample !== true);
  const agents = real.filter(({ kind }) => kind === 'moc');
  const isAgentAdded = agents.some(({ id }) => ids.has(id));
  const questions: ClusterQuestion[] = [...ids].flatMap((clusterId) => {
    const cluster = store.cluster(clusterId);
    return cluster === undefined || cluster.foreign === true ? [] : (findNameQuestion(cluster) ?? []);
  });
  for (const { cloudAgent, clusters } of agents.length > 1 ? listDeployments(real, facts) : [])
    for (const cluster of cloudAgent === undefined ? clusters : []) {
      const names = listAgents(cluster);
      const named = names === undefined ? agents : agents.filter((agent) => hasName(agent, names));
      if (named.length > 0 && (isAgentAdded || ids.has(cluster.id))) questions.push(ask('deployment', cluster, named));
    }
  for (const [at, agent] of agents.entries()) {
    const namesakes = agents.slice(0, at).filter((one) => hasName(one, listNames(agent)));
    const other = namesakes.find(({ id }) => !areDistinct(facts, agent.id, id));
    if (other !== undefined && (ids.has(agent.id) || ids.has(other.id)))
      questions.push(ask('same-agent', agent, [other]));
  }
  return questions;
}

/** Asks if only kubeconfigs show a rebuild, because two clusters may have the same name and address. */
function askAboutRebuilt(store: InventoryStore, fresh: readonly Credential[]): ClusterQuestion[] {
  const source = { clusters: store.clusters(), foreign: store.foreign(), placements: store.placements() };
  const left = new Set(fresh);
  const byPath = indexByPath(fresh);
  return listFormerAuthorities(source).flatMap(({ ca, successors: [live, another] }): ClusterQuestion[] => {
    if (live === undefined || another !== undefined || !live.credentials.every(isFetched)) return [];
    const beside = new Set(ca.sources.flatMap(({ path }) => byPath.get(path) ?? []));
    const own = [...beside].filter((one) => left.has(one) && mayBelongTo(one, ca));
    if (!own.some(({ id }) => id === ca.id)) return [];
    // A token in a file with several CAs may belong to each of them, but it can be moved only once.
    for (const one of own) left.delete(one);
    return [{ asks: 'rebuilt', clusterId: live.id, cluster: live.name, credentialIds: own.map(({ id }) => id) }];
  });
}

function ask(
  asks: AgentQuestion['asks'],
  { id: clusterId, name: cluster }: Pick<Cluster, 'id' | 'name'>,
  agents: readonly Cluster[],
): AgentQuestion {
  return { asks, clusterId, cluster, agents: agents.map(({ id, name }) => ({ id, name })) };
}

type Entries = Pick<ImportReport, 'added' | 'renewed' | 'unchanged' | 'superseded'>;

/** Adds every credential once, with the first place in which it was found. */
async function addEntries(
  work: LongWork,
  entries: Entries,
  { candidates, targets }: { candidates: readonly CredentialCandidate[]; targets: readonly ChangedCluster[] },
): Promise<void> {
  const targetById = new Map<CredentialId, ChangedCluster>();
  for (const target of targets) for (const id of target.outcomes.keys()) targetById.set(id, target);
  const seen = new Set<CredentialId>();
  for (const candidate of candidates) {
    await work.step();
    const target = targetById.get(candidate.id);
    const outcome = target?.outcomes.get(candidate.id);
    if (target === undefined || outcome === undefined || seen.has(candidate.id)) continue;
    seen.add(candidate.id);
    const { id, kind, role, name, path, entry: place } = candidate;
    const { cluster } = target;
    const entry: ImportedEntry = {
      clusterId: cluster.id,
      cluster: cluster.name,
      sample: cluster.sample,
      credentialId: id,
      kind,
      role,
      name,
      source: { path, entry: place },
      notAfter: candidate.kind === 'certificate' ? candidate.facts.notAfter : candidate.notAfter,
    };
    if (outcome.kind === 'renewed') entries.renewed.push({ ...entry, replaced: outcome.replaced });
    else entries[outcome.kind].push(entry);
  }
}
