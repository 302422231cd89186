import { msOf } from './instant.ts';
import type { RevocationEntry } from './revocation.ts';
import type { KnownCertificate } from './revocation-known.ts';
import { comparableDns, comparableIp, comparableSerial, dnsPattern } from './revocation-values.ts';

/*
 * Which of very many certificates very many entries name: the entries are put into maps by what they ask for, and each
 * certificate is looked up by what it says. Entries that ask for the same share one list, whatever their cutoffs.
 */

/** Most values name nobody, so that a list of their own would be wasted on them. */
const NOBODY: readonly KnownCertificate[] = [];
const NOWHERE: readonly number[] = [];

/** The certificates that one value names, before any cutoff is looked at. */
export class Posting {
  /** Those that can be revoked, in the order of the inventory. */
  reachable = NOBODY;
  /** Their positions in it. */
  positions = NOWHERE;
  exempt = NOBODY;
  /** Whose common name it is, and no SAN. */
  commonName = NOBODY;
  #starts: Float64Array | undefined;
  #commonNameStarts: Float64Array | undefined;
  #kubeconfigs: readonly KnownCertificate[] | undefined;

  /** Those of `reachable` that lie on somebody's workstation. */
  kubeconfigs(): readonly KnownCertificate[] {
    return (this.#kubeconfigs ??= this.reachable.filter(({ layer }) => layer === 'workstation'));
  }

  /** How many that can be revoked began before a moment; of all without one. Counted, not listed. */
  countBefore(ms: number | undefined): number {
    return ms === undefined ? this.reachable.length : countBelow(this.#sortedStarts(), ms);
  }

  /** How many a cluster may take for named up to a moment: by the common name alone, or begun in its very second. */
  countPossible(ms: number | undefined): number {
    if (ms === undefined) return this.commonName.length;
    const names = (this.#commonNameStarts ??= startsOf(this.commonName));
    const sameMoment = countBelow(this.#sortedStarts(), ms + 1) - this.countBefore(ms);
    return sameMoment + countBelow(names, ms + 1);
  }

  #sortedStarts(): Float64Array {
    return (this.#starts ??= startsOf(this.reachable));
  }
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

/** A place for every value that entries ask for. */
class Places {
  readonly serial = new Map<string, Posting>();
  readonly group = new Map<string, Posting>();
  readonly dns = new Map<string, Posting>();
  readonly suffix = new Map<string, Posting>();
  readonly ip = new Map<string, Posting>();
  /** Lengths that suffixes have, so that no others are cut out. */
  readonly suffixLengths = new Set<number>();

  of({ kind, value }: RevocationEntry): Posting {
    switch (kind) {
      case 'serialnumber':
        return shared(this.serial, comparableSerial(value));
      case 'Group':
        return shared(this.group, value === '' ? undefined : value);
      case 'DNS': {
        const pattern = dnsPattern(value);
        if (pattern?.isSuffix !== true) return shared(this.dns, pattern?.text);
        this.suffixLengths.add(pattern.text.length);
        return shared(this.suffix, pattern.text);
      }
      case 'IP':
        return shared(this.ip, comparableIp(value));
    }
  }
}

function shared(map: Map<string, Posting>, value: string | undefined): Posting {
  const known = value === undefined ? undefined : map.get(value);
  if (known !== undefined) return known;
  const posting = new Posting();
  if (value !== undefined) map.set(value, posting);
  return posting;
}

/** Every entry with the certificates that it names, in the order of the entries. Costs as much as both together. */
export function postingsOf(
  entries: readonly RevocationEntry[],
  certificates: readonly KnownCertificate[],
): IndexedEntry[] {
  const places = new Places();
  const indexed = entries.map((entry): IndexedEntry => {
    const { notBefore } = entry;
    return {
      entry,
      posting: places.of(entry),
      ...(notBefore !== undefined && { cutoffMs: msOf(notBefore) }),
    };
  });
  for (let position = 0; position < certificates.length; position += 1) {
    const certificate = certificates[position];
    if (certificate !== undefined) post(places, certificate, position);
  }
  return indexed;
}

function post(places: Places, certificate: KnownCertificate, position: number): void {
  const { serial, group, dns, suffix, ip } = places;
  if (serial.size > 0) {
    const number = withoutZeros(certificate.serialHex);
    if (number !== undefined) add(serial.get(number), certificate, position);
  }
  if (group.size > 0)
    for (const name of certificate.groups) add(group.get(name), certificate, position);
  if (dns.size > 0 || suffix.size > 0) {
    for (const name of certificate.dns) {
      const compared = comparableDns(name);
      if (compared === undefined) continue;
      add(dns.get(compared), certificate, position);
      for (let at = nextSuffix(places, compared, 0); at > 0; at = nextSuffix(places, compared, at))
        add(suffix.get(compared.slice(at)), certificate, position);
    }
    postCommonName(places, certificate);
  }
  if (ip.size > 0)
    for (const address of certificate.ip) {
      // Of an IPv4 address the text is what is compared.
      const compared = address.includes(':') ? comparableIp(address) : address;
      if (compared !== undefined) add(ip.get(compared), certificate, position);
    }
}

/** What begins otherwise than a name of the DNS is the name of a user or a node. */
const DNS_LIKE = /^[a-z0-9.*_-]+$/iu;

function postCommonName(places: Places, certificate: KnownCertificate): void {
  const { cn, exempt } = certificate;
  if (cn === undefined || exempt !== undefined || !DNS_LIKE.test(cn)) return;
  const name = comparableDns(cn);
  if (name === undefined) return;
  addCommonName(places.dns.get(name), certificate);
  for (let at = nextSuffix(places, name, 0); at > 0; at = nextSuffix(places, name, at))
    addCommonName(places.suffix.get(name.slice(at)), certificate);
}

/** Where the next label begins, with its dot, behind which a suffix may stand that somebody asks for; -1 for nowhere. */
function nextSuffix({ suffixLengths }: Places, name: string, after: number): number {
  if (suffixLengths.size === 0) return -1;
  for (let at = name.indexOf('.', after + 1); at > 0; at = name.indexOf('.', at + 1))
    if (name[at - 1] !== '.' && suffixLengths.has(name.length - at)) return at;
  return -1;
}

/** A certificate may be named several times over, one time after the other. */
function add(posting: Posting | undefined, certificate: KnownCertificate, position: number): void {
  if (posting === undefined) return;
  if (certificate.exempt !== undefined) posting.exempt = added(posting.exempt, certificate);
  else if (posting.positions.at(-1) !== position) {
    posting.reachable = added(posting.reachable, certificate);
    posting.positions = added(posting.positions, position);
  }
}

function addCommonName(posting: Posting | undefined, certificate: KnownCertificate): void {
  if (posting !== undefined && posting.reachable.at(-1) !== certificate)
    posting.commonName = added(posting.commonName, certificate);
}

/** The list with one more, the same list where it is one's own. */
function added<T>(list: readonly T[], one: T): readonly T[] {
  if (list.length === 0) return [one];
  if (list.at(-1) !== one) (list as T[]).push(one);
  return list;
}

/** As `comparableSerial`, for what the decoder wrote: pairs of lower-case digits, `-` in front when negative. */
function withoutZeros(serialHex: string): string | undefined {
  if (serialHex.startsWith('-')) return undefined;
  let start = 0;
  while (start < serialHex.length - 1 && serialHex[start] === '0') start += 1;
  const digits = start === 0 ? serialHex : serialHex.slice(start);
  return digits.length > 40 ? undefined : digits;
}
