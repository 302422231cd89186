import type { RevocationEntry } from '../../shared/renew-revocation/entry.ts';
import type { KnownCertificate } from '../model/inventory-index.ts';
import { postingsOf, type IndexedEntry, type Posting } from '../model/postings.ts';
import type { ClusterImpact } from '../model/view.ts';
import { rollOf } from './impact-counts.ts';

export interface EntryImpact {
  indexed: IndexedEntry;
  /** Certificates that it revokes, counted. */
  count: number;
}

export interface Impact {
  /** In the order of the entries. */
  entries: readonly EntryImpact[];
  /** What some entry revokes, each once, in the order of the inventory. */
  matched: readonly KnownCertificate[];
  /** Clusters that anything is known of, in the order of the inventory. */
  clusters: readonly ClusterImpact[];
}

/**
 * What entries do to known certificates: counted exactly, at a cost that grows with the number of entries and with the number
 * of certificates, not with their product. `isInUse` tells the credential that the admin works with.
 */
export function impactOf(
  entries: readonly RevocationEntry[],
  certificates: readonly KnownCertificate[],
  isInUse: (certificate: KnownCertificate) => boolean = () => false,
): Impact {
  return impactOfIndexed(postingsOf(entries, certificates), certificates, isInUse);
}

/** The same for entries that were looked up among the same certificates already. */
export function impactOfIndexed(
  indexed: readonly IndexedEntry[],
  certificates: readonly KnownCertificate[],
  isInUse: (certificate: KnownCertificate) => boolean,
): Impact {
  const isMatched = marksOf(indexed, certificates.length);
  const matched: KnownCertificate[] = [];
  for (let at = isMatched.indexOf(1); at >= 0; at = isMatched.indexOf(1, at + 1)) {
    const certificate = certificates[at];
    if (certificate !== undefined) matched.push(certificate);
  }
  return {
    entries: indexed.map((one) => ({ indexed: one, count: one.posting.countBefore(one.cutoffMs) })),
    matched,
    clusters: rollOf(certificates).clusters(isMatched, isInUse),
  };
}

/** 1 for each certificate that is matched. Of entries that ask for the same, the one that reaches furthest decides. */
function marksOf(indexed: readonly IndexedEntry[], size: number): Uint8Array {
  const reach = new Map<Posting, number>();
  for (const { posting, cutoffMs = Infinity } of indexed)
    if (posting.positions.length > 0 && cutoffMs > (reach.get(posting) ?? -Infinity)) reach.set(posting, cutoffMs);
  const marks = new Uint8Array(size);
  for (const [posting, cutoffMs] of reach) posting.mark(marks, cutoffMs);
  return marks;
}

// ---- Lists -------------------------------------------------------------------------------------------------------------

export interface Match {
  certificate: KnownCertificate;
  /** What of the certificate the entry names: `group system:nodes`. For programs and people alike, never translated. */
  why: string;
}

export interface EntryMatches {
  matches: Match[];
  /** Which a cluster may take for matches, or not: the common name alone, or the very second of the cutoff. */
  possible: Match[];
  /** Which an entry names and cannot revoke. */
  exempt: Match[];
}

/** The certificates of one entry by name. */
export function matchesOf({ entry, posting, cutoffMs = Infinity }: IndexedEntry): EntryMatches {
  const { reachable, exempt, commonName } = posting;
  const match = (certificate: KnownCertificate): Match => ({ certificate, why: whyOf(entry, certificate) });
  const isBefore = ({ notBeforeMs }: KnownCertificate): boolean => notBeforeMs < cutoffMs;
  return {
    matches: reachable.filter(isBefore).map(match),
    possible: [
      ...reachable
        .filter(({ notBeforeMs }) => notBeforeMs === cutoffMs)
        .map((certificate) => ({ certificate, why: `same second as notBefore, ${whyOf(entry, certificate)}` })),
      ...commonName
        .filter(({ notBeforeMs }) => notBeforeMs <= cutoffMs)
        .map((certificate) => ({ certificate, why: `common name ${certificate.cn ?? ''}, in no SAN` })),
    ],
    exempt: exempt.map((certificate) => ({
      certificate,
      why: `${certificate.exempt ?? ''}, ${whyOf(entry, certificate)}`,
    })),
  };
}

function whyOf({ kind, value }: RevocationEntry, certificate: KnownCertificate): string {
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
