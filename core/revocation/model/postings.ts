import { toMilliseconds } from '../../shared/instant.ts';
import type { RevocationEntry, RevocationKind } from '../../shared/renew-revocation/entry.ts';
import { CertificateIndex, comparableEntry } from '../../shared/renew-revocation/match.ts';
import { comparableSerial } from '../../shared/renew-revocation/values.ts';
import type { KnownCertificate } from './inventory-index.ts';

/*
 * Matches very many entries with very many certificates: certificates are indexed by value, and each entry is looked up
 * by its own. Entries with the same value share one list, whatever their cutoffs.
 */

/** Most values match nothing, so a list of their own would be wasted. */
const NOBODY: readonly KnownCertificate[] = [];
const NOWHERE: readonly number[] = [];

/** The certificates with one value, before any cutoff. */
export class Posting {
  /** Positions in the inventory of those that can be revoked, ascending. */
  readonly positions: readonly number[];
  /** Those that it names but cannot revoke, in inventory order. */
  readonly exempt: readonly KnownCertificate[];
  readonly #known: KnownIndex;
  /** A name, or a suffix, that may also be a common name. */
  readonly #name: string | undefined;
  #reachable: readonly KnownCertificate[] | undefined;
  #commonName: readonly KnownCertificate[] | undefined;
  #starts: Float64Array | undefined;
  #commonNameStarts: Float64Array | undefined;
  #kubeconfigs: readonly KnownCertificate[] | undefined;

  constructor(known: KnownIndex, named: readonly number[], name?: string) {
    this.#known = known;
    this.#name = name;
    this.exempt = known.at(named.filter((position) => known.certificates[position]?.exempt !== undefined));
    this.positions =
      this.exempt.length === 0 ? named : named.filter((position) => known.certificates[position]?.exempt === undefined);
  }

  /** Those that can be revoked, in inventory order. */
  get reachable(): readonly KnownCertificate[] {
    return (this.#reachable ??= this.#known.at(this.positions));
  }

  /** Those with this common name but without a SAN. */
  get commonName(): readonly KnownCertificate[] {
    // Computed separately, and only on demand.
    return (this.#commonName ??= this.#name === undefined ? NOBODY : this.#listCommonName(this.#name));
  }

  #listCommonName(name: string): readonly KnownCertificate[] {
    const inSans = new Set(this.positions);
    return this.#known.at(this.#known.commonNames.find('DNS', name).filter((position) => !inSans.has(position)));
  }

  /** Those of `reachable` on a workstation. */
  kubeconfigs(): readonly KnownCertificate[] {
    return (this.#kubeconfigs ??= this.reachable.filter(({ layer }) => layer === 'workstation'));
  }

  /** How many revocable ones began before an instant; all without one. Counted, not listed. */
  countBefore(ms: number | undefined): number {
    if (ms === undefined || this.positions.length === 0) return this.positions.length;
    const { starts } = this.#known;
    this.#starts ??= Float64Array.from(this.positions, (position) => starts[position] ?? 0).sort();
    return countBelow(this.#starts, ms);
  }

  /** How many a cluster may treat as matched up to an instant: only by the common name, or begun in its very second. */
  countPossible(ms: number | undefined): number {
    if (ms === undefined) return this.commonName.length;
    const names = (this.#commonNameStarts ??= listStarts(this.commonName));
    const sameMoment = this.countBefore(ms + 1) - this.countBefore(ms);
    return sameMoment + countBelow(names, ms + 1);
  }

  /** Sets `marks` to 1 at the positions of revocable ones that began before an instant. */
  mark(marks: Uint8Array, beforeMs: number): void {
    const { starts } = this.#known;
    for (const position of this.positions) if ((starts[position] ?? beforeMs) < beforeMs) marks[position] = 1;
  }
}

function listStarts(certificates: readonly KnownCertificate[]): Float64Array {
  return Float64Array.from(certificates, ({ notBeforeMs }) => notBeforeMs).sort();
}

/** How many of the sorted instants lie before one. */
function countBelow(starts: Float64Array, ms: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** By value, for each kind. */
type Postings = Record<RevocationKind, Map<string, Posting>>;

function noPostings(): Postings {
  return { serialnumber: new Map(), Group: new Map(), DNS: new Map(), IP: new Map() };
}

/** Anything else is the name of a user or a node. */
const DNS_LIKE = /^[a-z0-9.*_-]+$/iu;

/** Finds certificates of an inventory by what entries name. */
export class KnownIndex {
  readonly certificates: readonly KnownCertificate[];
  /** Milliseconds since 1970, by position. */
  readonly starts: Float64Array;
  /** Postings with matches: limited in number, so that they are kept as long as the inventory. */
  readonly #postings = noPostings();
  readonly #index: CertificateIndex;
  #commonNames: CertificateIndex | undefined;

  constructor(certificates: readonly KnownCertificate[]) {
    this.certificates = certificates;
    this.starts = Float64Array.from(certificates, ({ notBeforeMs }) => notBeforeMs);
    this.#index = new CertificateIndex(certificates);
  }

  /** Returns those at some positions. */
  at(positions: readonly number[]): readonly KnownCertificate[] {
    if (positions.length === 0) return NOBODY;
    const found: KnownCertificate[] = [];
    for (const position of positions) {
      const certificate = this.certificates[position];
      if (certificate !== undefined) found.push(certificate);
    }
    return found;
  }

  /** Those with a serial number, in any notation of `comparableSerial`. */
  withSerial(serial: string): readonly KnownCertificate[] {
    const value = comparableSerial(serial);
    return value === undefined ? NOBODY : this.at(this.#index.find('serialnumber', value));
  }

  /** Revocable certificates by common names that look like DNS names, as if these were SANs. */
  get commonNames(): CertificateIndex {
    return (this.#commonNames ??= new CertificateIndex(
      this.certificates.map(({ cn = '', exempt }) => {
        const dns = exempt === undefined && DNS_LIKE.test(cn) ? [cn] : [];
        return { serialHex: '', groups: [], dns, ip: [] };
      }),
    ));
  }

  /** `unmatched` has the postings without matches, and gets more of them. */
  posting(entry: RevocationEntry, unmatched: Postings): Posting {
    const { kind } = entry;
    const value = comparableEntry(entry);
    if (value === undefined) return new Posting(this, NOWHERE);
    let posting = this.#postings[kind].get(value) ?? unmatched[kind].get(value);
    if (posting === undefined) {
      const named = this.#index.find(kind, value);
      posting = new Posting(this, named, kind === 'DNS' ? value : undefined);
      (named.length === 0 ? unmatched : this.#postings)[kind].set(value, posting);
    }
    return posting;
  }
}

const kept = new WeakMap<readonly KnownCertificate[], KnownIndex>();

/** Cached per list: while typing, many texts are judged against it. */
export function knownIndex(certificates: readonly KnownCertificate[]): KnownIndex {
  let index = kept.get(certificates);
  if (index === undefined) kept.set(certificates, (index = new KnownIndex(certificates)));
  return index;
}

/** An entry with the instant up to which it reaches. */
export interface IndexedEntry {
  entry: RevocationEntry;
  posting: Posting;
  /** Absent: it affects everything, now and in future. */
  cutoffMs?: number;
}

/**
 * Every entry with the certificates that it matches, in entry order. Certificates are indexed on first use, at a cost
 * that grows with their number; after that only entries and matches cost anything.
 */
export function buildPostings(
  entries: readonly RevocationEntry[],
  certificates: readonly KnownCertificate[],
): IndexedEntry[] {
  const index = knownIndex(certificates);
  // Kept no longer than the text, which may name anything.
  const unmatched = noPostings();
  return entries.map((entry): IndexedEntry => {
    const { notBefore } = entry;
    return {
      entry,
      posting: index.posting(entry, unmatched),
      ...(notBefore !== undefined && { cutoffMs: toMilliseconds(notBefore) }),
    };
  });
}
