import { instantFromMs } from '../../core/shared/instant.ts';
import type { RevocableCertificate, RevocationEntry } from '../../core/shared/renew-revocation/entry.ts';
import { computeIndexedImpact } from '../../core/revocation/impact/impact.ts';
import type { KnownCertificate } from '../../core/revocation/model/inventory-index.ts';
import { buildPostings } from '../../core/revocation/model/postings.ts';

export function revocableCertificate(certificate: KnownCertificate): RevocableCertificate {
  const { serialHex, groups, dns, ip, notBeforeMs, exempt } = certificate;
  return { serialHex, groups, dns, ip, notBefore: instantFromMs(notBeforeMs), exempt: exempt !== undefined };
}

/** Computes the impact of the entries, with the number of certificates that each entry revokes. */
export function computeImpact(
  entries: readonly RevocationEntry[],
  certificates: readonly KnownCertificate[],
  isInUse: (certificate: KnownCertificate) => boolean = () => false,
) {
  const impact = computeIndexedImpact(buildPostings(entries, certificates), certificates, isInUse);
  const counted = impact.entries.map((indexed) => ({ indexed, count: indexed.posting.countBefore(indexed.cutoffMs) }));
  return { ...impact, entries: counted };
}
