import { addTo } from '../lists.ts';
import type { RenewRevocation, RevocableCertificate, RevocationEntry, RevocationKind } from './entry.ts';
import { comparableDns, comparableIp, comparableSerial, dnsPattern } from './values.ts';

/*
 * An entry has one value; a certificate has a list of values that can name it. They match if they share a value, so
 * either side can be indexed and the other looked up. Source: the article, "Certificate revocation"; the comparison of
 * values and of equal instants is inferred.
 */

type NamedCertificate = Pick<RevocableCertificate, 'serialHex' | 'groups' | 'dns' | 'ip'>;

/** Returns `undefined` if the entry can match nothing. */
export function comparableEntry({ kind, value }: Pick<RevocationEntry, 'kind' | 'value'>): string | undefined {
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

type Visit = (value: string) => void;

/** Call `visit` with each value by which an entry of a kind can name a certificate, sometimes twice. */
const VISITS: Record<RevocationKind, (certificate: NamedCertificate, visit: Visit) => void> = {
  serialnumber({ serialHex }, visit) {
    const serial = comparableSerial(serialHex);
    if (serial !== undefined) visit(serial);
  },
  Group({ groups }, visit) {
    for (const group of groups) visit(group);
  },
  DNS({ dns }, visit) {
    for (const name of dns) visitPatterns(name, visit);
  },
  IP({ ip }, visit) {
    for (const written of ip) {
      const address = comparableIp(written);
      if (address !== undefined) visit(address);
    }
  },
};

const KINDS = Object.keys(VISITS) as RevocationKind[];

/** Visits a name and every suffix that covers it: whole labels only, with at least one label before the suffix. */
function visitPatterns(written: string, visit: Visit): void {
  const name = comparableDns(written);
  if (name === undefined) return;
  // A name with a leading dot is skipped: as a pattern it would be a suffix.
  if (!name.startsWith('.')) visit(name);
  for (let at = name.indexOf('.', 1); at > 0; at = name.indexOf('.', at + 1))
    if (name[at - 1] !== '.') visit(name.slice(at));
}

export interface MatchingEntry {
  object: RenewRevocation;
  entryIndex: number;
  entry: RevocationEntry;
}

/** Ignores later changes to the objects. */
export class RevocationIndex {
  readonly #byValue: Record<RevocationKind, Map<string, MatchingEntry[]>>;
  /** Position among all entries. */
  readonly #positions: ReadonlyMap<MatchingEntry, number>;

  constructor(objects: readonly RenewRevocation[]) {
    const all = objects.flatMap((object) =>
      object.entries.map((entry, entryIndex): MatchingEntry => ({ object, entryIndex, entry })),
    );
    this.#positions = new Map(all.map((one, position) => [one, position]));
    this.#byValue = { serialnumber: new Map(), Group: new Map(), DNS: new Map(), IP: new Map() };
    // Entries without a cutoff or with a late one come first: a search stops at the first entry with too early a
    // cutoff.
    for (const one of all.sort(compareReach)) {
      const value = comparableEntry(one.entry);
      if (value !== undefined) addTo(this.#byValue[one.entry.kind], value, one);
    }
  }

  /**
   * Returns entries in order of objects and entries; those with `notBefore` only if the certificate was issued strictly
   * earlier. Empty for an exempt certificate.
   */
  match(certificate: RevocableCertificate): MatchingEntry[] {
    if (certificate.exempt) return [];
    const found = new Set<MatchingEntry>();
    for (const kind of KINDS)
      VISITS[kind](certificate, (value) => {
        for (const one of this.#byValue[kind].get(value) ?? []) {
          const { notBefore } = one.entry;
          if (notBefore !== undefined && certificate.notBefore >= notBefore) break;
          found.add(one);
        }
      });
    const position = (one: MatchingEntry): number => this.#positions.get(one) ?? 0;
    return [...found].sort((one, other) => position(one) - position(other));
  }
}

function compareReach(one: MatchingEntry, other: MatchingEntry): number {
  const left = one.entry.notBefore;
  const right = other.entry.notBefore;
  if (left === right) return 0;
  if (left === undefined) return -1;
  return right === undefined || left < right ? 1 : -1;
}

const NOWHERE: readonly number[] = [];

/** Reads the whole list once per kind, at its first use. */
export class CertificateIndex {
  readonly #certificates: readonly NamedCertificate[];
  readonly #byKind = new Map<RevocationKind, Positions>();

  constructor(certificates: readonly NamedCertificate[]) {
    this.#certificates = certificates;
  }

  /** Returns positions in the list, ascending, each once. `value` has the form of `comparableEntry`. */
  find(kind: RevocationKind, value: string): readonly number[] {
    let positions = this.#byKind.get(kind);
    if (positions === undefined) this.#byKind.set(kind, (positions = indexValues(kind, this.#certificates)));
    const found = positions.get(value);
    return typeof found === 'number' ? [found] : (found ?? NOWHERE);
  }
}

/** Positions by value. Most values have only one, and creating a list would take longer than everything else. */
type Positions = ReadonlyMap<string, number | readonly number[]>;

function indexValues(kind: RevocationKind, certificates: readonly NamedCertificate[]): Positions {
  const positions = new Map<string, number | number[]>();
  const visitValues = VISITS[kind];
  let position = 0;
  // Positions ascend, and the same position may come twice.
  const add = (value: string): void => {
    const known = positions.get(value);
    if (known === undefined) positions.set(value, position);
    else if (typeof known === 'number') positions.set(value, known === position ? known : [known, position]);
    else if (known[known.length - 1] !== position) known.push(position);
  };
  for (const certificate of certificates) {
    visitValues(certificate, add);
    position += 1;
  }
  return positions;
}
