import { msOf } from '../../shared/instant.ts';
import type { RevocationKind, RevocationEntry } from '../../shared/renew-revocation/entry.ts';
import type { KnownCertificate } from './inventory-index.ts';
import { knownValues, type KnownValues } from './mentions.ts';
import { comparableIp, comparableSerial, dnsPattern } from '../../shared/renew-revocation/values.ts';

/*
 * Which of very many certificates very many entries name: what the certificates say is kept by value, and each entry is
 * looked up by what it asks for. Entries that ask for the same share one list, whatever their cutoffs.
 */

/** Most values name nobody, so that a list of their own would be wasted on them. */
const NOBODY: readonly KnownCertificate[] = [];
const NOWHERE: readonly number[] = [];
/** Up to here looking at each is faster than putting them in order. */
const FEW = 16;

/** The certificates that one value names, before any cutoff is looked at. */
export class Posting {
  /** Positions in the inventory of those that can be revoked, ascending. */
  readonly positions: readonly number[];
  /** Which it names and cannot revoke, in the order of the inventory. */
  readonly exempt: readonly KnownCertificate[];
  readonly #known: KnownValues;
  /** A name, or a suffix, that may be a common name as well. */
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

  /** Those that can be revoked, in the order of the inventory. */
  get reachable(): readonly KnownCertificate[] {
    return (this.#reachable ??= this.#at(this.positions));
  }

  /** Whose common name it is, and no SAN. */
  get commonName(): readonly KnownCertificate[] {
    // Read by themselves, and only where somebody asks.
    return (this.#commonName ??=
      this.#name === undefined ? NOBODY : this.#at(without(this.#known.commonName(this.#name), this.positions)));
  }

  /** Those of `reachable` that lie on somebody's workstation. */
  kubeconfigs(): readonly KnownCertificate[] {
    return (this.#kubeconfigs ??= this.reachable.filter(({ layer }) => layer === 'workstation'));
  }

  /** How many that can be revoked began before a moment; of all without one. Counted, not listed. */
  countBefore(ms: number | undefined): number {
    const { positions } = this;
    if (ms === undefined || positions.length === 0) return positions.length;
    if (positions.length > FEW) return countBelow(this.#sortedStarts(), ms);
    const { starts } = this.#known;
    let count = 0;
    for (const position of positions) if ((starts[position] ?? ms) < ms) count += 1;
    return count;
  }

  /** How many a cluster may take for named up to a moment: by the common name alone, or begun in its very second. */
  countPossible(ms: number | undefined): number {
    if (ms === undefined) return this.commonName.length;
    const names = (this.#commonNameStarts ??= startsOf(this.commonName));
    const sameMoment = this.countBefore(ms + 1) - this.countBefore(ms);
    return sameMoment + countBelow(names, ms + 1);
  }

  /** Sets to 1 in `marks`, by position, those that can be revoked and began before a moment. */
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

/** Of ascending numbers those that are not among others, also ascending. */
function without(numbers: readonly number[], others: readonly number[]): readonly number[] {
  let at = 0;
  return numbers.filter((number) => {
    while (at < others.length && (others[at] ?? number) < number) at += 1;
    return others[at] !== number;
  });
}

function startsOf(certificates: readonly KnownCertificate[]): Float64Array {
  return Float64Array.from(certificates, ({ notBeforeMs }) => notBeforeMs).sort();
}

/** How many of sorted moments lie before one. */
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

/** An entry with the moment up to which it reaches. */
export interface IndexedEntry {
  entry: RevocationEntry;
  posting: Posting;
  /** Absent: it reaches everything, now and in future. */
  cutoffMs?: number;
}

/** Postings by the value that they are for; those of each kind by themselves. */
type Places = Record<RevocationKind, Map<string, Posting>>;

function noPlaces(): Places {
  return { serialnumber: new Map(), Group: new Map(), DNS: new Map(), IP: new Map() };
}

/** Those that name somebody, of whom there are only so many, stay as long as the inventory does. */
const keptPlaces = new WeakMap<readonly KnownCertificate[], Places>();

/** Finds a place for every value that the entries of one text ask for. */
class Looking {
  readonly #values: KnownValues;
  readonly #kept: Places;
  /** Those that name nobody: whatever is written. */
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

/** A value in the form in which it is compared; `undefined` for one that can name nobody. */
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
 * Every entry with the certificates that it names, in the order of the entries. What the certificates say is read when entries
 * first ask for it, at a cost that grows with their number; from then on only entries and what they name cost anything.
 */
export function postingsOf(
  entries: readonly RevocationEntry[],
  certificates: readonly KnownCertificate[],
): IndexedEntry[] {
  const looking = new Looking(certificates);
  return entries.map((entry): IndexedEntry => {
    const { notBefore } = entry;
    return { entry, posting: looking.posting(entry), ...(notBefore !== undefined && { cutoffMs: msOf(notBefore) }) };
  });
}
