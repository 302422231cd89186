import type { Cluster, CertificateCredential, Placement } from '../model/credential.ts';
import { listFormerAuthorities } from '../model/foreign.ts';
import { baseName, findMeantName } from './known-certificates.ts';

interface Rebuilt {
  ca: CertificateCredential;
  name: string;
  live: Cluster;
}

/** Lists the CAs in kubeconfigs of rebuilt clusters, each with the only live cluster that has the name. */
export function listRebuilt(
  clusters: readonly Cluster[],
  foreign: Cluster | undefined,
  placements: readonly Placement[] = [],
): Rebuilt[] {
  if (foreign === undefined) return [];
  return listFormerAuthorities(foreign, placements).flatMap((ca) => {
    const name = findMeantName({ cluster: foreign, sources: ca.sources });
    const isNamed = (one: Cluster): boolean => baseName(one).toLowerCase() === name.toLowerCase();
    const [live, another] = clusters.filter((one) => isNamed(one) && one.sample !== true);
    return live === undefined || another !== undefined ? [] : [{ ca, name, live }];
  });
}
