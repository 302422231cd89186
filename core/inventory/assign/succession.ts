import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import { findNotAfter, findNotBefore, type CertificateCredential, type Credential } from '../model/credential.ts';
import { encodeHex } from '../../formats/der/hex.ts';
import { compareText } from './candidate.ts';

/**
 * Identifies the holder of a credential. Two credentials of one cluster have the same holder when one's `asks` is among
 * the other's `answers`.
 */
export interface HolderKeys {
  asks: string[];
  answers: string[];
}

/**
 * Returns the keys of a credential within its cluster. Role and kind are part of each key, so that only like replaces
 * like.
 */
export function holderKeys(credential: Credential): HolderKeys {
  const start = `${credential.kind}\0${credential.role}`;
  // If a file with one certificate now holds a chain, the leaf comes first: `''` and `#1` are the same place.
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
 * Returns keys for the lineage of a renewed MOC certificate, which names its ancestor: in the public code by its whole
 * DER, and, since other builds may differ, by id and serial count. It asks for the ancestor, its other descendants, and
 * its own descendants. The first of a line has no such extension. Source: microsoft/moc, package certs.
 */
function lineageKeys({ facts, id, der }: CertificateCredential): HolderKeys {
  // Without the role: a lineage is certain, while the role may be known from one file and not from another.
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

/**
 * Compares the age of two credentials of one holder by the start of validity, then its end: positive when `left` is
 * newer, `0` when both are equal or unknown.
 */
export function compareAge(left: Credential, right: Credential): number {
  return (
    compareText(findNotBefore(left) ?? '', findNotBefore(right) ?? '') ||
    compareText(findNotAfter(left) ?? '', findNotAfter(right) ?? '')
  );
}
