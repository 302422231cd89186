import type { RenewRevocation, RevocableCertificate, RevocationEntry } from './entry.ts';
import { comparableDns, comparableIp, comparableSerial, dnsPattern } from './values.ts';

/** An entry that revokes a certificate, and its position. */
export interface MatchingEntry {
  object: RenewRevocation;
  /** Position in `object.entries`. */
  entryIndex: number;
  entry: RevocationEntry;
}

/**
 * Whether an entry revokes a certificate: by serial number, by an organization of the subject, by a DNS name or IP
 * address among the SANs; with `notBefore` only what was issued strictly before it. Never an exempt one. Source: the
 * article, "Certificate revocation"; the comparison of values and of equal instants is inferred.
 */
export function revokes(entry: RevocationEntry, certificate: RevocableCertificate): boolean {
  return !certificate.exempt && isInTime(entry, certificate) && names(entry, certificate);
}

/** Every entry of every object that revokes the certificate, in order of objects and entries. */
export function listMatchingEntries(
  objects: readonly RenewRevocation[],
  certificate: RevocableCertificate,
): MatchingEntry[] {
  return objects.flatMap((object) =>
    object.entries.flatMap((entry, entryIndex) => (revokes(entry, certificate) ? [{ object, entryIndex, entry }] : [])),
  );
}

function isInTime({ notBefore }: RevocationEntry, certificate: RevocableCertificate): boolean {
  return notBefore === undefined || certificate.notBefore < notBefore;
}

function names({ kind, value }: RevocationEntry, certificate: RevocableCertificate): boolean {
  switch (kind) {
    case 'serialnumber': {
      const serial = comparableSerial(value);
      return serial !== undefined && comparableSerial(certificate.serialHex) === serial;
    }
    case 'Group':
      return value !== '' && certificate.groups.includes(value);
    case 'DNS': {
      const pattern = dnsPattern(value);
      if (pattern === undefined) return false;
      return certificate.dns.map(comparableDns).some((name) => {
        if (name === undefined) return false;
        return pattern.isSuffix ? hasSuffix(name, pattern.text) : name === pattern.text;
      });
    }
    case 'IP': {
      const address = comparableIp(value);
      return address !== undefined && certificate.ip.some((ip) => comparableIp(ip) === address);
    }
  }
}

/** Whole labels only, and at least one before the suffix. */
function hasSuffix(name: string, suffix: string): boolean {
  return name.endsWith(suffix) && isLabelEnd(name, name.length - suffix.length);
}

function isLabelEnd(name: string, at: number): boolean {
  return at > 0 && name[at - 1] !== '.';
}

/** Entries indexed by their value. */
export interface RevocationIndex {
  /** Same as `revocationOf`, at a cost that grows only with the certificate's own values and the matches. */
  match(certificate: RevocableCertificate): MatchingEntry[];
}

interface Indexed extends MatchingEntry {
  /** Position among all entries. */
  position: number;
}

/** For many certificates against many entries. Later changes of the objects are not seen. */
export function revocationIndex(objects: readonly RenewRevocation[]): RevocationIndex {
  const byKey = new Map<string, Indexed[]>();
  let position = 0;
  for (const object of objects) {
    for (const [entryIndex, entry] of object.entries.entries()) {
      const key = toEntryKey(entry);
      if (key !== undefined) {
        const indexed = { object, entryIndex, entry, position };
        const known = byKey.get(key);
        if (known === undefined) byKey.set(key, [indexed]);
        else known.push(indexed);
      }
      position += 1;
    }
  }
  // Furthest-reaching entries first, so that a search can stop at the first that does not reach the certificate.
  for (const entries of byKey.values()) entries.sort(byReach);
  return {
    match: (certificate) => {
      if (certificate.exempt) return [];
      const found: Indexed[] = [];
      for (const key of listCertificateKeys(certificate)) {
        for (const indexed of byKey.get(key) ?? []) {
          if (!isInTime(indexed.entry, certificate)) break;
          found.push(indexed);
        }
      }
      found.sort((one, other) => one.position - other.position);
      return found.map(({ object, entryIndex, entry }) => ({ object, entryIndex, entry }));
    },
  };
}

function byReach(one: Indexed, other: Indexed): number {
  const left = one.entry.notBefore;
  const right = other.entry.notBefore;
  if (left === right) return 0;
  if (left === undefined) return -1;
  return right === undefined || left < right ? 1 : -1;
}

function toEntryKey({ kind, value }: RevocationEntry): string | undefined {
  switch (kind) {
    case 'serialnumber':
      return keyed('serial', comparableSerial(value));
    case 'Group':
      return keyed('group', value === '' ? undefined : value);
    case 'DNS': {
      const pattern = dnsPattern(value);
      return keyed(pattern?.isSuffix === true ? 'suffix' : 'dns', pattern?.text);
    }
    case 'IP':
      return keyed('ip', comparableIp(value));
  }
}

function listCertificateKeys({ serialHex, groups, dns, ip }: RevocableCertificate): Set<string> {
  const keys = new Set<string | undefined>();
  keys.add(keyed('serial', comparableSerial(serialHex)));
  for (const group of groups) keys.add(keyed('group', group));
  for (const name of dns) {
    const compared = comparableDns(name);
    if (compared === undefined) continue;
    keys.add(keyed('dns', compared));
    for (let at = compared.indexOf('.', 1); at > 0; at = compared.indexOf('.', at + 1))
      if (isLabelEnd(compared, at)) keys.add(keyed('suffix', compared.slice(at)));
  }
  for (const address of ip) keys.add(keyed('ip', comparableIp(address)));
  keys.delete(undefined);
  return keys as Set<string>;
}

function keyed(kind: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${kind}:${value}`;
}
