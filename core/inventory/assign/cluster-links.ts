import { type Cluster, listCertificates } from '../model/credential.ts';
import { addTo } from '../../shared/lists.ts';
import {
  compareText,
  type CertificateCandidate,
  type CredentialCandidate,
  findClusterName,
  parseHost,
  isOfMoc,
  isPlainFile,
  isPlainSource,
  kubeconfigEntry,
  treeNode,
} from './candidate.ts';
import { isGenericName } from '../../plan/model/cluster-name.ts';
import type { LongWork } from '../long-work.ts';
import { Groups } from './disjoint-set.ts';
import type { InventoryIndex } from './inventory-index.ts';
import { CLUSTER_ROOTS, ROLES } from '../../knowledge/model/credentials/roles.ts';
import { findHost, getFolder, distinctiveFolder, getTree, treeAround } from './path-parts.ts';

export class ClusterLinks {
  readonly #index: InventoryIndex;
  readonly groups = new Groups();
  /** Certificates in access and login files. */
  readonly ofMoc: CertificateCandidate[] = [];
  /** Access and login files tied to other files by an authority or the cloud agent's name. */
  readonly #boundFiles = new Set<string>();
  /** Nodes of files and stored clusters by the cloud agent's name. */
  readonly #byAgentName = new Map<string, string[]>();
  /** The same nodes by host, and by login file and cloud agent. `isSure` is false for files in profiles. */
  readonly #byKeeper = new Map<string, { node: string; names: readonly string[]; isSure: boolean }[]>();
  /** Stored clusters by kind and file. */
  readonly #ofPath = new Map<string, Set<string>>();
  /** Computed once all files are joined. */
  #roots: ReadonlySet<string> | undefined;

  private constructor(index: InventoryIndex) {
    this.#index = index;
  }

  static async create(work: LongWork, index: InventoryIndex): Promise<ClusterLinks> {
    const links = new ClusterLinks(index);
    for (const cluster of index.clusters) {
      await work.pause();
      links.#joinStored(cluster);
    }
    const trees = new Map<string, CertificateCandidate[]>();
    for (const candidate of index.linking) {
      await work.step();
      links.#joinFile(candidate);
      if (isPlainFile(candidate)) addTo(trees, getTree(candidate.path), candidate);
    }
    await links.#joinTrees(work, trees);
    await links.#joinByName(work);
    return links;
  }

  isBound(file: string): boolean {
    return this.#boundFiles.has(file);
  }

  /** Returns the folder tree of the file if the CA of a cluster is in that tree. */
  findClusterTree(path: string): string | undefined {
    const node = treeNode('kubernetes', path);
    this.#roots ??= new Set([...this.#index.clusterRoots.keys()].map((id) => this.groups.find(`k:${id}`)));
    return this.#roots.has(this.groups.find(node)) ? node : undefined;
  }

  /** Returns the only stored cluster with credentials in a file that contains more than certificates. */
  findStored(kind: Cluster['kind'], path: string): string | undefined {
    const [stored, another] = [...(this.#ofPath.get(`${kind}\0${path}`) ?? [])];
    return another === undefined ? stored : undefined;
  }

  #joinStored(cluster: Cluster): void {
    const node = `s:${cluster.id}`;
    for (const { id, role, facts } of listCertificates(cluster)) {
      const isRoot = cluster.kind === 'moc' ? facts.isCa : CLUSTER_ROOTS.includes(role);
      const authority = isRoot ? this.#index.authorityNode(id) : undefined;
      if (authority !== undefined) this.groups.join(node, authority);
    }
    if (cluster.kind !== 'moc') return;
    const names = cluster.addresses.map(parseHost);
    const paths = new Set(cluster.credentials.flatMap(({ sources }) => sources.map(({ path }) => path)));
    this.#noteAgent(node, names, paths);
  }

  #noteAgent(node: string, names: readonly string[], paths: Iterable<string>): void {
    for (const name of names) addTo(this.#byAgentName, name, node);
    for (const path of paths) {
      const host = findHost(path);
      if (host !== undefined) addTo(this.#byKeeper, host.folder, { node, names, isSure: host.isOwn });
      for (const name of names) addTo(this.#byKeeper, `${path}\0${name}`, { node, names, isSure: true });
    }
  }

  /**
   * Joins the CAs of one cloud agent. Its name alone proves nothing, because a cloud agent elsewhere may have the same
   * name. CAs belong together if a host with files of its own has both, if a login file contains both, or if one signed
   * the certificate of a client that trusts the other. `signers` maps access files to the CAs that signed their
   * certificates.
   */
  joinCloudAgents(signers: Iterable<readonly [path: string, id: string]>): void {
    for (const [path, id] of signers) if (this.#index.mocAuthorities.has(id)) this.groups.join(`a:${path}`, `m:${id}`);
    for (const found of this.#byKeeper.values())
      if (found.some(({ isSure }) => isSure) && new Set(found.flatMap(({ names }) => names)).size <= 1)
        this.groups.join(found[0]!.node, ...found.map(({ node }) => node));
    const known = new Set([...this.#index.mocAuthorities].map((id) => this.groups.find(`m:${id}`)));
    const agents = [...this.#byAgentName].map(([name, nodes]) => {
      const withCa = nodes.filter((node) => known.has(this.groups.find(node)));
      const isOne = new Set(withCa.map((node) => this.groups.find(node))).size <= 1;
      return [`f:${name}`, ...(isOne ? nodes : nodes.filter((node) => !withCa.includes(node)))] as const;
    });
    for (const nodes of agents) this.groups.join(...nodes);
  }

  /** Joins an access or login file with its CA and cloud agent, and a kubeconfig entry with its CA. */
  #joinFile(candidate: CredentialCandidate): void {
    const { origin, path, id } = candidate;
    if (origin.format === 'kubeconfig') {
      const entry = kubeconfigEntry(candidate);
      const authority = origin.part === 'certificate-authority' ? this.#index.authorityNode(id) : undefined;
      if (entry !== undefined && authority !== undefined) this.groups.join(entry, authority);
    }
    if (!isOfMoc(origin)) return;
    if (candidate.kind === 'certificate') this.ofMoc.push(candidate);
    const file = `a:${path}`;
    const names = 'cloudFqdn' in origin && origin.cloudFqdn !== undefined ? [parseHost(origin.cloudFqdn)] : [];
    const isCa = origin.part === 'cloud-certificate';
    if (isCa || names.length > 0) this.#boundFiles.add(file);
    if (isCa) this.groups.join(file, `m:${id}`);
    this.#noteAgent(file, names, [path]);
  }

  /** Joins the certificate files in one folder tree, where each node keeps the three roots of its cluster. */
  async #joinTrees(work: LongWork, trees: ReadonlyMap<string, CertificateCandidate[]>): Promise<void> {
    const single = new Set<string>();
    for (const [tree, inside] of trees) {
      await work.step();
      if (this.#joinTree(tree, inside)) single.add(tree);
    }
    for (const [tree, inside] of trees) {
      await work.step();
      if (!single.has(tree)) this.#joinWithTreeAround(tree, inside, single);
    }
    await this.#joinStoredTrees(work, trees.keys(), single);
  }

  #joinWithTreeAround(tree: string, inside: readonly CertificateCandidate[], single: ReadonlySet<string>): void {
    const outer = treeAround(tree);
    if (outer === undefined || !single.has(outer)) return;
    const roots = this.#rootsIn(inside);
    const hasClusterCa = roots.some(({ role }) => role === 'cluster-ca');
    if (roots.length > 0 && !hasClusterCa) this.groups.join(`t:${tree}`, `t:${outer}`);
  }

  /** Joins the roots in a tree. Returns whether it has exactly one cluster CA, or an old and a new one in one file. */
  #joinTree(tree: string, inside: readonly CertificateCandidate[]): boolean {
    const roots = this.#rootsIn(inside);
    if (roots.length === 0) return false;
    const clusterCas = roots.filter(({ role }) => role === 'cluster-ca');
    const count = new Set(clusterCas.map(({ id }) => id)).size;
    const oneFile = new Set(clusterCas.map(({ path }) => path)).size === 1;
    if (count <= 1 || oneFile) {
      for (const { id } of roots) this.groups.join(`t:${tree}`, `k:${id}`);
      return count > 0;
    }
    for (const root of roots) this.#joinNearest(root, clusterCas);
    return false;
  }

  #joinNearest(root: CertificateCandidate, clusterCas: readonly CertificateCandidate[]): void {
    if (root.role === 'cluster-ca') return;
    const folder = getFolder(root.path);
    const around = getFolder(folder);
    const near = clusterCas.filter(({ path }) => [folder, around].includes(getFolder(path)));
    const [nearest] = near;
    if (nearest !== undefined && new Set(near.map(({ id }) => id)).size === 1) {
      this.groups.join(`k:${root.id}`, `k:${nearest.id}`);
    }
  }

  #rootsIn(inside: readonly CertificateCandidate[]): CertificateCandidate[] {
    return inside.filter(({ id }) => this.#index.clusterRoots.has(id) && !this.#index.mocAuthorities.has(id));
  }

  /**
   * Joins a tree without a cluster CA to the only stored cluster with files in it. A tree with a cluster CA absorbs
   * stored clusters without one, whose files were imported earlier.
   */
  async #joinStoredTrees(work: LongWork, trees: Iterable<string>, single: ReadonlySet<string>): Promise<void> {
    const known = new Map<string, Set<string>>();
    const withoutCa = new Set<string>();
    const asked = new Set<string>();
    for (const candidate of this.#index.candidates) {
      await work.step();
      if (!isPlainFile(candidate)) asked.add(candidate.path);
    }
    for (const { id, kind, credentials } of this.#index.clusters) {
      await work.pause();
      if (!credentials.some(({ role }) => role === 'cluster-ca')) withoutCa.add(id);
      for (const source of credentials.flatMap(({ sources }) => sources)) {
        if (asked.has(source.path)) addToSet(this.#ofPath, `${kind}\0${source.path}`, id);
        if (isPlainSource(source)) addToSet(known, treeNode(kind, source.path), id);
      }
    }
    for (const tree of trees) {
      await work.step();
      for (const node of [`t:${tree}`, `u:${tree}`]) {
        const clusters = [...(known.get(node) ?? [])];
        const bare = clusters.filter((id) => withoutCa.has(id));
        const takesIn = node.startsWith('t:') && single.has(tree);
        const only = clusters.length === 1 ? clusters : bare.length === 1 ? bare : [];
        const chosen = takesIn ? bare : only;
        this.groups.join(node, ...chosen.map((id) => `s:${id}`));
      }
    }
  }

  /** Joins kubeconfig entries and stored clusters without an authority by name, other files by folder name. */
  async #joinByName(work: LongWork): Promise<void> {
    const anchored = new Map<string, Set<string>>();
    const roots = new Set([...this.#index.clusterRoots.keys()].map((id) => this.groups.find(`k:${id}`)));
    const open = new Map<string, Set<string>>();
    const named: [name: string, node: string][] = [];
    for (const candidate of this.#index.linking) {
      await work.step();
      const entry = kubeconfigEntry(candidate);
      const name = findClusterName(candidate);
      if (entry !== undefined && name !== undefined) named.push([name, entry]);
    }
    for (const { id, name, kind, credentials } of this.#index.clusters) {
      if (kind !== 'kubernetes') continue;
      // A node whose CA is unknown may belong to another site's cluster of this name; the signature of its CA will show.
      const isNode = credentials.some(({ role }) => ROLES[role].isOnlyOnNodes);
      if (!isNode || roots.has(this.groups.find(`s:${id}`))) named.push([name, `s:${id}`]);
    }
    for (const [name, node] of named) {
      if (isGenericName(name)) continue;
      const group = this.groups.find(node);
      if (roots.has(group)) addToSet(anchored, name, group);
      else addToSet(open, name, node);
    }
    for (const candidate of this.#index.linking) {
      await work.step();
      const isLoose = isPlainFile(candidate) || candidate.origin.format === 'secret';
      if (!isLoose || candidate.layer === 'moc') continue;
      const name = distinctiveFolder(candidate.path);
      if (name === undefined || !(anchored.has(name) || open.has(name))) continue;
      const tree = getTree(candidate.path);
      if (!roots.has(this.groups.find(`t:${tree}`))) addToSet(open, name, `t:${tree}`);
    }
    for (const [name, nodes] of open) {
      // The cluster with the newer authority comes first, since the other was rebuilt.
      const [target] = [...(anchored.get(name) ?? [])].sort(
        (left, right) => compareText(this.#newest(right), this.#newest(left)) || compareText(left, right),
      );
      this.groups.join(target ?? `n:${name}`, ...nodes);
    }
  }

  #newest(root: string): string {
    const roots = [...this.#index.clusterRoots].filter(([id]) => this.groups.find(`k:${id}`) === root);
    const starts = roots.map(([, start]) => start);
    return starts.sort().at(-1) ?? '';
  }
}

function addToSet<T>(sets: Map<string, Set<T>>, key: string, value: T): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(value));
}
