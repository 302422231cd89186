import { addTo } from '../../shared/lists.ts';
import { inferred } from '../../knowledge/model/sources/sources.ts';
import { isGenericName } from '../../plan/model/cluster-name.ts';
import { areApart, givenName } from './cluster-names.ts';
import { findOtherApiServer } from './kubeconfig-ca.ts';
import { haveSameKey, oncePer, type HeldCertificate, type KnownCertificates } from './known-certificates.ts';
import type { CertificateRule } from './rule.ts';

/** The CA of a cluster of which a newer one exists under the same name: the cluster was made anew. */
export const clusterRebuilt: CertificateRule = {
  id: 'certificate.cluster-rebuilt',
  citation: inferred('source.inferred.rebuilt'),
  check(certificate, known) {
    if (certificate.role !== 'cluster-ca') return undefined;
    const cluster = givenName(certificate);
    if (isGenericName(cluster)) return undefined;
    // Said of the kubeconfig already, and with more certainty.
    if (findOtherApiServer(certificate, known) !== undefined) return undefined;
    const successor = newestRival(certificate, known);
    if (successor === undefined) return undefined;
    return {
      severity: 'warning',
      params: { cluster, notBefore: successor.facts.notBefore, path: successor.sources[0]?.path ?? '' },
    };
  },
};

/** CAs of clusters by what an admin calls the cluster. */
const byName = oncePer((known) => {
  const named = new Map<string, HeldCertificate[]>();
  for (const one of known.all) if (one.role === 'cluster-ca' && one.isCurrent) addTo(named, givenName(one), one);
  return named;
});

/** Two CAs in one cluster are a CA that is being replaced, not a cluster that was. */
function newestRival(certificate: HeldCertificate, known: KnownCertificates): HeldCertificate | undefined {
  const rivals = (byName(known).get(givenName(certificate)) ?? []).filter(
    (other) =>
      areApart(certificate, other) &&
      other.facts.notBefore > certificate.facts.notBefore &&
      !haveSameKey(other, certificate),
  );
  return rivals.sort((one, other) => (one.facts.notBefore < other.facts.notBefore ? 1 : -1))[0];
}
