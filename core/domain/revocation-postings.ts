import { msOf } from './instant.ts';
import type { RevocationEntry } from './revocation.ts';
import type { KnownCertificate } from './revocation-known.ts';
import { comparableDns, comparableIp, comparableSerial, dnsPattern } from './revocation-values.ts';

/*
 * Which of very many certificates very many entries name: the entries are put into maps by what they ask for, and each
 * certificate is looked up by what it says. Entries that ask for the same share one list, whatever their cutoffs.
 */

/** The certificates that one value names, before any cutoff is looked at. */
export class Posting {
  /** Those that can be revoked, in the order of the inventory. */
  readonly reachable: KnownCertificate[] = [];
  readonly exempt: KnownCertificate[] = [];
  /** Whose common name it is, and no SAN. */
  readonly commonName: KnownCertificate[] = [];
  #starts: Float64Array | undefined;

  /** How many that can be revoked began before a moment; of all without one. Counted, not listed. */
  countBefore(ms: number | undefined): number {
    if (ms === undefined) return this.reachable.length;
    const starts = this.#sortedStarts();
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) < ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #sortedStarts(): Float64Array {
    return (this.#starts ??= Float64Array.from(
      this.reachable,
      ({ notBeforeMs }) => notBeforeMs,
    ).sort());
  }
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
  for (const certificate of certificates) post(places, certificate);
  return indexed;
}

function post(places: Places, certificate: KnownCertificate): void {
  const { serialHex, groups, dns, ip, cn } = certificate;
  if (places.serial.size > 0) {
    const serial = withoutZeros(serialHex);
    if (serial !== undefined) add(places.serial.get(serial), certificate);
  }
  if (places.group.size > 0) for (const group of groups) add(places.group.get(group), certificate);
  const { size } = places.dns;
  const suffixes = places.suffix.size;
  if (size > 0 || suffixes > 0) {
    for (const name of dns) {
      const compared = comparableDns(name);
      if (compared === undefined) continue;
      if (size > 0) add(places.dns.get(compared), certificate);
      if (suffixes > 0)
        eachSuffix(places, compared, (posting) => {
          add(posting, certificate);
        });
    }
    if (cn !== undefined) postCommonName(places, cn, certificate);
  }
  if (places.ip.size > 0)
    for (const address of ip) {
      // Of an IPv4 address the text is what is compared.
      const compared = address.includes(':') ? comparableIp(address) : address;
      if (compared !== undefined) add(places.ip.get(compared), certificate);
    }
}

/** What begins otherwise than a name of the DNS is the name of a user or a node. */
const DNS_LIKE = /^[a-z0-9.*_-]+$/iu;

function postCommonName(places: Places, cn: string, certificate: KnownCertificate): void {
  const compared = DNS_LIKE.test(cn) ? comparableDns(cn) : undefined;
  if (compared === undefined) return;
  addCommonName(places.dns.get(compared), certificate);
  if (places.suffix.size > 0)
    eachSuffix(places, compared, (posting) => {
      addCommonName(posting, certificate);
    });
}

function eachSuffix(
  { suffix, suffixLengths }: Places,
  name: string,
  found: (posting: Posting | undefined) => void,
): void {
  for (let at = name.indexOf('.', 1); at > 0; at = name.indexOf('.', at + 1))
    if (name[at - 1] !== '.' && suffixLengths.has(name.length - at))
      found(suffix.get(name.slice(at)));
}

/** A certificate may be named several times over, one time after the other. */
function add(posting: Posting | undefined, certificate: KnownCertificate): void {
  if (posting === undefined) return;
  const list = certificate.exempt === undefined ? posting.reachable : posting.exempt;
  if (list.at(-1) !== certificate) list.push(certificate);
}

function addCommonName(posting: Posting | undefined, certificate: KnownCertificate): void {
  if (posting === undefined || certificate.exempt !== undefined) return;
  if (posting.reachable.at(-1) !== certificate && posting.commonName.at(-1) !== certificate)
    posting.commonName.push(certificate);
}

/** As `comparableSerial`, for what the decoder wrote: pairs of lower-case digits, `-` in front when negative. */
function withoutZeros(serialHex: string): string | undefined {
  if (serialHex.startsWith('-')) return undefined;
  let start = 0;
  while (start < serialHex.length - 1 && serialHex[start] === '0') start += 1;
  const digits = start === 0 ? serialHex : serialHex.slice(start);
  return digits.length > 40 ? undefined : digits;
}
