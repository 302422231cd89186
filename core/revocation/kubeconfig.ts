import type { Cluster } from '../inventory/model/credential.ts';
import { hasWord } from '../inventory/model/row-columns.ts';
import type { Layer } from '../shared/ids.ts';
import { clusterListing } from '../inventory/store/listed-cluster.ts';
import { listKnownCertificates, type KnownCertificate } from './model/inventory-index.ts';

/** kubectl's default file. */
const DEFAULT_KUBECONFIG = /[\\/]\.kube[\\/]config$/u;

/** Whether a certificate comes from the admin's kubeconfig; default: kubectl's default file. */
export function isInUse(
  { layer, paths }: Pick<KnownCertificate, 'layer' | 'paths'>,
  kubeconfig: string | undefined,
): boolean {
  if (layer !== 'workstation') return false;
  return kubeconfig === undefined ? paths.some((path) => DEFAULT_KUBECONFIG.test(path)) : paths.includes(kubeconfig);
}

/** Whether a cluster may have credentials of this layer; reads no file. */
export function mayHaveLayer(cluster: Cluster, layer: Layer): boolean {
  const columns = clusterListing(cluster)?.columns();
  return columns === undefined || hasWord(columns, layer);
}

/**
 * The certificates of an inventory, read again only when a cluster changes, that is, becomes another object. Otherwise,
 * the list stays the same object, so that derived results can be cached.
 */
export class KnownInventory {
  readonly #byCluster = new WeakMap<Cluster, readonly KnownCertificate[]>();
  #clusters: readonly Cluster[] = [];
  #certificates: readonly KnownCertificate[] = [];

  listCertificates(clusters: readonly Cluster[]): readonly KnownCertificate[] {
    const last = this.#clusters;
    const isSame = last.length === clusters.length && clusters.every((cluster, at) => cluster === last[at]);
    if (!isSame) {
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
