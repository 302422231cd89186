import type { Cluster } from '../model/credential.ts';
import type { Finding } from '../../shared/finding.ts';
import type { CredentialId } from '../../shared/ids.ts';
import type { Instant } from '../../shared/instant.ts';
import type { CheckedSignatures } from '../assign/signatures.ts';
import type { LongWork } from '../long-work.ts';
import { clusterRebuilt } from './cluster-rebuilt.ts';
import { expiredCaTrusted } from './expired-ca-trusted.ts';
import { issuerExpired } from './issuer-expired.ts';
import { KnownCertificates } from './known-certificates.ts';
import { kubeconfigCa } from './kubeconfig-ca.ts';
import { namesMissing } from './names-missing.ts';
import { outlivesIssuer } from './outlives-issuer.ts';
import type { CertificateRule } from './rule.ts';
import { serialRepeated } from './serial-repeated.ts';
import { weakKey } from './weak-key.ts';
import { weakSignature } from './weak-signature.ts';

/** In display order. */
export const CERTIFICATE_RULES: readonly CertificateRule[] = [
  issuerExpired,
  kubeconfigCa,
  clusterRebuilt,
  outlivesIssuer,
  weakKey,
  weakSignature,
  namesMissing,
  serialRepeated,
  expiredCaTrusted,
];

/** Limits the findings to certificates in `ids`; all others serve as context. */
export async function certificateFindings(
  { work, signatures }: { work: LongWork; signatures: CheckedSignatures },
  clusters: readonly Cluster[],
  { now, ids }: { now: Instant; ids: ReadonlySet<CredentialId> },
): Promise<Finding[]> {
  if (ids.size === 0) return [];
  const known = await KnownCertificates.create({ work, signatures }, clusters, now);
  const findings: Finding[] = [];
  for (const [at, certificate] of known.all.entries()) {
    await work.step();
    work.report({ stage: { name: 'judging', done: at + 1, total: known.all.length } });
    if (!certificate.isCurrent || !ids.has(certificate.id)) continue;
    for (const { id: rule, severity, citation, check } of CERTIFICATE_RULES) {
      const breach = check(certificate, known);
      if (breach === undefined) continue;
      const { params, source = certificate.sources[0] } = breach;
      const place = source === undefined ? {} : { path: source.path, entry: source.entry };
      findings.push({ rule, severity, place, citation, params: { name: certificate.name, ...params } });
    }
  }
  return findings;
}
