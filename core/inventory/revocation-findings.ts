import { ROW_AUTHORITY } from '../domain/catalogue/sources-revocation.ts';
import { OVERVIEW_REVOCATION } from '../domain/catalogue/sources.ts';
import type { CertificateCredential, Cluster } from '../domain/credential.ts';
import type { Finding } from '../domain/finding.ts';
import { instantFromMs, msOf } from '../domain/instant.ts';
import type { Instant } from '../domain/instant.ts';
import {
  entryText,
  isSameRevocation,
  knownRevocations,
  refusalsAt,
  RenewalRefusals,
} from '../domain/renewal-refusal.ts';
import { revocableOf } from '../domain/revocable.ts';
import { exemptReason } from '../domain/revocation-known.ts';
import { revocationOf } from '../domain/revocation-match.ts';

/**
 * What the RenewRevocation objects that were read for its cluster say of a certificate: that its renewal would be refused, or
 * that it is itself named, one finding for each object.
 */
export function revocationFindings(
  cluster: Cluster,
  { facts, role, layer }: CertificateCredential,
  now: Instant,
): Finding[] {
  const known = knownRevocations([cluster]).map(({ revocation }) => revocation);
  const revocable = revocableOf(facts, exemptReason(facts, role) !== undefined);
  // Nobody renews what lies in a kubeconfig.
  const refusals =
    layer === 'kubernetes' ? refusalsAt(new RenewalRefusals(known).of(revocable), msOf(now)) : [];
  const refused = refusals.map(({ name, path, untilMs, ...entry }): Finding => {
    const rule = untilMs === undefined ? 'renewal.refused' : 'renewal.refused-until';
    return {
      ...{ rule, severity: 'warning', place: { path }, citation: ROW_AUTHORITY },
      params: {
        name,
        entry: entryText(entry),
        ...(untilMs !== undefined && { until: instantFromMs(untilMs) }),
      },
    };
  });
  const named = known.flatMap(({ object, source: { path } }): Finding[] => {
    if (refusals.some((refusal) => isSameRevocation(refusal, object))) return [];
    const [first] = revocationOf([object], revocable);
    if (first === undefined) return [];
    const params = { name: object.name, entry: entryText(first.entry) };
    const citation = OVERVIEW_REVOCATION;
    return [{ rule: 'renewal.named', severity: 'notice', place: { path }, citation, params }];
  });
  return [...refused, ...named];
}
