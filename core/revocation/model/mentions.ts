import type { KnownCertificate } from './inventory-index.ts';
import { comparableDns, comparableIp } from '../../shared/renew-revocation/values.ts';

/*
 * The contents of an inventory's certificates by value: built once for each of its states, so that an entry is looked
 * up without scanning certificates. Positions are indexes in the list of certificates.
 */

const NOWHERE: readonly number[] = [];
/** Marks the absence of a mention. */
const NONE = -1;
const DOT = 0x2e;
const [UPPER_A, UPPER_Z, TO_LOWER] = [0x41, 0x5a, 0x20];
/** The longest name that can match anything. */
const LONGEST = 253;
const ASCII = /^[\0-\x7f]*$/u;

/** One step of a hash over the characters of a text, from its end. Values are 32-bit integers. */
function mixed(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

function getHash(text: string): number {
  let hash = 0;
  for (let at = text.length - 1; at >= 0; at -= 1) hash = mixed(hash, text.charCodeAt(at));
  return hash;
}

/** Fields of a mention: the previous one with the same low hash bits, the hash, and the position. */
const [BEFORE, HASH, POSITION, WIDTH] = [0, 1, 2, 3];

/**
 * A hash table from values to positions. A mention is three numbers: far cheaper than an object for each value, of
 * which an inventory has more than any entry asks for.
 */
class Mentions {
  /** Last mention by the low bits of a hash. */
  readonly #last: Int32Array;
  #mentions: Int32Array;
  #end = 0;

  /** `expected`: approximate number of mentions; exceeding it only costs time. */
  constructor(expected: number) {
    this.#last = new Int32Array(2 ** Math.ceil(Math.log2(expected + 1))).fill(NONE);
    this.#mentions = new Int32Array((expected + 1) * WIDTH);
  }

  /** Positions arrive in ascending order; one may repeat. */
  add(hash: number, position: number): void {
    const at = this.#end;
    if (at === this.#mentions.length) this.#grow();
    const place = spread(hash) & (this.#last.length - 1);
    this.#mentions[at + BEFORE] = this.#last[place] ?? NONE;
    this.#mentions[at + HASH] = hash;
    this.#mentions[at + POSITION] = position;
    this.#last[place] = at;
    this.#end += WIDTH;
  }

  /**
   * Ascending, each once; empty for unknown values. `says` confirms that the position with this hash really has the
   * value.
   */
  of(hash: number, says: (position: number) => boolean): readonly number[] {
    const found: number[] = [];
    let at = this.#last[spread(hash) & (this.#last.length - 1)] ?? NONE;
    for (; at !== NONE; at = this.#mentions[at + BEFORE] ?? NONE) {
      if (this.#mentions[at + HASH] !== hash) continue;
      const position = this.#mentions[at + POSITION] ?? 0;
      if (found.at(-1) !== position && says(position)) found.push(position);
    }
    return found.length === 0 ? NOWHERE : found.reverse();
  }

  #grow(): void {
    const longer = new Int32Array(this.#mentions.length * 2);
    longer.set(this.#mentions);
    this.#mentions = longer;
  }
}

/** The low bits of such a hash depend on few characters only. */
function spread(hash: number): number {
  return hash ^ (hash >>> 15);
}

/** Mentions a name, and every suffix that covers it: hashed from the end, each is passed on the way to the whole. */
function mentionName(mentions: Mentions, written: string, position: number): void {
  // Letters beyond A to Z are lower-cased the slow way, before.
  const name = ASCII.test(written) ? written : (comparableDns(written) ?? '');
  let at = name.endsWith('.') ? name.length - 1 : name.length;
  if (at > LONGEST + 1) return;
  let hash = 0;
  let code = 0;
  let next = at > 0 ? name.charCodeAt(at - 1) : 0;
  while (at > 0) {
    at -= 1;
    code = next;
    next = at > 0 ? name.charCodeAt(at - 1) : DOT;
    hash = mixed(hash, code >= UPPER_A && code <= UPPER_Z ? code + TO_LOWER : code);
    // A suffix begins at a label boundary, and after at least one label.
    if (code === DOT && next !== DOT) mentions.add(hash, position);
  }
  // No entry asks for a name with a leading dot: that would be a suffix.
  if (code !== DOT && name !== '') mentions.add(hash, position);
}

/**
 * Whether a text is a written name or, with a leading dot, a suffix that covers it. Most are written as they are
 * compared.
 */
function isNamed(text: string, written: string): boolean {
  const isPlain = written.length <= LONGEST && takesIn(text, written);
  return isPlain || takesIn(text, comparableDns(written) ?? '');
}

/** A suffix covers whole labels, and follows at least one. */
function takesIn(text: string, name: string): boolean {
  if (text.charCodeAt(0) !== DOT) return name === text;
  const at = name.length - text.length;
  return at > 0 && name.charCodeAt(at - 1) !== DOT && name.endsWith(text);
}

/** Anything else is the name of a user or a node. */
const DNS_LIKE = /^[a-z0-9.*_-]+$/iu;

/** Looks up values among the certificates of an inventory. */
export class KnownValues {
  readonly certificates: readonly KnownCertificate[];
  /** Milliseconds since 1970, by position. */
  readonly starts: Float64Array;
  readonly #serials: Mentions;
  readonly #groups: Mentions;
  readonly #addresses: Mentions;
  readonly #names: Mentions;
  #commonNames: Mentions | undefined;

  constructor(certificates: readonly KnownCertificate[]) {
    const { length } = certificates;
    this.certificates = certificates;
    this.starts = new Float64Array(length);
    this.#serials = new Mentions(length);
    this.#groups = new Mentions(length);
    this.#addresses = new Mentions(length);
    this.#names = new Mentions(length * 2);
    // A single pass over all of them, since fetching each from memory is what takes time.
    for (let position = 0; position < length; position += 1) {
      const certificate = certificates[position];
      if (certificate !== undefined) this.#read(certificate, position);
    }
  }

  /** Positions of the certificates with a serial number, in the form of `comparableSerial`. */
  serial(serial: string): readonly number[] {
    return this.#serials.of(
      getHash(serial),
      this.#says(({ serialHex }) => withoutZeros(serialHex) === serial),
    );
  }

  group(group: string): readonly number[] {
    return this.#groups.of(
      getHash(group),
      this.#says(({ groups }) => groups.includes(group)),
    );
  }

  /** By an address in the form of `comparableIp`. */
  address(address: string): readonly number[] {
    return this.#addresses.of(
      getHash(address),
      this.#says(({ ip }) => ip.some((own) => comparableAddress(own) === address)),
    );
  }

  /** By a name, or a suffix with its dot, among the SANs; in the form of `dnsPattern`. */
  name(name: string): readonly number[] {
    return this.#names.of(
      getHash(name),
      this.#says(({ dns }) => dns.some((own) => isNamed(name, own))),
    );
  }

  /** Same, by common names of revocable certificates that look like DNS names; built when first asked for. */
  commonName(name: string): readonly number[] {
    this.#commonNames ??= this.#readCommonNames();
    return this.#commonNames.of(
      getHash(name),
      this.#says(({ cn = '' }) => isNamed(name, cn)),
    );
  }

  #read({ serialHex, groups, dns, ip, notBeforeMs }: KnownCertificate, position: number): void {
    this.starts[position] = notBeforeMs;
    const serial = withoutZeros(serialHex);
    if (serial !== undefined) this.#serials.add(getHash(serial), position);
    for (const group of groups) this.#groups.add(getHash(group), position);
    for (const name of dns) mentionName(this.#names, name, position);
    for (const address of ip) this.#addresses.add(getHash(comparableAddress(address)), position);
  }

  #readCommonNames(): Mentions {
    const mentions = new Mentions(this.certificates.length);
    for (const [position, { cn, exempt }] of this.certificates.entries())
      if (cn !== undefined && exempt === undefined && DNS_LIKE.test(cn)) mentionName(mentions, cn, position);
    return mentions;
  }

  #says(says: (certificate: KnownCertificate) => boolean): (position: number) => boolean {
    return (position) => {
      const certificate = this.certificates[position];
      return certificate !== undefined && says(certificate);
    };
  }
}

/** For IPv4, and for anything that is not an address, the text itself is compared. */
function comparableAddress(text: string): string {
  return text.includes(':') ? (comparableIp(text) ?? '') : text;
}

const kept = new WeakMap<readonly KnownCertificate[], KnownValues>();

/** Cached per list: while typing, many texts are judged against it. */
export function knownValues(certificates: readonly KnownCertificate[]): KnownValues {
  let values = kept.get(certificates);
  if (values === undefined) kept.set(certificates, (values = new KnownValues(certificates)));
  return values;
}

/** Like `comparableSerial`, for the decoder's output: pairs of lower-case digits, prefixed by `-` when negative. */
function withoutZeros(serialHex: string): string | undefined {
  if (serialHex.startsWith('-')) return undefined;
  let start = 0;
  while (start < serialHex.length - 1 && serialHex[start] === '0') start += 1;
  const digits = start === 0 ? serialHex : serialHex.slice(start);
  return digits.length > 40 ? undefined : digits;
}
