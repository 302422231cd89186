import { ROW_AUTHORITY } from '../../knowledge/model/sources/sources-revocation.ts';
import { OVERVIEW_REVOCATION } from '../../knowledge/model/sources/sources.ts';
import type { CertificateCredential, Cluster } from '../model/credential.ts';
import type { Finding } from '../../shared/finding.ts';
import { instantFromMs, epochMs, type Instant } from '../../shared/instant.ts';
import {
  entryText,
  isSameRevocation,
  activeRevocations,
  refusalsAt,
  RenewalRefusals,
} from '../model/renewal-refusal.ts';
import { getRevocable } from '../../shared/renew-revocation/revocable.ts';
import { RevocationIndex } from '../../shared/renew-revocation/match.ts';
import { getExemptReason } from '../model/exempt-reason.ts';

/** Returns one finding for each RenewRevocation object that would refuse the certificate's renewal or lists it. */
export function revocationFindings(
  cluster: Cluster,
  { facts, role, layer }: CertificateCredential,
  now: Instant,
): Finding[] {
  const known = activeRevocations([cluster]).map(({ revocation }) => revocation);
  const revocable = getRevocable(facts, getExemptReason(facts, role) !== undefined);
  // Certificates in kubeconfigs are never renewed.
  const refusals = layer === 'kubernetes' ? refusalsAt(new RenewalRefusals(known).find(revocable), epochMs(now)) : [];
  const refused = refusals.map(({ name, path, untilMs, ...entry }): Finding => {
    const rule = untilMs === undefined ? 'renewal.refused' : 'renewal.refused-until';
    return {
      rule,
      severity: 'warning',
      place: { path },
      citation: ROW_AUTHORITY,
      params: { name, entry: entryText(entry), ...(untilMs !== undefined && { until: instantFromMs(untilMs) }) },
    };
  });
  const named = known.flatMap(({ object, source: { path } }): Finding[] => {
    if (refusals.some((refusal) => isSameRevocation(refusal, object))) return [];
    const [first] = new RevocationIndex([object]).match(revocable);
    if (first === undefined) return [];
    const params = { name: object.name, entry: entryText(first.entry) };
    return [{ rule: 'renewal.named', severity: 'notice', place: { path }, citation: OVERVIEW_REVOCATION, params }];
  });
  return [...refused, ...named];
}
