import { ROOTS } from '../../knowledge/model/credentials/roles.ts';
import { addTo } from '../../shared/lists.ts';
import type { Instant } from '../../shared/instant.ts';
import { type CertificateCredential, type Cluster, listCertificates } from '../model/credential.ts';
import { certificateOutline, factsOnce } from './stored-certificate.ts';

/** Trust roots of each cluster by subject, including replaced roots. */
const rootsOfClusters = new WeakMap<Cluster, Map<string, CertificateCredential[]>>();

/**
 * Returns the end of the certificate's trust root if it comes first: every verifier then refuses the certificate. If
 * several roots of the cluster match, the last end counts. `undefined` if the root was not read or outlives the
 * certificate. Source: RFC 5280 section 6.1.3 (a)(2); Go's `crypto/x509` also checks the dates of roots.
 */
export function findIssuerEnd(cluster: Cluster, certificate: CertificateCredential): Instant | undefined {
  const { issuer, notAfter } = certificateOutline(certificate);
  let roots = rootsOfClusters.get(cluster);
  if (roots === undefined) {
    roots = new Map();
    for (const one of listCertificates(cluster))
      if (ROOTS.has(one.role)) addTo(roots, factsOnce(one).subject.text, one);
    rootsOfClusters.set(cluster, roots);
  }
  const named = roots.get(issuer.text) ?? [];
  // Roots outlive nearly all certificates, so most need not be decoded.
  if (named.every((root) => certificateOutline(root).notAfter >= notAfter)) return undefined;
  const keyId = factsOnce(certificate).authorityKeyId?.keyId;
  const [last] = named
    .map(factsOnce)
    .filter(({ subjectKeyId }) => keyId === undefined || subjectKeyId === undefined || subjectKeyId === keyId)
    .map((root) => root.notAfter)
    .sort()
    .reverse();
  return last !== undefined && last < notAfter ? last : undefined;
}
