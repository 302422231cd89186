import type { Cluster } from '../inventory/model/credential.ts';
import type { RoleId } from '../knowledge/model/credentials/credentials.ts';
import { hasWord } from '../inventory/model/row-columns.ts';
import { pathKey } from '../inventory/model/windows-path.ts';
import type { Processes } from '../shared/ports.ts';
import type { ClusterId, Layer } from '../shared/ids.ts';
import { isSameList } from '../shared/lists.ts';
import { clusterListing } from '../inventory/store/listed-cluster.ts';
import { isStillValid, listKnownCertificates, type KnownCertificate } from './model/inventory-index.ts';

/**
 * Returns the file that kubectl reads on this computer: the first file in `KUBECONFIG`, or else the default in the
 * profile; `undefined` without a profile. Source: Kubernetes documentation, kubectl config.
 */
export function findOwnKubeconfig({ platform, environment }: Pick<Processes, 'platform' | 'environment'>) {
  const isWindows = platform === 'win32';
  const listed = environment('KUBECONFIG')?.split(isWindows ? ';' : ':');
  const home = environment(isWindows ? 'USERPROFILE' : 'HOME');
  const usual = home === undefined ? [] : [[home, '.kube', 'config'].join(isWindows ? '\\' : '/')];
  return (listed ?? usual).find((path) => path !== '');
}

/** Returns whether a certificate comes from the admin's kubeconfig, whatever the spelling of its path. */
export function isInUse(
  { layer, paths }: Pick<KnownCertificate, 'layer' | 'paths'>,
  kubeconfig: string | undefined,
): boolean {
  if (layer !== 'workstation' || kubeconfig === undefined) return false;
  const own = pathKey(kubeconfig);
  return paths.some((path) => pathKey(path) === own);
}

interface KubeconfigInventory {
  certificates: readonly KnownCertificate[];
  clusters: readonly Cluster[];
  /** The cluster for which commands are meant; absent if there are several. */
  clusterId?: ClusterId;
}

/**
 * Finds the only kubeconfig that gives access to this cluster alone, and that the revocation leaves in force. Commands
 * never contain a file whose current context may be another cluster.
 */
export function findClusterKubeconfig(
  inventory: KubeconfigInventory,
  { matched, nowMs }: { matched: readonly KnownCertificate[]; nowMs: number },
): string | undefined {
  const { certificates, clusterId } = inventory;
  const revoked = new Set(matched);
  const files = new Set<string>();
  for (const certificate of certificates)
    if (
      certificate.clusterId === clusterId &&
      certificate.layer === 'workstation' &&
      certificate.replaced !== true &&
      isStillValid(certificate, nowMs) &&
      !revoked.has(certificate)
    )
      for (const path of certificate.kubeconfigs ?? []) files.add(path);
  const isRevoked = (path: string): boolean => matched.some((certificate) => certificate.paths.includes(path));
  const [only, ...others] = [...files].filter((path) => !isRevoked(path) && !isOfOtherCluster(path, inventory));
  return others.length === 0 ? only : undefined;
}

/** Returns whether a kubeconfig is known to give access to a cluster other than `clusterId`. */
export function isOfOtherCluster(path: string, { certificates, clusters, clusterId }: KubeconfigInventory): boolean {
  const key = pathKey(path);
  return (
    certificates.some((one) => one.clusterId !== clusterId && (one.paths.includes(path) || isInUse(one, path))) ||
    clusters.some(
      (cluster) =>
        cluster.id !== clusterId &&
        mayHave(cluster, 'kubeconfig-token') &&
        cluster.credentials.some(
          ({ role, sources }) => role === 'kubeconfig-token' && sources.some((source) => pathKey(source.path) === key),
        ),
    )
  );
}

/** Returns whether a cluster may have credentials of this layer or role, without reading a file. */
export function mayHave(cluster: Cluster, word: Layer | RoleId): boolean {
  const columns = clusterListing(cluster)?.columns();
  return columns === undefined || hasWord(columns, word);
}

/**
 * Caches the certificates of an inventory. A cluster is read again only when its object is replaced. Without changes,
 * the list stays the same object, so that results derived from it can be cached too.
 */
export class KnownInventory {
  readonly #byCluster = new WeakMap<Cluster, readonly KnownCertificate[]>();
  #clusters: readonly Cluster[] = [];
  #certificates: readonly KnownCertificate[] = [];

  listCertificates(clusters: readonly Cluster[]): readonly KnownCertificate[] {
    if (!isSameList(clusters, this.#clusters)) {
      this.#clusters = [...clusters];
      this.#certificates = clusters.flatMap((cluster) => {
        let certificates = this.#byCluster.get(cluster);
        if (certificates === undefined) this.#byCluster.set(cluster, (certificates = listKnownCertificates([cluster])));
        return certificates;
      });
    }
    return this.#certificates;
  }
}
