import type { ImportedEntry, ImportProgress, ImportReport } from '../contract.ts';
import type { Cluster, CredentialId } from '../domain/credential.ts';
import type { Ports } from '../ports.ts';
import type { InventoryStore } from '../store/inventory-store.ts';
import type { Candidate } from './candidate.ts';
import { clusterChanges } from './cluster-changes.ts';
import type { Target } from './cluster-changes.ts';
import { placeCandidates } from './place.ts';
import { readFiles } from './read-files.ts';

/** The ports that an import needs. */
export type ImportPorts = Pick<Ports, 'files' | 'crypto' | 'clock'>;

/**
 * Reads files, and folders recursively, and takes what they hold into the store: one write for each cluster that changed,
 * none when all was known. The same files give the same clusters in whatever order they come. Unreadable paths and
 * entries are findings. The time of the import is kept when it found anything. `store.*` problems when the store cannot be written.
 */
export async function importPaths(
  ports: ImportPorts,
  store: InventoryStore,
  paths: readonly string[],
  onProgress: (progress: ImportProgress) => void = () => {},
): Promise<ImportReport> {
  const startedAt = ports.clock.now();
  const reading = await readFiles(ports, paths, onProgress);
  const { candidates } = reading;
  const groups = placeCandidates(ports.crypto, candidates, store.clusters());
  const changes = clusterChanges(ports, store, groups);
  for (const { cluster, changed } of changes.targets) if (changed) await store.update(cluster);
  // Last, so that a stop in between leaves a credential in two clusters and never in none.
  for (const cluster of changes.shrunk) await store.update(cluster);
  for (const id of changes.emptied) await store.forget(id);
  // Also when all was known: the files have been read again, so what they say is that much fresher.
  if (candidates.length > 0) await store.recordImport(startedAt);
  return {
    startedAt,
    filesRead: reading.filesRead,
    ...entriesOf(candidates, changes.targets),
    findings: reading.findings,
    filesWithoutCredentials: reading.filesWithoutCredentials,
  };
}

type Entries = Pick<ImportReport, 'added' | 'renewed' | 'unchanged' | 'superseded'>;

/** Every candidate in one list. Of a credential found in several places, the first has its outcome. */
function entriesOf(candidates: readonly Candidate[], targets: readonly Target[]): Entries {
  const entries: Entries = { added: [], renewed: [], unchanged: [], superseded: [] };
  const targetOf = new Map<CredentialId, Target>();
  for (const target of targets) {
    for (const id of target.outcomes.keys()) targetOf.set(id, target);
  }
  const told = new Set<CredentialId>();
  for (const candidate of candidates) {
    const target = targetOf.get(candidate.id);
    const outcome = target?.outcomes.get(candidate.id);
    if (target === undefined || outcome === undefined) continue;
    const entry = entryOf(candidate, target.cluster);
    if (told.has(candidate.id)) entries.unchanged.push(entry);
    else if (outcome.kind === 'renewed')
      entries.renewed.push({ ...entry, replaced: outcome.replaced });
    else entries[outcome.kind].push(entry);
    told.add(candidate.id);
  }
  return entries;
}

function entryOf(candidate: Candidate, cluster: Cluster): ImportedEntry {
  const { id, kind, role, name, path, entry } = candidate;
  const notAfter = candidate.kind === 'certificate' ? candidate.facts.notAfter : candidate.notAfter;
  return {
    clusterId: cluster.id,
    cluster: cluster.name,
    credentialId: id,
    kind,
    role,
    name,
    source: { path, entry },
    ...(notAfter !== undefined && { notAfter }),
  };
}
