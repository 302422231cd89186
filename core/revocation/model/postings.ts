import { toMilliseconds } from '../../shared/instant.ts';
import type { RevocationKind, RevocationEntry } from '../../shared/renew-revocation/entry.ts';
import type { KnownCertificate } from './inventory-index.ts';
import { knownValues, type KnownValues } from './mentions.ts';
import { comparableIp, comparableSerial, dnsPattern } from '../../shared/renew-revocation/values.ts';

/*
 * Matches very many entries with very many certificates: certificates are indexed by value, and each entry is looked up
 * by its own. Entries with the same value share one list, whatever their cutoffs.
 */

/** Most values match nothing, so a list of their own would be wasted. */
const NOBODY: readonly KnownCertificate[] = [];
const NOWHERE: readonly number[] = [];
/** Up to here a scan is faster than sorting. */
const FEW = 16;

/** The certificates with one value, before any cutoff. */
export class Posting {
  /** Positions in the inventory of those that can be revoked, ascending. */
  readonly positions: readonly number[];
  /** Those that it names but cannot revoke, in inventory order. */
  readonly exempt: readonly KnownCertificate[];
  readonly #known: KnownValues;
  /** A name, or a suffix, that may also be a common name. */
  readonly #name: string | undefined;
  #reachable: readonly KnownCertificate[] | undefined;
  #commonName: readonly KnownCertificate[] | undefined;
  #starts: Float64Array | undefined;
  #commonNameStarts: Float64Array | undefined;
  #kubeconfigs: readonly KnownCertificate[] | undefined;

  constructor(known: KnownValues, said: readonly number[], name?: string) {
    this.#known = known;
    this.#name = name;
    const { certificates } = known;
    let exempt: KnownCertificate[] | undefined;
    for (const position of said) {
      const certificate = certificates[position];
      if (certificate?.exempt !== undefined) (exempt ??= []).push(certificate);
    }
    this.exempt = exempt ?? NOBODY;
    this.positions =
      exempt === undefined ? said : said.filter((position) => certificates[position]?.exempt === undefined);
  }

  /** Those that can be revoked, in inventory order. */
  get reachable(): readonly KnownCertificate[] {
    return (this.#reachable ??= this.#at(this.positions));
  }

  /** Those with this common name but without a SAN. */
  get commonName(): readonly KnownCertificate[] {
    // Computed separately, and only on demand.
    return (this.#commonName ??=
      this.#name === undefined ? NOBODY : this.#at(without(this.#known.commonName(this.#name), this.positions)));
  }

  /** Those of `reachable` on a workstation. */
  kubeconfigs(): readonly KnownCertificate[] {
    return (this.#kubeconfigs ??= this.reachable.filter(({ layer }) => layer === 'workstation'));
  }

  /** How many revocable ones began before an instant; all without one. Counted, not listed. */
  countBefore(ms: number | undefined): number {
    const { positions } = this;
    if (ms === undefined || positions.length === 0) return positions.length;
    if (positions.length > FEW) return countBelow(this.#sortedStarts(), ms);
    const { starts } = this.#known;
    let count = 0;
    for (const position of positions) if ((starts[position] ?? ms) < ms) count += 1;
    return count;
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

  #at(positions: readonly number[]): readonly KnownCertificate[] {
    if (positions.length === 0) return NOBODY;
    const { certificates } = this.#known;
    const found: KnownCertificate[] = [];
    for (const position of positions) {
      const certificate = certificates[position];
      if (certificate !== undefined) found.push(certificate);
    }
    return found;
  }

  #sortedStarts(): Float64Array {
    const { starts } = this.#known;
    return (this.#starts ??= Float64Array.from(this.positions, (position) => starts[position] ?? 0).sort());
  }
}

/** Ascending numbers that are not among others, which also ascend. */
function without(numbers: readonly number[], others: readonly number[]): readonly number[] {
  let at = 0;
  return numbers.filter((number) => {
    while (at < others.length && (others[at] ?? number) < number) at += 1;
    return others[at] !== number;
  });
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

/** An entry with the instant up to which it reaches. */
export interface IndexedEntry {
  entry: RevocationEntry;
  posting: Posting;
  /** Absent: it affects everything, now and in future. */
  cutoffMs?: number;
}

/** Postings by value, separately for each kind. */
type Places = Record<RevocationKind, Map<string, Posting>>;

function noPlaces(): Places {
  return { serialnumber: new Map(), Group: new Map(), DNS: new Map(), IP: new Map() };
}

/** Postings with matches are limited in number and kept as long as the inventory. */
const keptPlaces = new WeakMap<readonly KnownCertificate[], Places>();

/** Finds a posting for every value in the entries of one text. */
class Looking {
  readonly #values: KnownValues;
  readonly #kept: Places;
  /** Postings without matches, for whatever was written. */
  readonly #own = noPlaces();

  constructor(certificates: readonly KnownCertificate[]) {
    this.#values = knownValues(certificates);
    const kept = keptPlaces.get(certificates);
    this.#kept = kept ?? noPlaces();
    if (kept === undefined) keptPlaces.set(certificates, this.#kept);
  }

  posting({ kind, value }: RevocationEntry): Posting {
    const compared = comparable(kind, value);
    if (compared === undefined) return new Posting(this.#values, NOWHERE);
    const known = this.#kept[kind].get(compared) ?? this.#own[kind].get(compared);
    if (known !== undefined) return known;
    const said = this.#said(kind, compared);
    const posting = new Posting(this.#values, said, kind === 'DNS' ? compared : undefined);
    (said.length === 0 ? this.#own : this.#kept)[kind].set(compared, posting);
    return posting;
  }

  #said(kind: RevocationKind, compared: string): readonly number[] {
    switch (kind) {
      case 'serialnumber':
        return this.#values.serial(compared);
      case 'Group':
        return this.#values.group(compared);
      case 'DNS':
        return this.#values.name(compared);
      case 'IP':
        return this.#values.address(compared);
    }
  }
}

/** A value in the form used for comparison; `undefined` for one that can match nothing. */
function comparable(kind: RevocationKind, value: string): string | undefined {
  switch (kind) {
    case 'serialnumber':
      return comparableSerial(value);
    case 'Group':
      return value === '' ? undefined : value;
    case 'DNS':
      return dnsPattern(value)?.text;
    case 'IP':
      return comparableIp(value);
  }
}

/**
 * Every entry with the certificates that it matches, in entry order. Certificates are indexed on first use, at a cost
 * that grows with their number; after that only entries and matches cost anything.
 */
export function buildPostings(
  entries: readonly RevocationEntry[],
  certificates: readonly KnownCertificate[],
): IndexedEntry[] {
  const looking = new Looking(certificates);
  return entries.map((entry): IndexedEntry => {
    const { notBefore } = entry;
    return {
      entry,
      posting: looking.posting(entry),
      ...(notBefore !== undefined && { cutoffMs: toMilliseconds(notBefore) }),
    };
  });
}
