import type { MatchingEntry } from '../../core/shared/renew-revocation/match.ts';
import type {
  RenewRevocation,
  RevocableCertificate,
  RevocationEntry,
} from '../../core/shared/renew-revocation/entry.ts';
import {
  comparableDns,
  comparableIp,
  comparableSerial,
  dnsPattern,
} from '../../core/shared/renew-revocation/values.ts';

/*
 * The matching rules without indexes: each entry is compared with each value of a certificate. Tests compare the
 * results of the indexes with these results.
 */

export function revokes(entry: RevocationEntry, certificate: RevocableCertificate): boolean {
  return !certificate.exempt && isInTime(entry, certificate) && names(entry, certificate);
}

/** Lists every entry of every object that revokes the certificate, in order. */
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

/** Returns whether a name ends with the suffix: at whole labels only, and with at least one label before the suffix. */
function hasSuffix(name: string, suffix: string): boolean {
  return name.endsWith(suffix) && isLabelEnd(name, name.length - suffix.length);
}

function isLabelEnd(name: string, at: number): boolean {
  return at > 0 && name[at - 1] !== '.';
}
