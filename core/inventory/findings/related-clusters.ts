import { isIssuedByItself, MAX_LINKS, MAX_TRIED } from '../assign/issuers.ts';
import { type CertificateCredential, type Cluster, listCertificates } from '../model/credential.ts';
import type { LongWork } from '../long-work.ts';
import { hashText } from '../../shared/text-numbers.ts';
import { isGenericName } from '../../plan/model/cluster-name.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { factsOnce, certificateOutline } from '../store/stored-certificate.ts';
import { AUTHORITY_NUMBERS, clusterKeys, type ClusterKeys } from './cluster-keys.ts';
import { baseName, findMeantName, MAX_NAMESAKES, numberKey, placeKey } from './known-certificates.ts';
import { distinctiveHosts } from './kubeconfig-ca.ts';

/** Finds the clusters, in the given order, that affect the findings and the chain of one certificate. */
export async function findRelatedClusters(
  work: LongWork,
  clusters: readonly Cluster[],
  certificate: CertificateCredential,
): Promise<Cluster[]> {
  const keys: ClusterKeys[] = [];
  for (const cluster of clusters) {
    await work.pause();
    keys.push(clusterKeys(cluster));
  }
  const related = new Related(clusters, keys);
  related.add(certificate);
  return related.list();
}

class Related {
  readonly #clusters: readonly Cluster[];
  readonly #keys: readonly ClusterKeys[];
  readonly #found = new Set<number>();
  readonly #climbed = new Set<CredentialId>();

  constructor(clusters: readonly Cluster[], keys: readonly ClusterKeys[]) {
    this.#clusters = clusters;
    this.#keys = keys;
  }

  list(): Cluster[] {
    return this.#clusters.filter((_, at) => this.#found.has(at));
  }

  add(certificate: CertificateCredential): void {
    const number = hashText(numberKey(certificate));
    const places = this.#where(({ numbers }) => numbers.includes(number));
    const namesakes = places.flatMap((at) =>
      listCertificates(this.#clusters[at]!).filter((one) => numberKey(one) === numberKey(certificate)),
    );
    for (const one of new Set([certificate, ...namesakes.slice(0, MAX_NAMESAKES + 1)])) this.#climb([one]);
    // A certificate is judged in each cluster that contains it.
    for (const at of places) {
      const cluster = this.#clusters[at]!;
      for (const same of cluster.credentials) {
        if (same.id !== certificate.id) continue;
        for (const source of same.sources) {
          const key = hashText(placeKey(source));
          this.#where((each) => each.places.includes(key));
        }
        if (same.role === 'cluster-ca') this.#addMeant(cluster, findMeantName({ cluster, sources: same.sources }));
      }
    }
  }

  /** Adds clusters with the same name, and those that a kubeconfig with this CA may point to. */
  #addMeant(cluster: Cluster, name: string): void {
    const hosts = distinctiveHosts(cluster).map(hashText);
    const isGeneric = isGenericName(name);
    const places = this.#where(
      ({ hosts: own }, at) =>
        hosts.some((host) => own.includes(host)) || (!isGeneric && baseName(this.#clusters[at]!) === name),
    );
    const servers = places.flatMap((at) =>
      listCertificates(this.#clusters[at]!).filter(({ role }) => role === 'apiserver'),
    );
    for (const server of servers) this.#climb([server]);
  }

  /** Adds the clusters of every authority that may have signed one of these certificates, and so on up the chain. */
  #climb(certificates: readonly CertificateCredential[], links = 0): void {
    if (links > MAX_LINKS) return;
    const above: CertificateCredential[] = [];
    for (const certificate of certificates) {
      if (this.#climbed.has(certificate.id)) continue;
      this.#climbed.add(certificate.id);
      const { issuer } = certificateOutline(certificate);
      const { authorityKeyId, subject } = factsOnce(certificate);
      const name = issuer.text === '' ? undefined : hashText(issuer.text);
      const keyId = authorityKeyId?.keyId === undefined ? undefined : hashText(authorityKeyId.keyId);
      const ids = new Set([...this.#authorities(0, name), ...this.#authorities(1, keyId)]);
      if (isIssuedByItself({ issuer, subject })) continue;
      for (const at of this.#found)
        for (const one of listCertificates(this.#clusters[at]!)) if (ids.has(hashText(one.id))) above.push(one);
    }
    if (above.length > 0) this.#climb(above, links + 1);
  }

  /** Adds and returns the first authorities with a subject or key id, one more than are tried. */
  #authorities(offset: number, wanted: number | undefined): Set<number> {
    const ids = new Set<number>();
    if (wanted === undefined) return ids;
    for (const [at, { authorities }] of this.#keys.entries()) {
      for (let place = 0; place < authorities.length; place += AUTHORITY_NUMBERS) {
        if (authorities[place + offset] !== wanted) continue;
        ids.add(authorities[place + AUTHORITY_NUMBERS - 1]!);
        this.#found.add(at);
      }
      if (ids.size > MAX_TRIED) break;
    }
    return ids;
  }

  #where(fits: (keys: ClusterKeys, at: number) => boolean): number[] {
    const places: number[] = [];
    for (const [at, keys] of this.#keys.entries()) if (fits(keys, at)) places.push(at);
    for (const at of places) this.#found.add(at);
    return places;
  }
}
