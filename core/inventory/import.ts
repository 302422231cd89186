import type { ClusterQuestion, ImportedEntry, ImportReport } from './contract.ts';
import type { ClusterId, CredentialId } from '../shared/ids.ts';
import type { Cluster } from './model/credential.ts';
import { findBaseName, isGenericName } from '../plan/model/cluster-name.ts';
import { isClusterName } from '../knowledge/model/cmdlets/command-values.ts';
import { findCommandName } from '../plan/model/command-name.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { Ports } from '../shared/ports.ts';
import { withForeign, type InventoryStore } from '../store/inventory-store.ts';
import type { CredentialCandidate } from './assign/candidate.ts';
import { clusterChanges, type ChangedCluster } from './cluster-changes.ts';
import { placeCandidates } from './assign/assign-cluster.ts';
import { CheckedSignatures } from './assign/signatures.ts';
import { certificateFindings } from './findings/certificate-findings.ts';
import { readFiles, type ReadingOptions } from './read/read-files.ts';
import { takeRevocations } from './read/revocations.ts';

/** The ports that an import needs. */
export type ImportPorts = Pick<Ports, 'files' | 'crypto' | 'keys' | 'clock'>;

/**
 * Reads files, and folders recursively, and stores their contents: one write for each changed cluster, none when
 * everything was known. The same files give the same clusters in any order. Unreadable paths and entries are findings.
 * The time of the import is recorded when it found anything. `store.*` problems when the store cannot be written,
 * `import.partly-saved` when some of it has been. No signature that `signatures` knows is checked.
 */
export async function importPaths(
  ports: ImportPorts,
  store: InventoryStore,
  paths: readonly string[],
  { signatures = new CheckedSignatures(ports), ...options }: ReadingOptions & { signatures?: CheckedSignatures } = {},
): Promise<ImportReport> {
  const startedAt = ports.clock.now();
  const reading = await readFiles(ports, paths, options);
  const { candidates } = reading;
  const saved = new Set<ClusterId>();
  const { real, ofSample, revocations } = await tellingSaved(saved, async () => {
    const taken = {
      real: await takeIn(ports, store, { candidates, signatures, isSample: false, saved }),
      ofSample: await takeIn(ports, store, { candidates, signatures, isSample: true, saved }),
      revocations: [
        ...(await takeRevocations(store, reading, { isSample: false, now: startedAt })),
        ...(await takeRevocations(store, reading, { isSample: true, now: startedAt })),
      ],
    };
    // Even when everything was known: the files were read again, so their information is fresher. A sample says nothing
    // about the freshness of the rest.
    if (candidates.some(({ sample }) => !sample)) await store.recordImport(startedAt);
    return taken;
  });
  const ids = new Set(candidates.map(({ id }) => id));
  const chains = certificateFindings(signatures, withForeign(store), { now: startedAt, ids });
  return {
    startedAt,
    filesRead: reading.filesRead,
    added: [...real.added, ...ofSample.added],
    renewed: [...real.renewed, ...ofSample.renewed],
    unchanged: [...real.unchanged, ...ofSample.unchanged],
    superseded: [...real.superseded, ...ofSample.superseded],
    findings: [...reading.findings, ...chains],
    revocations,
    questions: listQuestions(store, real.added),
    filesWithoutCredentials: reading.filesWithoutCredentials,
    locked: reading.locked.map((path) => ({ path })),
  };
}

/** Does `work`; when the disk is full or a file is held, it says how many clusters were saved before that. */
async function tellingSaved<T>(saved: ReadonlySet<ClusterId>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ConsoleError) || error.code !== 'store.not-writable' || saved.size === 0) throw error;
    const { path = '' } = error.params;
    throw new ConsoleError('import.partly-saved', { path, clusters: saved.size }, { cause: error });
  }
}

/**
 * Assigns and stores either the sample's credentials or the others, as if the rest did not exist, so that the two never
 * join, whatever names they share.
 */
async function takeIn(
  ports: ImportPorts,
  store: InventoryStore,
  {
    candidates,
    signatures,
    isSample,
    saved,
  }: {
    candidates: readonly CredentialCandidate[];
    signatures: CheckedSignatures;
    isSample: boolean;
    saved: Set<ClusterId>;
  },
): Promise<Entries> {
  const own = candidates.filter(({ sample = false }) => sample === isSample);
  const clusters = withForeign(store).filter(({ sample = false }) => sample === isSample);
  if (own.length === 0) return { added: [], renewed: [], unchanged: [], superseded: [] };
  const places = { clusters, placements: store.placements(), keepsApart: !isSample };
  const groups = await placeCandidates(signatures, own, places);
  const changes = clusterChanges(ports, store, groups, isSample);
  const grown = changes.targets.flatMap(({ cluster, changed }) => (changed ? [cluster] : []));
  // Those that shrink are last, so that an interruption leaves a credential in two clusters and never in none.
  for (const clusters of [grown, changes.shrunk]) await store.updateAll(clusters, (id) => saved.add(id));
  for (const id of changes.emptied) await store.forget(id);
  return getEntries(own, changes.targets);
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

type Entries = Pick<ImportReport, 'added' | 'renewed' | 'unchanged' | 'superseded'>;

/** Every candidate exactly once. For a credential found in several places, the first one has its outcome. */
function getEntries(candidates: readonly CredentialCandidate[], targets: readonly ChangedCluster[]): Entries {
  const entries: Entries = { added: [], renewed: [], unchanged: [], superseded: [] };
  const targetOf = new Map<CredentialId, ChangedCluster>();
  for (const target of targets) {
    for (const id of target.outcomes.keys()) targetOf.set(id, target);
  }
  const told = new Set<CredentialId>();
  for (const candidate of candidates) {
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
