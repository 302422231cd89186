import { epochMs } from '../../shared/instant.ts';
import type { RevocationEntry, RevocationKind } from '../../shared/renew-revocation/entry.ts';
import { CertificateIndex, comparableEntry } from '../../shared/renew-revocation/match.ts';
import { comparableSerial } from '../../shared/renew-revocation/values.ts';
import type { KnownCertificate } from './inventory-index.ts';
import { countLeading, listAddresses, type KnownAddress } from './range.ts';

/*
 * Matches many entries with many certificates. Certificates are indexed by value, and each entry is looked up by its
 * value. Entries with the same value share one list, whatever their cutoffs.
 */

const NOBODY: readonly KnownCertificate[] = [];
const NOWHERE: readonly number[] = [];

/** All certificates with one value, whatever their start. */
export class Posting {
  /** Positions of the revocable certificates in the inventory, ascending. */
  readonly positions: readonly number[];
  /** Certificates that the value names but cannot revoke, in inventory order. */
  readonly exempt: readonly KnownCertificate[];
  readonly #known: KnownIndex;
  /** A DNS name or suffix, which may also be a common name. */
  readonly #name: string | undefined;
  #reachable: readonly KnownCertificate[] | undefined;
  #commonName: readonly KnownCertificate[] | undefined;
  #starts: Float64Array | undefined;
  #commonNameStarts: Float64Array | undefined;
  #kubeconfigs: readonly KnownCertificate[] | undefined;

  constructor(known: KnownIndex, named: readonly number[], name?: string) {
    this.#known = known;
    this.#name = name;
    this.exempt = known.select(named.filter((position) => known.certificates[position]?.exempt !== undefined));
    this.positions =
      this.exempt.length === 0 ? named : named.filter((position) => known.certificates[position]?.exempt === undefined);
  }

  get reachable(): readonly KnownCertificate[] {
    return (this.#reachable ??= this.#known.select(this.positions));
  }

  /** Certificates of which only the common name is this name. */
  get commonName(): readonly KnownCertificate[] {
    return (this.#commonName ??= this.#name === undefined ? NOBODY : this.#listCommonName(this.#name));
  }

  #listCommonName(name: string): readonly KnownCertificate[] {
    const inSans = new Set(this.positions);
    return this.#known.select(this.#known.commonNames.find('DNS', name).filter((position) => !inSans.has(position)));
  }

  get kubeconfigs(): readonly KnownCertificate[] {
    const { certificates } = this.#known;
    return (this.#kubeconfigs ??= this.#known.select(
      this.positions.filter((position) => certificates[position]?.layer === 'workstation'),
    ));
  }

  countBefore(ms: number): number {
    if (ms === Infinity || this.positions.length === 0) return this.positions.length;
    const { starts } = this.#known;
    this.#starts ??= Float64Array.from(this.positions, (position) => starts[position] ?? 0).sort();
    return countBelow(this.#starts, ms);
  }

  /** Counts certificates of which only the common name fits, or whose start is in the second of the cutoff. */
  countPossible(ms: number): number {
    if (ms === Infinity) return this.commonName.length;
    const sameMoment = this.countBefore(ms + 1) - this.countBefore(ms);
    this.#commonNameStarts ??= Float64Array.from(this.commonName, ({ notBeforeMs }) => notBeforeMs).sort();
    return sameMoment + countBelow(this.#commonNameStarts, ms + 1);
  }

  mark(marks: Uint8Array, beforeMs: number): void {
    const { starts } = this.#known;
    for (const position of this.positions) if ((starts[position] ?? beforeMs) < beforeMs) marks[position] = 1;
  }
}

function countBelow(starts: Float64Array, ms: number): number {
  return countLeading(starts.length, (at) => (starts[at] ?? 0) < ms);
}

/** User and node names do not match, because they contain other characters. */
const DNS_LIKE = /^[a-z0-9.*_-]+$/iu;

export class KnownIndex {
  readonly certificates: readonly KnownCertificate[];
  /** Milliseconds since 1970, by position. */
  readonly starts: Float64Array;
  /** Postings with matches. Their number is limited, so they are kept as long as the inventory. */
  readonly #postings = new Map<string, Posting>();
  readonly #index: CertificateIndex;
  #commonNames: CertificateIndex | undefined;
  #groups: ReadonlyMap<string, string> | undefined;
  #addresses: readonly KnownAddress[] | undefined;

  constructor(certificates: readonly KnownCertificate[]) {
    this.certificates = certificates;
    this.starts = Float64Array.from(certificates, ({ notBeforeMs }) => notBeforeMs);
    this.#index = new CertificateIndex(certificates);
  }

  select(positions: readonly number[]): readonly KnownCertificate[] {
    if (positions.length === 0) return NOBODY;
    const found: KnownCertificate[] = [];
    for (const position of positions) {
      const certificate = this.certificates[position];
      if (certificate !== undefined) found.push(certificate);
    }
    return found;
  }

  findBySerial(serial: string): readonly KnownCertificate[] {
    const value = comparableSerial(serial);
    return value === undefined ? NOBODY : this.select(this.#index.find('serialnumber', value));
  }

  get commonNames(): CertificateIndex {
    return (this.#commonNames ??= new CertificateIndex(
      this.certificates.map(({ cn = '', exempt }) => {
        const dns = exempt === undefined && DNS_LIKE.test(cn) ? [cn] : [];
        return { serialHex: '', groups: [], dns, ip: [] };
      }),
    ));
  }

  /** Group names by their lower-case form. */
  get groups(): ReadonlyMap<string, string> {
    return (this.#groups ??= new Map(
      this.certificates.flatMap(({ groups }) => groups.map((group) => [group.toLowerCase(), group])),
    ));
  }

  get addresses(): readonly KnownAddress[] {
    return (this.#addresses ??= listAddresses(this.certificates));
  }

  /** Returns an entry with its matches. `unmatched` caches postings without matches. */
  find(entry: RevocationEntry, unmatched: Map<string, Posting>): IndexedEntry {
    const { kind, notBefore } = entry;
    const value = comparableEntry(entry);
    const key = entryKey(kind, value ?? '');
    let posting = this.#postings.get(key) ?? unmatched.get(key);
    if (posting === undefined) {
      const named = value === undefined ? NOWHERE : this.#index.find(kind, value);
      posting = new Posting(this, named, kind === 'DNS' ? value : undefined);
      (named.length === 0 ? unmatched : this.#postings).set(key, posting);
    }
    return { entry, key, posting, cutoffMs: notBefore === undefined ? Infinity : epochMs(notBefore) };
  }
}

/** Returns a key that is equal for entries that name the same certificates. `value` comes from `comparableEntry`. */
export function entryKey(kind: RevocationKind, value: string): string {
  return `${kind} ${value}`;
}

const kept = new WeakMap<readonly KnownCertificate[], KnownIndex>();

/** Returns the index of a list. Cached, because many texts are judged against the same list while the admin types. */
export function getKnownIndex(certificates: readonly KnownCertificate[]): KnownIndex {
  let index = kept.get(certificates);
  if (index === undefined) kept.set(certificates, (index = new KnownIndex(certificates)));
  return index;
}

export interface IndexedEntry {
  entry: RevocationEntry;
  key: string;
  posting: Posting;
  /**
   * Milliseconds since 1970; certificates that begin earlier are affected. `Infinity` affects all, including future
   * ones.
   */
  cutoffMs: number;
}

/**
 * Returns every entry with the certificates that it matches. Certificates are indexed once, on first use; afterwards,
 * the cost depends only on entries and matches.
 */
export function buildPostings(
  entries: readonly RevocationEntry[],
  certificates: readonly KnownCertificate[],
): IndexedEntry[] {
  const index = getKnownIndex(certificates);
  // Kept no longer than the text, which may contain any values.
  const unmatched = new Map<string, Posting>();
  return entries.map((entry) => index.find(entry, unmatched));
}
