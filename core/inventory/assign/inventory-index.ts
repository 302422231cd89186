import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { CredentialId } from '../../shared/ids.ts';
import type { Cluster, Credential } from '../model/credential.ts';
import type { CredentialCandidate } from './candidate.ts';
import { isCloudCertificate, isTrustOfKubeconfig } from './candidate-nodes.ts';
import { listCertificates } from '../history.ts';
import { isIssuedByItself, type Certified } from './issuers.ts';

/** The trust roots of a Kubernetes cluster: whoever holds one of them belongs to that cluster. */
export const CLUSTER_ROOTS: readonly RoleId[] = ['cluster-ca', 'etcd-ca', 'front-proxy-ca'];

/** Where a stored credential is. */
export interface Home {
  cluster: Cluster;
  credential: Credential;
  current: boolean;
}

/** What is known before anything is assigned: the store's credentials, and the authorities of store and import. */
export class Known {
  readonly candidates: readonly CredentialCandidate[];
  readonly clusters: readonly Cluster[];
  readonly #byId = new Map<string, CredentialCandidate[]>();
  readonly homes = new Map<CredentialId, Home>();
  readonly mocAuthorities = new Set<string>();
  readonly clusterRoots = new Set<string>();
  readonly clusterCas = new Set<string>();
  /** Start of validity of each authority. */
  readonly #began = new Map<string, string>();

  constructor(candidates: readonly CredentialCandidate[], clusters: readonly Cluster[]) {
    this.candidates = candidates;
    this.clusters = clusters;
    for (const cluster of clusters) this.#noteHomes(cluster);
    for (const candidate of candidates) {
      this.#noteAuthority(candidate);
      const same = this.#byId.get(candidate.id);
      if (same === undefined) this.#byId.set(candidate.id, [candidate]);
      else same.push(candidate);
    }
  }

  /** Everything that may have signed something, each once. */
  *authorities(): Generator<Certified> {
    const seen = new Set<string>();
    const stored = this.clusters.flatMap((cluster) => listCertificates(cluster));
    for (const one of [...this.candidates, ...stored]) {
      if (one.kind !== 'certificate' || seen.has(one.id)) continue;
      if (!one.facts.isCa && !isIssuedByItself(one.facts)) continue;
      seen.add(one.id);
      yield one;
    }
  }

  /** The node name of an authority; `undefined` when it does not hold a cluster together. */
  authorityNode(id: string): string | undefined {
    if (this.mocAuthorities.has(id)) return `m:${id}`;
    return this.clusterRoots.has(id) ? `k:${id}` : undefined;
  }

  /** The candidates that are the same credential. */
  candidatesOf(id: string): readonly CredentialCandidate[] {
    return this.#byId.get(id) ?? [];
  }

  beganOf(id: string): string {
    return this.#began.get(id) ?? '';
  }

  #noteHomes(cluster: Cluster): void {
    for (const { credential } of cluster.history) {
      this.homes.set(credential.id, { cluster, credential, current: false });
    }
    for (const credential of cluster.credentials) {
      this.homes.set(credential.id, { cluster, credential, current: true });
    }
    for (const credential of listCertificates(cluster)) {
      if (cluster.kind === 'moc' && credential.facts.isCa) this.mocAuthorities.add(credential.id);
      else if (CLUSTER_ROOTS.includes(credential.role)) this.#addRoot(credential);
    }
  }

  #noteAuthority(candidate: CredentialCandidate): void {
    if (candidate.kind !== 'certificate') return;
    if (isCloudCertificate(candidate) || candidate.role === 'cloud-agent-ca') {
      this.mocAuthorities.add(candidate.id);
    } else if (CLUSTER_ROOTS.includes(candidate.role) || isTrustOfKubeconfig(candidate)) {
      this.#addRoot(candidate);
    }
  }

  #addRoot({ id, facts, role }: Certified & { role: RoleId }): void {
    this.clusterRoots.add(id);
    if (role === 'cluster-ca') this.clusterCas.add(id);
    this.#began.set(id, facts.notBefore);
  }
}
