import type { Cluster } from '../model/credential.ts';
import { compareText, type CertificateCandidate } from './candidate.ts';
import {
  findClusterName,
  parseHost,
  isPlainFile,
  isPlainSource,
  isTrustOfKubeconfig,
  kubeconfigEntry,
  treeNode,
} from './candidate-nodes.ts';
import { isGenericName } from '../../plan/model/cluster-name.ts';
import type { Stepwise } from '../../shared/stepwise/steps.ts';
import { Groups } from './disjoint-set.ts';
import { listCertificates } from '../model/history.ts';
import { CLUSTER_ROOTS, type Known } from './inventory-index.ts';
import { getFolder, distinctiveFolder, getTree, treeAround } from './path-parts.ts';

/**
 * Joins what belongs together: stored clusters, authorities, files and folders, under the names of
 * `candidate-nodes.ts`.
 */
export class ClusterLinks {
  readonly #known: Known;
  readonly #groups = new Groups();
  /** Access and login files that are tied to others by an authority or by the cloud agent's name. */
  readonly #boundFiles = new Set<string>();
  /** Stored clusters by kind and file. */
  readonly #ofPath = new Map<string, Set<string>>();

  private constructor(known: Known) {
    this.#known = known;
  }

  static *of(known: Known): Stepwise<ClusterLinks> {
    const links = new ClusterLinks(known);
    for (const cluster of known.clusters) {
      links.#joinStored(cluster);
      yield;
    }
    yield* links.#joinMocFiles();
    yield* links.#joinKubeconfigs();
    yield* links.#joinTrees();
    yield* links.#joinByName();
    return links;
  }

  /** The representative of everything joined with `node`. */
  of(node: string): string {
    return this.#groups.of(node);
  }

  isBound(file: string): boolean {
    return this.#boundFiles.has(file);
  }

  /** The only stored cluster that has something from a file in which other things are than certificates alone. */
  storedAt(kind: Cluster['kind'], path: string): string | undefined {
    const [stored, another] = [...(this.#ofPath.get(`${kind}\0${path}`) ?? [])];
    return another === undefined ? stored : undefined;
  }

  #joinStored(cluster: Cluster): void {
    const node = `s:${cluster.id}`;
    for (const { id, role, facts } of listCertificates(cluster)) {
      const isRoot = cluster.kind === 'moc' ? facts.isCa : CLUSTER_ROOTS.includes(role);
      const authority = isRoot ? this.#known.authorityNode(id) : undefined;
      if (authority !== undefined) this.#groups.join(node, authority);
    }
    if (cluster.kind !== 'moc') return;
    for (const address of cluster.addresses) this.#groups.join(node, `f:${parseHost(address)}`);
  }

  *#joinMocFiles(): Stepwise<void> {
    for (const { origin, path, id } of this.#known.linking) {
      yield;
      if (origin.format !== 'access-file' && origin.format !== 'login-file') continue;
      const file = `a:${path}`;
      const binding: string[] = [
        ...(origin.part === 'cloud-certificate' ? [`m:${id}`] : []),
        ...('cloudFqdn' in origin && origin.cloudFqdn !== undefined ? [`f:${parseHost(origin.cloudFqdn)}`] : []),
      ];
      if (binding.length > 0) this.#boundFiles.add(file);
      this.#groups.join(file, ...binding);
    }
  }

  *#joinKubeconfigs(): Stepwise<void> {
    for (const candidate of this.#known.linking) {
      yield;
      const entry = kubeconfigEntry(candidate);
      const authority = this.#known.authorityNode(candidate.id);
      if (entry !== undefined && authority !== undefined && isTrustOfKubeconfig(candidate)) {
        this.#groups.join(entry, authority);
      }
    }
  }

  /** Joins certificate files that lie together: on each node the three roots of a cluster are in one folder tree. */
  *#joinTrees(): Stepwise<void> {
    const trees = new Map<string, CertificateCandidate[]>();
    for (const candidate of this.#known.linking) {
      yield;
      if (!isPlainFile(candidate)) continue;
      const tree = getTree(candidate.path);
      const list = trees.get(tree);
      if (list === undefined) trees.set(tree, [candidate]);
      else list.push(candidate);
    }
    const single = new Set<string>();
    for (const [tree, inside] of trees) {
      if (this.#joinTree(tree, inside)) single.add(tree);
      yield;
    }
    for (const [tree, inside] of trees) {
      yield;
      if (single.has(tree)) continue;
      const outer = treeAround(tree);
      if (outer === undefined || !single.has(outer)) continue;
      const roots = this.#rootsIn(inside);
      if (roots.length > 0 && !hasClusterCa(roots)) {
        this.#groups.join(`t:${tree}`, `t:${outer}`);
      }
    }
    yield* this.#joinStoredTrees(trees.keys(), single);
  }

  /** True when the tree has exactly one cluster CA, or an old and a new one in one file. */
  #joinTree(tree: string, inside: readonly CertificateCandidate[]): boolean {
    const roots = this.#rootsIn(inside);
    if (roots.length === 0) return false;
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

  /**
   * In a tree with several cluster CAs, the other roots go with the one in their own folder or the nearest around it.
   */
  #joinNearest(root: CertificateCandidate, clusterCas: readonly CertificateCandidate[]): void {
    if (root.role === 'cluster-ca') return;
    const folder = getFolder(root.path);
    const around = getFolder(folder);
    const near = clusterCas.filter(({ path }) => [folder, around].includes(getFolder(path)));
    const [nearest] = near;
    if (nearest !== undefined && new Set(near.map(({ id }) => id)).size === 1) {
      this.#groups.join(`k:${root.id}`, `k:${nearest.id}`);
    }
  }

  #rootsIn(inside: readonly CertificateCandidate[]): CertificateCandidate[] {
    return inside.filter(({ id }) => this.#known.clusterRoots.has(id) && !this.#known.mocAuthorities.has(id));
  }

  /**
   * A tree without a cluster CA of its own continues the only stored cluster that has something from it. One with a
   * cluster CA absorbs what the store has from it without one: the rest of the tree was imported first.
   */
  *#joinStoredTrees(trees: Iterable<string>, single: ReadonlySet<string>): Stepwise<void> {
    const known = new Map<string, Set<string>>();
    const withoutCa = new Set<string>();
    const asked = new Set<string>();
    for (const candidate of this.#known.candidates) {
      if (!isPlainFile(candidate)) asked.add(candidate.path);
      yield;
    }
    for (const { id, kind, credentials } of this.#known.clusters) {
      if (!credentials.some(({ role }) => role === 'cluster-ca')) withoutCa.add(id);
      for (const source of credentials.flatMap(({ sources }) => sources)) {
        if (asked.has(source.path)) addTo(this.#ofPath, `${kind}\0${source.path}`, id);
        if (isPlainSource(source)) addTo(known, treeNode(kind, source.path), id);
      }
      yield;
    }
    for (const tree of trees) {
      yield;
      for (const node of [`t:${tree}`, `u:${tree}`]) {
        const clusters = [...(known.get(node) ?? [])];
        const bare = clusters.filter((id) => withoutCa.has(id));
        const takesIn = node.startsWith('t:') && single.has(tree);
        const only = clusters.length === 1 ? clusters : bare.length === 1 ? bare : [];
        const chosen = takesIn ? bare : only;
        this.#groups.join(node, ...chosen.map((id) => `s:${id}`));
      }
    }
  }

  /**
   * Joins kubeconfig entries without an authority, and stored clusters without one, by name; certificate files and
   * Secrets by the name of their folder.
   */
  *#joinByName(): Stepwise<void> {
    const anchored = new Map<string, Set<string>>();
    const note = (name: string, node: string): void => addTo(anchored, name, this.#groups.of(node));
    const roots = new Set([...this.#known.clusterRoots].map((id) => this.#groups.of(`k:${id}`)));
    const hasRoot = (node: string): boolean => roots.has(this.#groups.of(node));
    const open = new Map<string, Set<string>>();
    for (const candidate of this.#known.linking) {
      yield;
      const entry = kubeconfigEntry(candidate);
      const name = findClusterName(candidate);
      if (entry === undefined || name === undefined || isGenericName(name)) continue;
      if (hasRoot(entry)) note(name, entry);
      else addTo(open, name, entry);
    }
    for (const { id, name, kind } of this.#known.clusters) {
      if (kind !== 'kubernetes' || isGenericName(name)) continue;
      if (hasRoot(`s:${id}`)) note(name, `s:${id}`);
      else addTo(open, name, `s:${id}`);
    }
    for (const candidate of this.#known.linking) {
      yield;
      const isLoose = isPlainFile(candidate) || candidate.origin.format === 'secret';
      if (!isLoose || candidate.layer === 'moc') continue;
      const name = distinctiveFolder(candidate.path);
      if (name === undefined || !(anchored.has(name) || open.has(name))) continue;
      const tree = getTree(candidate.path);
      if (!hasRoot(`t:${tree}`)) addTo(open, name, `t:${tree}`);
    }
    for (const [name, nodes] of open) {
      const [target] = [...(anchored.get(name) ?? [])].sort((left, right) => this.#preferred(left, right));
      this.#groups.join(target ?? `n:${name}`, ...nodes);
    }
  }

  /** Of two clusters with the same name, prefers the one with the newer authority: the other was rebuilt. */
  #preferred(left: string, right: string): number {
    return compareText(this.#newest(right), this.#newest(left)) || compareText(left, right);
  }

  #newest(root: string): string {
    const began = [...this.#known.clusterRoots].filter((id) => this.#groups.of(`k:${id}`) === root);
    return (
      began
        .map((id) => this.#known.beganOf(id))
        .sort()
        .at(-1) ?? ''
    );
  }
}

function hasClusterCa(roots: readonly CertificateCandidate[]): boolean {
  return roots.some(({ role }) => role === 'cluster-ca');
}

function addTo<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}
