import type { ImportedEntry, ImportProgress, ImportReport } from '../contract.ts';
import type { Cluster, ClusterId, CredentialId } from '../domain/credential.ts';
import type { Finding } from '../domain/finding.ts';
import { recognise } from '../formats/recognise.ts';
import type { Crypto, Ports } from '../ports.ts';
import type { InventoryStore } from '../store/inventory-store.ts';
import type { Candidate } from './candidate.ts';
import { compareText } from './candidate.ts';
import { bestName, clusterIdOf, nameRank, SHORT_HEX } from './cluster-name.ts';
import { Gathering } from './gather.ts';
import { hexOf } from './hex.ts';
import { mergeInto } from './merge.ts';
import type { Merged } from './merge.ts';
import { tellingFolderOf } from './path-parts.ts';
import { historyOf, placeCandidates } from './place.ts';
import type { ClusterGroup } from './place.ts';
import { listFiles, MAX_FILE_BYTES, readingFinding } from './read-paths.ts';
import { readReference } from './references.ts';

/** The ports that an import needs. */
export type ImportPorts = Pick<Ports, 'files' | 'crypto' | 'clock'>;

/** How often progress is told, in files. */
const PROGRESS_STEP = 16;

/**
 * Reads files, and folders recursively, and takes what they hold into the store: one write for each cluster that changed,
 * none when all was known. The same files give the same clusters in whatever order they come. Unreadable paths and
 * entries are findings. `store.*` problems when the store cannot be written.
 */
export async function importPaths(
  ports: ImportPorts,
  store: InventoryStore,
  paths: readonly string[],
  onProgress: (progress: ImportProgress) => void = () => {},
): Promise<ImportReport> {
  const startedAt = ports.clock.now();
  const reading = await readAll(ports, paths, onProgress);
  const { candidates } = reading;
  const groups = placeCandidates(ports.crypto, candidates, store.clusters());
  const plan = planChanges(ports, store, groups);
  for (const { cluster, changed } of plan.targets) if (changed) await store.update(cluster);
  // Last, so that a stop in between leaves a credential in two clusters and never in none.
  for (const cluster of plan.shrunk) await store.update(cluster);
  for (const id of plan.emptied) await store.forget(id);
  const anyChange =
    plan.shrunk.length + plan.emptied.length > 0 || plan.targets.some((one) => one.changed);
  if (anyChange) await store.recordImport(startedAt);
  return {
    startedAt,
    filesRead: reading.filesRead,
    ...entriesOf(candidates, plan.targets),
    findings: reading.findings,
    filesWithoutCredentials: reading.filesWithoutCredentials,
  };
}

interface Reading {
  candidates: Candidate[];
  findings: Finding[];
  filesRead: number;
  filesWithoutCredentials: string[];
}

async function readAll(
  { files, crypto }: ImportPorts,
  paths: readonly string[],
  onProgress: (progress: ImportProgress) => void,
): Promise<Reading> {
  const listing = await listFiles(files, paths, (count) => {
    if (count % PROGRESS_STEP === 0) onProgress({ filesRead: 0, credentialsFound: 0 });
  });
  const gathering = new Gathering(crypto);
  for (const finding of listing.findings) gathering.remark(finding);
  const filesWithoutCredentials: string[] = [];
  const filesTotal = listing.files.length;
  let filesRead = 0;
  for (const file of listing.files) {
    const content = await attempt(
      () => files.read(file.path, MAX_FILE_BYTES),
      file.path,
      gathering,
    );
    if (content !== undefined) {
      filesRead += 1;
      const found = recognise(content, files.nameOf(file.path));
      if (found.format === 'nothing') filesWithoutCredentials.push(file.path);
      for (const reference of found.references) {
        const referenced = await readReference(files, file, reference);
        found.findings.push(...referenced.found.findings);
        found.keys.push(...referenced.found.keys);
        const { certificates, tokens } = referenced.found;
        const modified = { modified: referenced.modified };
        found.certificates.push(...certificates.map((one) => ({ ...one, ...modified })));
        found.tokens.push(...tokens.map((one) => ({ ...one, ...modified })));
      }
      gathering.add(file, found);
    }
    if (filesRead % PROGRESS_STEP === 0 || filesRead === filesTotal) {
      onProgress({ filesRead, credentialsFound: gathering.count, filesTotal });
    }
  }
  return { ...gathering.finish(), filesRead, filesWithoutCredentials };
}

async function attempt<T>(
  read: () => Promise<T>,
  path: string,
  gathering: Gathering,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    gathering.remark(readingFinding(path, error));
    return undefined;
  }
}

// ---- From groups to clusters ----------------------------------------------------------------------------------------

interface Target extends Merged {
  changed: boolean;
}

interface ChangePlan {
  targets: Target[];
  /** Clusters that others took credentials from. */
  shrunk: Cluster[];
  emptied: ClusterId[];
}

function planChanges(
  { crypto, clock }: ImportPorts,
  store: InventoryStore,
  groups: readonly ClusterGroup[],
): ChangePlan {
  const now = clock.now();
  const names = new Naming(crypto, store.clusters());
  const leaving = new Map<ClusterId, Set<CredentialId>>();
  for (const { arrivals } of groups) {
    for (const { from, credential } of arrivals) {
      leaving.set(from.id, (leaving.get(from.id) ?? new Set()).add(credential.id));
    }
  }
  const absorbed = new Set<ClusterId>();
  const targets: Target[] = [];
  for (const { group, name } of names.assign(groups)) {
    const [kept, ...others] = group.stored.sort((left, right) => names.comparePrimary(left, right));
    for (const { id } of others) absorbed.add(id);
    const before = kept ?? names.newCluster(group, name);
    const base = without(described(before, group, name), leaving.get(before.id));
    const merged = mergeInto(base, {
      candidates: group.candidates,
      credentials: [
        ...others.flatMap((cluster) => without(cluster, leaving.get(cluster.id)).credentials),
        ...group.arrivals.map(({ credential }) => credential),
      ],
      history: [
        ...others.flatMap((cluster) => without(cluster, leaving.get(cluster.id)).history),
        ...group.arrivals.flatMap(({ history }) => history),
      ],
      now,
    });
    targets.push({ ...merged, changed: merged.cluster !== kept });
  }
  const written = new Set(targets.map(({ cluster }) => cluster.id));
  const shrunk: Cluster[] = [];
  const emptied = [...absorbed];
  for (const [id, ids] of leaving) {
    const cluster = store.cluster(id);
    if (cluster === undefined || absorbed.has(id) || written.has(id)) continue;
    const rest = without(cluster, ids);
    if (rest.credentials.length + rest.history.length === 0) emptied.push(id);
    else shrunk.push(rest);
  }
  for (const target of targets) {
    const { credentials, history, id } = target.cluster;
    if (credentials.length + history.length > 0) continue;
    target.changed = false;
    if (store.cluster(id) !== undefined) emptied.push(id);
  }
  return { targets, shrunk, emptied };
}

/** The cluster with the name and the addresses that are known now; the same object when it had them already. */
function described(cluster: Cluster, group: ClusterGroup, name: string): Cluster {
  const fresh = [...group.addresses].filter((address) => !cluster.addresses.includes(address));
  const others = group.stored.flatMap(({ addresses }) => addresses);
  const addresses = [...new Set([...cluster.addresses, ...others, ...fresh.sort(compareText)])];
  const isSame = cluster.name === name && addresses.length === cluster.addresses.length;
  return isSame ? cluster : { ...cluster, name, addresses };
}

/** The cluster without some credentials and what these replaced. */
function without(cluster: Cluster, ids: ReadonlySet<CredentialId> | undefined): Cluster {
  if (ids === undefined) return cluster;
  const gone = new Set([...ids].flatMap((id) => historyOf(cluster, id)));
  return {
    ...cluster,
    credentials: cluster.credentials.filter(({ id }) => !ids.has(id)),
    history: cluster.history.filter((replaced) => !gone.has(replaced)),
  };
}

/** Gives every group a name that no other cluster has. */
class Naming {
  readonly #crypto: Crypto;
  readonly #clusters: readonly Cluster[];
  readonly #taken = new Map<string, ClusterId | string>();

  constructor(crypto: Crypto, clusters: readonly Cluster[]) {
    this.#crypto = crypto;
    this.#clusters = clusters;
    for (const { name, id } of clusters) this.#taken.set(name, id);
  }

  /** Groups with their names, in the order of the names. Clusters of the store come first: they keep theirs. */
  assign(groups: readonly ClusterGroup[]): { group: ClusterGroup; name: string }[] {
    const wanted = groups.map((group) => ({ group, name: wantedName(group) }));
    const age = ({ stored }: ClusterGroup): number => (stored.length > 0 ? 0 : 1);
    wanted.sort(
      (left, right) =>
        age(left.group) - age(right.group) ||
        compareText(newestAnchor(right.group), newestAnchor(left.group)) ||
        compareText(anchorOf(left.group), anchorOf(right.group)),
    );
    const named = wanted.map(({ group, name }) => ({ group, name: this.#unique(group, name) }));
    return named.sort((left, right) => compareText(left.name, right.name));
  }

  newCluster(group: ClusterGroup, name: string): Cluster {
    const seed = new TextEncoder().encode(`${group.kind}\0${name}\0${anchorOf(group)}`);
    const id = clusterIdOf(name, hexOf(this.#crypto.sha256(seed)));
    return { id, name, kind: group.kind, addresses: [], credentials: [], history: [] };
  }

  /** Which cluster of the store goes on when several turn out to be one: the better named, then the first. */
  comparePrimary(left: Cluster, right: Cluster): number {
    const none = { explicit: new Set<string>(), folders: new Set<string>() };
    return (
      nameRank(right.name, none) - nameRank(left.name, none) ||
      this.#clusters.indexOf(left) - this.#clusters.indexOf(right)
    );
  }

  #unique(group: ClusterGroup, name: string): string {
    const owners = new Set<string>(group.stored.map(({ id }) => id));
    const owner = anchorOf(group);
    owners.add(owner);
    for (const { id, name: former } of group.stored) {
      if (this.#taken.get(former) === id) this.#taken.delete(former);
    }
    let unique = name;
    for (let attempt = 0; !owners.has(this.#taken.get(unique) ?? owner); attempt += 1) {
      const digest =
        group.anchors[0] ?? hexOf(this.#crypto.sha256(new TextEncoder().encode(owner)));
      unique = `${name} (${digest.slice(attempt, attempt + SHORT_HEX)})`;
    }
    this.#taken.set(unique, owner);
    return unique;
  }
}

function anchorOf(group: ClusterGroup): string {
  return group.anchors[0] ?? group.fallbackAnchor;
}

/** When the newest authority found in this import began; empty without one. */
function newestAnchor({ candidates, anchors }: ClusterGroup): string {
  const began = candidates.flatMap((one) =>
    one.kind === 'certificate' && anchors.includes(one.id) ? [one.facts.notBefore as string] : [],
  );
  return began.sort().at(-1) ?? '';
}

/** The name a group should have: the one of the store, unless a more telling one is known now. */
function wantedName(group: ClusterGroup): string {
  const [stored] = group.stored;
  const storedFolders = group.stored.flatMap(({ credentials }) =>
    credentials.flatMap(({ sources }) => sources.map(({ path }) => tellingFolderOf(path) ?? '')),
  );
  const evidence = {
    explicit: group.explicitNames,
    folders: new Set([...group.folderNames, ...storedFolders.filter((folder) => folder !== '')]),
  };
  const found = bestName({ explicit: group.explicitNames, folders: group.folderNames });
  if (stored !== undefined) {
    const names = group.stored.map(({ name }) => name);
    const best =
      names.sort((left, right) => nameRank(right, evidence) - nameRank(left, evidence))[0] ??
      stored.name;
    if (found === undefined || nameRank(found, evidence) <= nameRank(best, evidence)) return best;
    return found;
  }
  if (found !== undefined) return found;
  if (group.kind === 'kubernetes') return 'kubernetes';
  const [anchor] = group.anchors;
  return anchor === undefined ? 'moc' : `moc-${anchor.slice(0, SHORT_HEX)}`;
}

// ---- The report -----------------------------------------------------------------------------------------------------

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
