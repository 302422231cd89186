import { FOREIGN_CLUSTER, NO_CLUSTER, type ClusterId } from '../../shared/ids.ts';
import type { Cluster } from '../model/credential.ts';
import type { Crypto } from '../../shared/ports.ts';
import { compareText } from './candidate.ts';
import { bestName, makeClusterId, nameRank } from './cluster-name.ts';
import {
  findBaseName,
  appendFingerprint,
  isGenericName,
  NAME_EVIDENCE,
  SHORT_HEX,
  SURE_EVIDENCE,
  type NameEvidence,
} from '../../plan/model/cluster-name.ts';
import { distinctiveFolder } from './path-parts.ts';
import type { ClusterGroup } from './assign-cluster.ts';

export interface NamedGroup {
  group: ClusterGroup;
  name: string;
  /** Absent for a cloud agent's deployment, whose name appears in no command. */
  evidence?: NameEvidence;
  /** Set if another cluster has the name too, but a login file proves that this one's cloud agent knows it by it. */
  commandName?: string;
}

/** Names groups and sorts them by name. Stored clusters are named first, since they keep their names. */
export function nameGroups(
  crypto: Crypto,
  clusters: readonly Cluster[],
  groups: readonly ClusterGroup[],
): NamedGroup[] {
  const wanted = groups.map((group) => {
    let began = '';
    for (const one of group.candidates)
      if (one.kind === 'certificate' && one.facts.notBefore > began && group.anchors.includes(one.id))
        began = one.facts.notBefore;
    return { group, name: chooseName(group), began };
  });
  wanted.sort(
    (left, right) =>
      Number(left.group.stored.length === 0) - Number(right.group.stored.length === 0) ||
      // A cluster with the login file of its own identity certainly has the name.
      right.group.ownIdentityNames.size - left.group.ownIdentityNames.size ||
      compareText(right.began, left.began) ||
      compareText(getAnchor(left.group), getAnchor(right.group)),
  );
  const taken = new Map<string, ClusterId | string>(clusters.map(({ name, id }) => [name, id]));
  const named = wanted.map(({ group, name: wish }): NamedGroup => {
    const name = takeName(crypto, taken, { group, name: wish });
    const base = findBaseName(name);
    const isProven = base !== undefined && group.kind !== 'moc' && group.ownIdentityNames.has(base.toLowerCase());
    return { group, name, evidence: findEvidence(group, name), ...(isProven && { commandName: base }) };
  });
  return named.sort((left, right) => compareText(left.name, right.name));
}

export function emptyCluster(
  crypto: Crypto,
  group: ClusterGroup,
  { name, isSample }: { name: string; isSample: boolean },
): Cluster {
  const seed = new TextEncoder().encode(`${group.kind}\0${name}\0${getAnchor(group)}`);
  const { kind, foreign } = group;
  if (foreign) return { id: FOREIGN_CLUSTER, name, kind, foreign, addresses: [], credentials: [], history: [] };
  const id = makeClusterId(name, crypto.sha256Hex(seed));
  const mark = isSample ? ({ sample: true } as const) : {};
  return { id, name, kind, ...mark, addresses: [], credentials: [], history: [] };
}

/** Compares stored clusters that are found to be the same: the one with the best name comes first and is kept. */
export function comparePrimary(clusters: readonly Cluster[], left: Cluster, right: Cluster): number {
  const none = { explicit: new Set<string>(), folders: new Set<string>() };
  return (
    Number(right.nameEvidence === 'admin') - Number(left.nameEvidence === 'admin') ||
    nameRank(right.name, none) - nameRank(left.name, none) ||
    clusters.indexOf(left) - clusters.indexOf(right)
  );
}

/** Returns the name, or a similar one that no other cluster has; `taken` maps names to clusters. */
function takeName(
  crypto: Crypto,
  taken: Map<string, ClusterId | string>,
  { group, name }: { group: ClusterGroup; name: string },
): string {
  const owner = getAnchor(group);
  const owners = new Set<string>([...group.stored.map(({ id }) => id), owner]);
  for (const { id, name: former } of group.stored) {
    if (taken.get(former) === id) taken.delete(former);
  }
  const digest = group.anchors[0] ?? crypto.sha256Hex(new TextEncoder().encode(owner));
  // A second cluster keeps its distinguishing name, even if an interrupted import did not save the first cluster.
  const stored = group.stored.map((cluster) => cluster.name);
  const former = stored.filter((one) => findBaseName(one) === name);
  const names = stored.includes(name) ? [name, ...former] : [...former, name];
  for (let at = 0; at < digest.length; at += 1) names.push(appendFingerprint(name, digest.slice(at)));
  const unique = names.find((one) => owners.has(taken.get(one) ?? owner)) ?? `${name} (${digest})`;
  taken.set(unique, owner);
  return unique;
}

function findEvidence(
  { kind, foreign, stored, explicitNames, identityNames, ownIdentityNames, nodeNames, folderNames }: ClusterGroup,
  name: string,
) {
  if (kind === 'moc' || foreign === true) return undefined;
  const base = findBaseName(name) ?? name;
  const found = new Set(stored.flatMap((one) => (one.name === name && one.nameEvidence) || []));
  // If several clusters have this name, an identity is evidence only for the cluster with its file.
  if ((base === name ? identityNames : ownIdentityNames).has(base.toLowerCase())) found.add('moc-identity');
  if (explicitNames.has(base) && !isGenericName(base)) found.add('kubeconfig');
  if ([...nodeNames].some((node) => node.startsWith(`${base.toLowerCase()}-`))) found.add('node-names');
  if (folderNames.has(base)) found.add('folder');
  return NAME_EVIDENCE.find((evidence) => found.has(evidence)) ?? 'none';
}

function getAnchor(group: ClusterGroup): string {
  return group.anchors[0] ?? group.fallbackAnchor;
}

function chooseName(group: ClusterGroup): string {
  const [stored] = group.stored;
  if (group.foreign) return NO_CLUSTER;
  const byAdmin = group.stored.find(({ nameEvidence }) => nameEvidence === 'admin');
  if (byAdmin !== undefined) return byAdmin.name;
  const storedFolders = group.stored.flatMap(({ credentials }) =>
    credentials.flatMap(({ sources }) => sources.map(({ path }) => distinctiveFolder(path, group.nodeNames) ?? '')),
  );
  const sure = group.stored.filter(({ nameEvidence }) => nameEvidence !== undefined && SURE_EVIDENCE.has(nameEvidence));
  const evidence = {
    explicit: new Set([...group.explicitNames, ...sure.map(({ name }) => findBaseName(name) ?? name)]),
    folders: new Set([...group.folderNames, ...storedFolders.filter((folder) => folder !== '')]),
  };
  const found = bestName({ explicit: group.explicitNames, folders: group.folderNames });
  if (stored !== undefined) {
    const names = group.stored.map(({ name }) => name);
    const best = names.sort((left, right) => nameRank(right, evidence) - nameRank(left, evidence))[0] ?? stored.name;
    if (found === undefined || nameRank(found, evidence) <= nameRank(best, evidence)) return best;
    return found;
  }
  if (found !== undefined) return found;
  if (group.kind === 'kubernetes') return 'kubernetes';
  const [anchor] = group.anchors;
  return anchor === undefined ? 'moc' : `moc-${anchor.slice(0, SHORT_HEX)}`;
}
