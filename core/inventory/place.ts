import type { RoleId } from '../domain/catalogue/credentials.ts';
import type {
  Cluster,
  Credential,
  CredentialId,
  ReplacedCredential,
} from '../domain/credential.ts';
import type { Crypto } from '../ports.ts';
import type { Candidate, CertificateCandidate } from './candidate.ts';
import { compareText } from './candidate.ts';
import { clusterInIdentity, isGenericName } from './cluster-name.ts';
import { Groups } from './groups.ts';
import { isSelfIssued, Issuers } from './issuers.ts';
import type { Certified } from './issuers.ts';
import { folderOf, tellingFolderOf, treeOf, treesAround } from './path-parts.ts';

/** One cluster to be: what of the store it goes on from, and what comes in. */
export interface ClusterGroup {
  kind: Cluster['kind'];
  /** Clusters of the store that belong together here; usually none or one. */
  stored: Cluster[];
  /** Explicit names and telling folders seen in this import. */
  explicitNames: Set<string>;
  folderNames: Set<string>;
  addresses: Set<string>;
  /** Ids of the authorities that hold it together, smallest first; empty when nothing does but a folder. */
  anchors: string[];
  /** Something that names the group where it has no anchor. */
  fallbackAnchor: string;
  candidates: Candidate[];
  arrivals: Arrival[];
}

/** A stored credential that belongs to another cluster than thought before, with its history. */
export interface Arrival {
  from: Cluster;
  credential: Credential;
  history: ReplacedCredential[];
}

/** The trust roots of a Kubernetes cluster: whoever has one of them is that cluster. */
const CLUSTER_ROOTS: readonly RoleId[] = ['cluster-ca', 'etcd-ca', 'front-proxy-ca'];

/** How sure a placement is. Only `certain` moves what the store already has elsewhere. */
const CERTAIN = 3;
const STATED = 2;
const GUESSED = 1;

interface Choice {
  node: string;
  strength: number;
}

/** Where the store has a credential. */
interface Home {
  cluster: Cluster;
  credential: Credential;
  current: boolean;
}

/**
 * Decides for every candidate which cluster it belongs to, with the clusters of the store in view. The answer depends on
 * the candidates and the store only, not on the order of either.
 *
 * Names for what is joined: `s:` cluster of the store, `k:` trust root of a Kubernetes cluster, `c:` cluster entry of a
 * kubeconfig, `n:` name in kubeconfigs without an authority, `t:` folder tree; `m:` authority of a cloud agent, `f:` its
 * name, `a:` access or login file, `u:` folder tree of MOC files.
 */
export function placeCandidates(
  crypto: Crypto,
  candidates: readonly Candidate[],
  clusters: readonly Cluster[],
): ClusterGroup[] {
  return new Placing(crypto, candidates, clusters).groups();
}

class Placing {
  readonly #candidates: readonly Candidate[];
  readonly #clusters: readonly Cluster[];
  readonly #groups = new Groups();
  readonly #homes = new Map<CredentialId, Home>();
  readonly #mocAuthorities = new Set<string>();
  readonly #clusterRoots = new Set<string>();
  readonly #authorities: Issuers<Certified>;
  readonly #placedAuthorities = new Map<string, Choice>();
  /** Newest moment an authority began, to prefer the living one of two clusters of one name. */
  readonly #began = new Map<string, string>();

  constructor(crypto: Crypto, candidates: readonly Candidate[], clusters: readonly Cluster[]) {
    this.#candidates = candidates;
    this.#clusters = clusters;
    for (const cluster of clusters) this.#noteHomes(cluster);
    for (const candidate of candidates) this.#noteAuthority(candidate);
    this.#authorities = new Issuers(crypto, this.#allAuthorities());
    for (const cluster of clusters) this.#joinStored(cluster);
    this.#joinMocFiles();
    this.#joinKubeconfigs();
    this.#joinTrees();
    this.#joinByName();
  }

  // ---- What there is ------------------------------------------------------------------------------------------------

  #noteHomes(cluster: Cluster): void {
    for (const { credential } of cluster.history) {
      this.#homes.set(credential.id, { cluster, credential, current: false });
    }
    for (const credential of cluster.credentials) {
      this.#homes.set(credential.id, { cluster, credential, current: true });
    }
    for (const credential of certificatesOf(cluster)) {
      if (cluster.kind === 'moc' && credential.facts.isCa) this.#mocAuthorities.add(credential.id);
      else if (CLUSTER_ROOTS.includes(credential.role)) this.#addRoot(credential);
    }
  }

  #noteAuthority(candidate: Candidate): void {
    if (candidate.kind !== 'certificate') return;
    if (isCloudCertificate(candidate) || candidate.role === 'cloud-agent-ca') {
      this.#mocAuthorities.add(candidate.id);
    } else if (CLUSTER_ROOTS.includes(candidate.role) || isTrustOfKubeconfig(candidate)) {
      this.#addRoot(candidate);
    }
  }

  #addRoot({ id, facts }: Certified): void {
    this.#clusterRoots.add(id);
    this.#began.set(id, facts.notBefore);
  }

  *#allAuthorities(): Generator<Certified> {
    const seen = new Set<string>();
    const stored = this.#clusters.flatMap((cluster) => certificatesOf(cluster));
    for (const one of [...this.#candidates, ...stored]) {
      if (one.kind !== 'certificate' || seen.has(one.id)) continue;
      if (!one.facts.isCa && !isSelfIssued(one.facts)) continue;
      seen.add(one.id);
      yield one;
    }
  }

  // ---- What belongs together ----------------------------------------------------------------------------------------

  #authorityNode(id: string): string | undefined {
    if (this.#mocAuthorities.has(id)) return `m:${id}`;
    return this.#clusterRoots.has(id) ? `k:${id}` : undefined;
  }

  #joinStored(cluster: Cluster): void {
    const node = `s:${cluster.id}`;
    for (const { id, role, facts } of certificatesOf(cluster)) {
      const isRoot = cluster.kind === 'moc' ? facts.isCa : CLUSTER_ROOTS.includes(role);
      const authority = isRoot ? this.#authorityNode(id) : undefined;
      if (authority !== undefined) this.#groups.join(node, authority);
    }
    if (cluster.kind !== 'moc') return;
    for (const address of cluster.addresses) this.#groups.join(node, `f:${hostOf(address)}`);
  }

  #joinMocFiles(): void {
    for (const { origin, path, id } of this.#candidates) {
      if (origin.format !== 'access-file' && origin.format !== 'login-file') continue;
      const file = `a:${path}`;
      if (origin.part === 'cloud-certificate') this.#groups.join(file, `m:${id}`);
      if (origin.format === 'login-file' && origin.cloudFqdn !== undefined) {
        this.#groups.join(file, `f:${hostOf(origin.cloudFqdn)}`);
      }
    }
  }

  #joinKubeconfigs(): void {
    for (const candidate of this.#candidates) {
      const entry = kubeconfigEntry(candidate);
      const authority = this.#authorityNode(candidate.id);
      if (entry !== undefined && authority !== undefined && isTrustOfKubeconfig(candidate)) {
        this.#groups.join(entry, authority);
      }
    }
  }

  /** Certificate files that lie together: the three roots of a cluster are in one folder tree on each of its nodes. */
  #joinTrees(): void {
    const trees = new Map<string, CertificateCandidate[]>();
    for (const candidate of this.#candidates) {
      if (!isPlainFile(candidate)) continue;
      const tree = treeOf(candidate.path);
      const list = trees.get(tree);
      if (list === undefined) trees.set(tree, [candidate]);
      else list.push(candidate);
    }
    const single = new Set<string>();
    for (const [tree, inside] of trees) if (this.#joinTree(tree, inside)) single.add(tree);
    for (const [tree, inside] of trees) {
      if (single.has(tree)) continue;
      const outer = treesAround(tree)[0];
      const roots = this.#rootsIn(inside);
      if (outer !== undefined && single.has(outer) && roots.length > 0 && !hasClusterCa(roots)) {
        this.#groups.join(`t:${tree}`, `t:${outer}`);
      }
    }
    this.#joinStoredTrees(trees, single);
  }

  /** True when the tree has exactly one cluster CA, or several in one file: an old and a new one. */
  #joinTree(tree: string, inside: readonly CertificateCandidate[]): boolean {
    const roots = this.#rootsIn(inside);
    const clusterCas = roots.filter(({ role }) => role === 'cluster-ca');
    const count = new Set(clusterCas.map(({ id }) => id)).size;
    const oneFile = new Set(clusterCas.map(({ path }) => path)).size === 1;
    if (count <= 1 || oneFile) {
      for (const { id } of roots) this.#groups.join(`t:${tree}`, `k:${id}`);
      return count > 0;
    }
    for (const root of roots) this.#joinNearest(root, clusterCas);
    return false;
  }

  /** In a tree with several cluster CAs, the others go with the one in their own folder or the one around it. */
  #joinNearest(root: CertificateCandidate, clusterCas: readonly CertificateCandidate[]): void {
    if (root.role === 'cluster-ca') return;
    const folder = folderOf(root.path);
    const around = folderOf(folder);
    const near = clusterCas.filter(({ path }) => [folder, around].includes(folderOf(path)));
    const [nearest] = near;
    if (nearest !== undefined && new Set(near.map(({ id }) => id)).size === 1) {
      this.#groups.join(`k:${root.id}`, `k:${nearest.id}`);
    }
  }

  #rootsIn(inside: readonly CertificateCandidate[]): CertificateCandidate[] {
    return inside.filter(({ id }) => this.#clusterRoots.has(id) && !this.#mocAuthorities.has(id));
  }

  /**
   * A tree without a cluster CA of its own goes on from the one cluster that the store has of it, and a file of which the
   * store has only one cluster stays with that.
   */
  #joinStoredTrees(trees: ReadonlyMap<string, unknown>, single: ReadonlySet<string>): void {
    const ofTree = new Map<string, Set<string>>();
    const ofPath = new Map<string, Set<string>>();
    for (const { id, kind, credentials } of this.#clusters) {
      for (const source of credentials.flatMap(({ sources }) => sources)) {
        addTo(ofPath, `${kind}\0${source.path}`, id);
        if (isPlainSource(source)) addTo(ofTree, treeNode(kind, source.path), id);
      }
    }
    for (const { path } of this.#candidates) {
      const tree = treeOf(path);
      if (single.has(tree)) continue;
      for (const kind of ['kubernetes', 'moc'] as const) {
        const node = treeNode(kind, path);
        const byTree = trees.has(tree) ? [...(ofTree.get(node) ?? [])] : [];
        const byPath = [...(ofPath.get(`${kind}\0${path}`) ?? [])];
        const [cluster] = byTree.length === 1 ? byTree : byPath.length === 1 ? byPath : [];
        if (cluster !== undefined) this.#groups.join(node, `s:${cluster}`);
      }
    }
  }

  /** Kubeconfig entries without an authority, and clusters of the store without one, by their name. */
  #joinByName(): void {
    const anchored = new Map<string, Set<string>>();
    const note = (name: string, node: string): void => addTo(anchored, name, this.#groups.of(node));
    const roots = new Set([...this.#clusterRoots].map((id) => this.#groups.of(`k:${id}`)));
    const hasRoot = (node: string): boolean => roots.has(this.#groups.of(node));
    const open = new Map<string, Set<string>>();
    for (const candidate of this.#candidates) {
      const entry = kubeconfigEntry(candidate);
      const name = clusterNameOf(candidate);
      if (entry === undefined || name === undefined || isGenericName(name)) continue;
      if (hasRoot(entry)) note(name, entry);
      else addTo(open, name, entry);
    }
    for (const { id, name, kind } of this.#clusters) {
      if (kind !== 'kubernetes' || isGenericName(name)) continue;
      if (hasRoot(`s:${id}`)) note(name, `s:${id}`);
      else addTo(open, name, `s:${id}`);
    }
    for (const candidate of this.#candidates) {
      const tree = treeOf(candidate.path);
      const name = tellingFolderOf(candidate.path);
      if (name === undefined || !isPlainFile(candidate) || candidate.layer === 'moc') continue;
      if (!hasRoot(`t:${tree}`) && (anchored.has(name) || open.has(name))) {
        addTo(open, name, `t:${tree}`);
      }
    }
    for (const [name, nodes] of open) {
      const [target] = [...(anchored.get(name) ?? [])].sort((left, right) =>
        this.#preferred(left, right),
      );
      this.#groups.join(target ?? `n:${name}`, ...nodes);
    }
  }

  /** Of two clusters of one name, the one whose authority is newer: the other was rebuilt. */
  #preferred(left: string, right: string): number {
    return compareText(this.#newest(right), this.#newest(left)) || compareText(left, right);
  }

  #newest(root: string): string {
    const began = [...this.#clusterRoots].filter((id) => this.#groups.of(`k:${id}`) === root);
    return (
      began
        .map((id) => this.#began.get(id) ?? '')
        .sort()
        .at(-1) ?? ''
    );
  }

  // ---- Who goes where -----------------------------------------------------------------------------------------------

  groups(): ClusterGroup[] {
    const byName = this.#kubernetesNames();
    const choices = new Map<CredentialId, Choice>();
    for (const candidate of this.#candidates) {
      const choice = this.#choose(candidate, byName);
      const known = choices.get(candidate.id);
      if (known === undefined || this.#compareChoices(choice, known) < 0)
        choices.set(candidate.id, choice);
    }
    const building = new Map<string, ClusterGroup>();
    for (const candidate of this.#candidates) {
      const choice = this.#settled(candidate.id, choices.get(candidate.id));
      this.#group(building, choice).candidates.push(candidate);
    }
    for (const arrival of this.#arrivals(choices, byName)) {
      this.#group(building, arrival.node).arrivals.push(arrival.arrival);
    }
    this.#describe(building);
    return [...building.values()];
  }

  #compareChoices(left: Choice, right: Choice): number {
    return (
      right.strength - left.strength ||
      compareText(this.#groups.of(left.node), this.#groups.of(right.node))
    );
  }

  /** What the store has stays where it is unless it is certain to belong elsewhere. */
  #settled(id: CredentialId, choice: Choice | undefined): string {
    const home = this.#homes.get(id);
    if (choice === undefined) return '';
    if (home === undefined || (choice.strength >= CERTAIN && home.current)) return choice.node;
    return `s:${home.cluster.id}`;
  }

  #choose(candidate: Candidate, byName: ReadonlyMap<string, string>): Choice {
    const named = this.#byIdentity(candidate, byName);
    if (named !== undefined) return { node: named, strength: CERTAIN };
    if (candidate.kind === 'certificate') {
      const authority = this.#authorityNode(candidate.id);
      if (authority !== undefined) {
        return { node: authority, strength: authority.startsWith('m:') ? CERTAIN : STATED };
      }
      if (!candidate.facts.isCa || isPlainFile(candidate)) {
        const issuer = this.#byIssuer(candidate);
        if (issuer !== undefined) return issuer;
      }
    }
    return this.#byFile(candidate);
  }

  #byIdentity(
    { origin, name }: Candidate,
    byName: ReadonlyMap<string, string>,
  ): string | undefined {
    const isMoc = origin.format === 'access-file' || origin.format === 'login-file';
    if (isMoc && origin.part === 'cloud-certificate') return undefined;
    const identity = (isMoc ? origin.identityName : undefined) ?? name;
    const cluster = clusterInIdentity(identity);
    return cluster === undefined ? undefined : byName.get(cluster.toLowerCase());
  }

  #byIssuer(certificate: Certified): Choice | undefined {
    if (isSelfIssued(certificate.facts)) return undefined;
    const signer = this.#authorities.signerOf(certificate);
    return signer === undefined
      ? undefined
      : { ...this.#placeOfAuthority(signer), strength: CERTAIN };
  }

  /** Where an authority itself is: by what it anchors, else in the store, else by its own issuer and folder. */
  #placeOfAuthority(authority: Certified): Choice {
    const known = this.#placedAuthorities.get(authority.id);
    if (known !== undefined) return known;
    // Stands while its own issuer is looked for: certificates may sign each other in a ring.
    const provisional = this.#ownPlace(authority);
    this.#placedAuthorities.set(authority.id, provisional);
    if (provisional.strength > GUESSED) return provisional;
    const placed = this.#byIssuer(authority) ?? provisional;
    this.#placedAuthorities.set(authority.id, placed);
    return placed;
  }

  #ownPlace({ id }: Certified): Choice {
    const node = this.#authorityNode(id);
    if (node !== undefined) return { node, strength: STATED };
    const home = this.#homes.get(id as CredentialId);
    if (home !== undefined) return { node: `s:${home.cluster.id}`, strength: STATED };
    const choices = this.#candidates
      .filter((candidate) => candidate.id === id)
      .map((candidate) => this.#byFile(candidate))
      .sort((left, right) => this.#compareChoices(left, right));
    return choices[0] ?? { node: `n:${id}`, strength: GUESSED };
  }

  #byFile(candidate: Candidate): Choice {
    const { origin, path, layer } = candidate;
    const entry = kubeconfigEntry(candidate);
    if (entry !== undefined) return { node: entry, strength: STATED };
    const file = `a:${path}`;
    const isMoc = origin.format === 'access-file' || origin.format === 'login-file';
    if (isMoc && this.#groups.of(file) !== file) return { node: file, strength: STATED };
    const moc = isMoc || layer === 'moc';
    return { node: treeNode(moc ? 'moc' : 'kubernetes', path), strength: GUESSED };
  }

  /** Groups of Kubernetes clusters by lower-case name, as kubeconfigs, folders and the store name them. */
  #kubernetesNames(): Map<string, string> {
    const named = new Map<string, string>();
    const add = (name: string | undefined, node: string): void => {
      if (name !== undefined && !named.has(name.toLowerCase())) named.set(name.toLowerCase(), node);
    };
    for (const { id, name, kind } of this.#clusters)
      if (kind === 'kubernetes') add(name, `s:${id}`);
    for (const candidate of this.#candidates)
      add(clusterNameOf(candidate), kubeconfigEntry(candidate) ?? '');
    for (const candidate of this.#candidates) {
      if (isPlainFile(candidate) && this.#clusterRoots.has(candidate.id)) {
        add(tellingFolderOf(candidate.path), `k:${candidate.id}`);
      }
    }
    return named;
  }

  /** Credentials of the store whose cluster became known by this import. */
  *#arrivals(
    choices: ReadonlyMap<CredentialId, Choice>,
    byName: ReadonlyMap<string, string>,
  ): Generator<{ node: string; arrival: Arrival }> {
    for (const [id, home] of this.#homes) {
      if (!home.current) continue;
      const choice = choices.get(id) ?? this.#newPlace(home, byName);
      if (choice === undefined || choice.strength < CERTAIN) continue;
      if (this.#groups.of(choice.node) === this.#groups.of(`s:${home.cluster.id}`)) continue;
      const history = historyOf(home.cluster, id);
      yield {
        node: choice.node,
        arrival: { from: home.cluster, credential: home.credential, history },
      };
    }
  }

  /** Looks only at what this import can have changed: a signature is checked when a fitting authority is new. */
  #newPlace(
    { credential, cluster }: Home,
    byName: ReadonlyMap<string, string>,
  ): Choice | undefined {
    const named = clusterInIdentity(credential.name);
    const node = named === undefined ? undefined : byName.get(named.toLowerCase());
    if (node !== undefined && cluster.kind === 'moc' && !isAuthority(credential)) {
      return { node, strength: CERTAIN };
    }
    if (node !== undefined || credential.kind !== 'certificate' || credential.facts.isCa)
      return undefined;
    const fitting = this.#authorities.candidates(credential);
    const isNew = fitting.some(({ id }) => !this.#homes.has(id as CredentialId));
    return isNew ? this.#byIssuer(credential) : undefined;
  }

  // ---- What the groups are ------------------------------------------------------------------------------------------

  #group(building: Map<string, ClusterGroup>, node: string): ClusterGroup {
    const root = this.#groups.of(node);
    const known = building.get(root);
    if (known !== undefined) return known;
    const group: ClusterGroup = {
      kind: 'afmu'.includes(root.charAt(0)) ? 'moc' : 'kubernetes',
      stored: [],
      explicitNames: new Set(),
      folderNames: new Set(),
      addresses: new Set(),
      anchors: [],
      fallbackAnchor: root,
      candidates: [],
      arrivals: [],
    };
    building.set(root, group);
    return group;
  }

  #describe(building: ReadonlyMap<string, ClusterGroup>): void {
    const at = (node: string): ClusterGroup | undefined => building.get(this.#groups.of(node));
    for (const cluster of this.#clusters) {
      const group = at(`s:${cluster.id}`);
      if (group === undefined) continue;
      if (group.stored.length === 0) group.kind = cluster.kind;
      group.stored.push(cluster);
    }
    for (const id of this.#mocAuthorities) at(`m:${id}`)?.anchors.push(id);
    for (const id of this.#clusterRoots) at(`k:${id}`)?.anchors.push(id);
    for (const candidate of this.#candidates) {
      const { origin, path } = candidate;
      const entry = kubeconfigEntry(candidate);
      if (entry !== undefined && origin.format === 'kubeconfig') {
        const group = at(entry);
        if (origin.clusterName !== undefined) group?.explicitNames.add(origin.clusterName);
        if (origin.server !== undefined) group?.addresses.add(origin.server);
      }
      if (origin.format === 'login-file' && origin.cloudFqdn !== undefined) {
        const group = at(`a:${path}`);
        group?.explicitNames.add(hostOf(origin.cloudFqdn));
        group?.addresses.add(hostOf(origin.cloudFqdn));
      }
    }
    for (const group of building.values()) this.#nameByFolders(group);
  }

  /** A cloud agent's files lie in profiles and copies: folders name it only when nothing else holds it together. */
  #nameByFolders(group: ClusterGroup): void {
    group.anchors.sort(compareText);
    if (group.kind === 'moc' && group.anchors.length > 0) return;
    const plain = group.candidates.filter(
      (candidate) =>
        isPlainFile(candidate) && (group.anchors.length === 0 || this.#isRootOf(candidate)),
    );
    for (const { path } of plain.length > 0 ? plain : group.candidates) {
      const folder = tellingFolderOf(path);
      if (folder !== undefined) group.folderNames.add(folder);
    }
  }

  #isRootOf({ id }: Candidate): boolean {
    return this.#clusterRoots.has(id);
  }
}

function addTo<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}

// ---- Small questions ------------------------------------------------------------------------------------------------

function certificatesOf(cluster: Cluster): Extract<Credential, { kind: 'certificate' }>[] {
  return [...cluster.credentials, ...cluster.history.map(({ credential }) => credential)].filter(
    (credential) => credential.kind === 'certificate',
  );
}

function isAuthority(credential: Credential): boolean {
  return credential.kind === 'certificate' && credential.facts.isCa;
}

function isPlainFile(candidate: Candidate): candidate is CertificateCandidate {
  const { format } = candidate.origin;
  return candidate.kind === 'certificate' && (format === 'pem' || format === 'der');
}

/** Sources of certificate files have no entry or a number; those of structured files name fields. */
function isPlainSource({ entry }: { entry: string }): boolean {
  return /^(?:#\d+)?$/u.test(entry);
}

function isCloudCertificate({ origin }: Candidate): boolean {
  return (
    (origin.format === 'access-file' || origin.format === 'login-file') &&
    origin.part === 'cloud-certificate'
  );
}

function isTrustOfKubeconfig({ origin }: Candidate): boolean {
  return origin.format === 'kubeconfig' && origin.part === 'certificate-authority';
}

function hasClusterCa(roots: readonly CertificateCandidate[]): boolean {
  return roots.some(({ role }) => role === 'cluster-ca');
}

function clusterNameOf({ origin }: Candidate): string | undefined {
  return origin.format === 'kubeconfig' ? origin.clusterName : undefined;
}

/** The cluster entry of one kubeconfig that a candidate belongs to. */
function kubeconfigEntry(candidate: Candidate): string | undefined {
  const name = clusterNameOf(candidate);
  return name === undefined ? undefined : `c:${candidate.path}\0${name}`;
}

function treeNode(kind: Cluster['kind'], path: string): string {
  return `${kind === 'moc' ? 'u' : 't'}:${treeOf(path)}`;
}

/** DNS names compare without regard to case, with or without the final dot. */
function hostOf(address: string): string {
  return address.toLowerCase().replace(/\.$/u, '');
}

/** What a credential replaced, directly or by steps. */
export function historyOf(cluster: Cluster, id: CredentialId): ReplacedCredential[] {
  const byReplacement = new Map<CredentialId, ReplacedCredential[]>();
  for (const replaced of cluster.history) {
    const list = byReplacement.get(replaced.replacedBy);
    if (list === undefined) byReplacement.set(replaced.replacedBy, [replaced]);
    else list.push(replaced);
  }
  const found = new Set<ReplacedCredential>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const replaced of byReplacement.get(next) ?? []) {
      if (found.has(replaced)) continue;
      found.add(replaced);
      open.push(replaced.credential.id);
    }
  }
  return [...found];
}
