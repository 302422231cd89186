import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import { findNotAfter, findNotBefore, type CertificateCredential, type Credential } from '../model/credential.ts';
import { encodeHex } from '../../formats/der/hex.ts';
import { compareText } from './candidate.ts';

/** Two credentials of one cluster have the same holder if an `asks` key of one is among the other's `answers`. */
export interface HolderKeys {
  asks: string[];
  answers: string[];
}

/** Includes role and kind in each key, so that a credential replaces only its own kind. */
export function holderKeys(credential: Credential): HolderKeys {
  const start = `${credential.kind}\0${credential.role}`;
  // A file with one certificate may later contain a chain. The leaf comes first, so `''` and `#1` are the same place.
  const keys = credential.sources.map(({ path, entry }) =>
    [start, 'place', path, entry.endsWith('#1') ? entry.slice(0, -2) : entry].join('\0'),
  );
  keys.push(...ownKeys(credential, start));
  const isMoc = credential.kind === 'certificate' && (credential.layer === 'moc' || credential.facts.moc !== undefined);
  if (!isMoc) return { asks: keys, answers: keys };
  const lineage = lineageKeys(credential);
  return { asks: [...keys, ...lineage.asks], answers: [...keys, ...lineage.answers] };
}

function ownKeys(credential: Credential, start: string): string[] {
  const { holder } = ROLES[credential.role];
  if (holder === 'deployment') return [start];
  if (credential.kind === 'token') {
    const { name, subject = '', issuer = '' } = credential;
    return holder === 'subject' ? [`${start}\0subject\0${name}\0${subject}\0${issuer}`] : [];
  }
  const { subject, issuer, sans } = credential.facts;
  if (holder === 'subject') return [`${start}\0subject\0${subject.text}\0${issuer.text}`];
  if (holder !== 'sans') return [];
  const names = [...sans.dns.map((name) => name.toLowerCase()), ...sans.ip, ...sans.email, ...sans.uri];
  return names.length === 0 ? [] : [[start, 'sans', subject.text, ...names.sort(compareText)].join('\0')];
}

/**
 * Returns keys for the lineage of a renewed MOC certificate, which names its ancestor: by the whole DER in the public
 * code, perhaps by id or serial number in other builds. The keys match the ancestor, its other descendants, and the
 * certificate's own descendants. Source: microsoft/moc, package certs.
 */
function lineageKeys({ facts, id, der }: CertificateCredential): HolderKeys {
  // Omits the role, since a lineage is certain, and one file may reveal the role while another does not.
  const getKey = (...parts: string[]): string => ['lineage', ...parts].join('\0');
  const marks = [id, facts.serialHex, encodeHex(der)];
  const original = facts.moc?.originalCertificate ?? '';
  const originals = original === '' ? [] : [original];
  return {
    asks: [
      ...originals.map((mark) => getKey('is', mark)),
      ...[...originals, ...marks].map((mark) => getKey('descends from', mark)),
    ],
    answers: [...marks.map((mark) => getKey('is', mark)), ...originals.map((mark) => getKey('descends from', mark))],
  };
}

/** Compares by start of validity, then by end: positive if `left` is newer, `0` if both are equal or unknown. */
export function compareAge(left: Credential, right: Credential): number {
  return (
    compareText(findNotBefore(left) ?? '', findNotBefore(right) ?? '') ||
    compareText(findNotAfter(left) ?? '', findNotAfter(right) ?? '')
  );
}
