import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { CLUSTER_ROOTS } from '../../knowledge/model/credentials/roles.ts';
import { FOREIGN_CLUSTER, type ClusterId, type CredentialId } from '../../shared/ids.ts';
import { type Cluster, type Credential, type Placement, listCertificates } from '../model/credential.ts';
import type { CredentialCandidate } from './candidate.ts';
import { clusterInIdentity } from './cluster-name.ts';
import type { Instant } from '../../shared/instant.ts';
import { addTo } from '../../shared/lists.ts';
import { isIssuedByItself } from './issuers.ts';
import type { LongWork } from '../long-work.ts';
import type { Certified } from './signatures.ts';

export interface Home {
  cluster: Cluster;
  credential: Credential;
  current: boolean;
}

export class InventoryIndex {
  readonly candidates: readonly CredentialCandidate[];
  readonly clusters: readonly Cluster[];
  /** All candidates except those placed by an admin. */
  readonly linking: readonly CredentialCandidate[];
  readonly #byId = new Map<string, CredentialCandidate[]>();
  readonly homes = new Map<CredentialId, Home>();
  readonly mocAuthorities = new Set<string>();
  /** Start of validity by id of the root. */
  readonly clusterRoots = new Map<string, Instant>();
  readonly clusterCas = new Set<string>();
  /** In lower case, from this import and the store. */
  readonly identityNames = new Set<string>();
  readonly authorities = new Map<string, Certified>();

  readonly foreign: Cluster | undefined;
  readonly #placedIds = new Map<CredentialId, ClusterId>();
  readonly #placedEntries = new Map<string, ClusterId>();

  private constructor(
    candidates: readonly CredentialCandidate[],
    clusters: readonly Cluster[],
    placements: readonly Placement[],
  ) {
    this.candidates = candidates;
    this.clusters = clusters.filter(({ foreign }) => foreign !== true);
    this.foreign = clusters.find(({ foreign }) => foreign === true);
    const ids = new Set(clusters.map(({ id }) => id)).add(FOREIGN_CLUSTER);
    for (const { credentialId, path, entry, clusterId } of placements) {
      // Ignores placements in clusters that were forgotten since.
      if (!ids.has(clusterId)) continue;
      this.#placedIds.set(credentialId, clusterId);
      this.#placedEntries.set(sourceKey({ path, entry }), clusterId);
    }
    this.linking = candidates.filter((candidate) => this.findPlacement(candidate) === undefined);
  }

  static async create(
    work: LongWork,
    candidates: readonly CredentialCandidate[],
    { clusters, placements }: { clusters: readonly Cluster[]; placements: readonly Placement[] },
  ): Promise<InventoryIndex> {
    const index = new InventoryIndex(candidates, clusters, placements);
    for (const candidate of candidates) {
      await work.step();
      index.#addCandidate(candidate);
    }
    for (const cluster of clusters) {
      await work.pause();
      index.#addCluster(cluster);
    }
    return index;
  }

  /** Returns the cluster that an admin chose for the credential, or for an earlier one in the same entry. */
  findPlacement({ id, path, entry }: Pick<CredentialCandidate, 'id' | 'path' | 'entry'>): ClusterId | undefined {
    if (this.#placedIds.size === 0) return undefined;
    return this.#placedIds.get(id) ?? this.#placedEntries.get(sourceKey({ path, entry }));
  }

  isPlaced(id: CredentialId): boolean {
    return this.#placedIds.has(id);
  }

  /** Returns `undefined` if the authority does not identify a cluster. */
  authorityNode(id: string): string | undefined {
    if (this.mocAuthorities.has(id)) return `m:${id}`;
    return this.clusterRoots.has(id) ? `k:${id}` : undefined;
  }

  findCandidates(id: string): readonly CredentialCandidate[] {
    return this.#byId.get(id) ?? [];
  }

  #addCandidate(candidate: CredentialCandidate): void {
    this.#addIdentity(candidate);
    if (candidate.kind !== 'certificate') return;
    const { id, role, origin } = candidate;
    const isTrusted = origin.format === 'kubeconfig' && origin.part === 'certificate-authority';
    if (this.findPlacement(candidate) !== FOREIGN_CLUSTER) {
      if (role === 'cloud-agent-ca') this.mocAuthorities.add(id);
      else if (CLUSTER_ROOTS.includes(role) || isTrusted) this.#addRoot(candidate);
    }
    if (!mayBeAuthority(candidate)) return;
    addTo(this.#byId, id, candidate);
    if (!this.authorities.has(id)) this.authorities.set(id, candidate);
  }

  #addCluster(cluster: Cluster): void {
    for (const { credential } of cluster.history)
      this.homes.set(credential.id, { cluster, credential, current: false });
    for (const credential of cluster.credentials) this.homes.set(credential.id, { cluster, credential, current: true });
    if (cluster.foreign) return;
    for (const credential of cluster.credentials) this.#addIdentity(credential);
    for (const credential of listCertificates(cluster)) {
      const { id } = credential;
      if (mayBeAuthority(credential) && !this.authorities.has(id)) this.authorities.set(id, credential);
      if (cluster.kind === 'moc' && credential.facts.isCa) this.mocAuthorities.add(id);
      else if (CLUSTER_ROOTS.includes(credential.role)) this.#addRoot(credential);
    }
  }

  #addIdentity({ name }: { name: string }): void {
    const cluster = clusterInIdentity(name);
    if (cluster !== undefined) this.identityNames.add(cluster.toLowerCase());
  }

  #addRoot({ id, facts, role }: Certified & { role: RoleId }): void {
    this.clusterRoots.set(id, facts.notBefore);
    if (role === 'cluster-ca') this.clusterCas.add(id);
  }
}

function mayBeAuthority<T extends CredentialCandidate | Credential>(one: T): one is T & { kind: 'certificate' } {
  return one.kind === 'certificate' && (one.facts.isCa || isIssuedByItself(one.facts));
}

export function sourceKey({ path, entry }: { path: string; entry: string }): string {
  return `${path}\0${entry}`;
}
