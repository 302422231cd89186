import type { RevocationEntry } from '../../shared/renew-revocation/entry.ts';
import type { KnownCertificate } from '../model/inventory-index.ts';
import type { IndexedEntry, Posting } from '../model/postings.ts';
import type { ClusterImpact } from '../model/view.ts';
import { countByCluster } from './impact-counts.ts';

export interface Impact {
  entries: readonly IndexedEntry[];
  /** In inventory order, without duplicates. */
  matched: readonly KnownCertificate[];
  clusters: readonly ClusterImpact[];
}

/**
 * Counts the certificates that entries affect, without comparing each entry with each certificate. `isInUse` recognises
 * the admin's own credential.
 */
export function computeIndexedImpact(
  entries: readonly IndexedEntry[],
  certificates: readonly KnownCertificate[],
  isInUse: (certificate: KnownCertificate) => boolean,
): Impact {
  const isMatched = getMarks(entries, certificates.length);
  const matched: KnownCertificate[] = [];
  for (let at = isMatched.indexOf(1); at >= 0; at = isMatched.indexOf(1, at + 1)) {
    const certificate = certificates[at];
    if (certificate !== undefined) matched.push(certificate);
  }
  return { entries, matched, clusters: countByCluster(certificates, isMatched, isInUse) };
}

/**
 * Returns an array with 1 at the position of each match. Among entries with the same value, the latest cutoff counts.
 */
function getMarks(indexed: readonly IndexedEntry[], size: number): Uint8Array {
  const reach = new Map<Posting, number>();
  for (const { posting, cutoffMs } of indexed)
    if (posting.positions.length > 0 && cutoffMs > (reach.get(posting) ?? -Infinity)) reach.set(posting, cutoffMs);
  const marks = new Uint8Array(size);
  for (const [posting, cutoffMs] of reach) posting.mark(marks, cutoffMs);
  return marks;
}

export interface Match {
  certificate: KnownCertificate;
  /** The matched part of the certificate: `group system:nodes`. Never translated, because programs also read it. */
  why: string;
}

export interface EntryMatches {
  matches: Match[];
  /**
   * Certificates that may or may not match in a cluster: only the common name fits, or they begin in the second of the
   * cutoff.
   */
  possible: Match[];
  exempt: Match[];
}

export function countMatches({ posting, cutoffMs }: IndexedEntry): Record<keyof EntryMatches, number> {
  return {
    matches: posting.countBefore(cutoffMs),
    possible: posting.countPossible(cutoffMs),
    exempt: posting.exempt.length,
  };
}

export function getMatches({ entry, posting, cutoffMs }: IndexedEntry): EntryMatches {
  const { reachable, exempt, commonName } = posting;
  const match = (certificate: KnownCertificate): Match => ({ certificate, why: explain(entry, certificate) });
  const isBefore = ({ notBeforeMs }: KnownCertificate): boolean => notBeforeMs < cutoffMs;
  return {
    matches: reachable.filter(isBefore).map(match),
    possible: [
      ...reachable
        .filter(({ notBeforeMs }) => notBeforeMs === cutoffMs)
        .map((certificate) => ({ certificate, why: `same second as notBefore, ${explain(entry, certificate)}` })),
      ...commonName
        .filter(({ notBeforeMs }) => notBeforeMs <= cutoffMs)
        .map((certificate) => ({ certificate, why: `common name ${certificate.cn ?? ''}, in no SAN` })),
    ],
    exempt: exempt.map((certificate) => ({
      certificate,
      why: `${certificate.exempt ?? ''}, ${explain(entry, certificate)}`,
    })),
  };
}

function explain({ kind, value }: RevocationEntry, certificate: KnownCertificate): string {
  switch (kind) {
    case 'serialnumber':
      return `serial number ${certificate.serialHex}`;
    case 'Group':
      return `group ${value}`;
    case 'DNS':
      return `${value.startsWith('.') ? 'DNS suffix' : 'DNS name'} ${value}`;
    case 'IP':
      return `IP address ${value}`;
  }
}
