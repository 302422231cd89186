import { addTo } from '../../shared/lists.ts';
import { conclusion } from '../../knowledge/model/sources/sources.ts';
import { isGenericName } from '../../plan/model/cluster-name.ts';
import { areApart, baseName, cacheResult, findMeantName, type ClusterCertificate } from './known-certificates.ts';
import { findOtherApiServer } from './kubeconfig-ca.ts';
import { isSuccessor } from '../assign/signatures.ts';
import type { CertificateRule } from './rule.ts';

/** Reports the CA of a cluster that was rebuilt: a newer cluster has the same name. */
export const clusterRebuilt: CertificateRule = {
  id: 'certificate.cluster-rebuilt',
  severity: 'warning',
  citation: conclusion('source.inferred.rebuilt'),
  check(certificate, known) {
    if (certificate.role !== 'cluster-ca') return undefined;
    const cluster = findMeantName(certificate);
    if (isGenericName(cluster)) return undefined;
    // `kubeconfigCa` reports this problem with more certainty.
    if (findOtherApiServer(certificate, known) !== undefined) return undefined;
    // Two CAs in one cluster mean that a CA is being replaced, not that the cluster was rebuilt.
    const rivals = (byName(known).get(cluster) ?? []).filter(
      (other) => areApart(certificate, other) && isSuccessor(other, certificate),
    );
    const [successor] = rivals.sort((one, other) => (one.facts.notBefore < other.facts.notBefore ? 1 : -1));
    if (successor === undefined) return undefined;
    return { params: { cluster, notBefore: successor.facts.notBefore, path: successor.sources[0]?.path ?? '' } };
  },
};

/** Current CAs by the name that an admin uses for the cluster. */
const byName = cacheResult((known) => {
  const named = new Map<string, ClusterCertificate[]>();
  for (const one of known.all) if (one.role === 'cluster-ca' && one.isCurrent) addTo(named, baseName(one.cluster), one);
  return named;
});
