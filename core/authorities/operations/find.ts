import { isActive, type Authority, type AuthorityEntry, type AuthorityId } from '../../pki/model/authority.ts';
import { ConsoleError, refuseUnreadable } from '../../shared/problem.ts';
import type { AuthorityStore } from '../store/store.ts';

const FEWEST_DIGITS = 8;
/** A fingerprint has 64 digits; the rest is for separators. */
const LONGEST_SOUGHT = 200;
const SEPARATORS = /[\s:-]/gu;

/**
 * Finds an authority by name (ignoring case) or id. If nothing matches, throws the problem of an unreadable authority,
 * which may be the one meant.
 */
export function authorityNamed(store: AuthorityStore, sought: string): Authority {
  const name = sought.normalize('NFC').trim().toLowerCase();
  const named = store.list().find((authority) => authority.name.toLowerCase() === name);
  if (named !== undefined) return named;
  try {
    return store.get(sought as AuthorityId);
  } catch (error) {
    if (error instanceof ConsoleError && error.code === 'authority.unknown') refuseUnreadable(store.unreadable());
    throw error;
  }
}

/**
 * Finds certificates by serial number (hex or decimal, any separators), SHA-256 prefix, common name or profile. A name
 * finds certificates in use, or all others if there are none.
 */
export function entriesMeant({ entries }: Authority, sought: string): AuthorityEntry[] {
  const text = sought.trim();
  if (text === '' || text.length > LONGEST_SOUGHT) return [];
  const byNumber = entries.filter((entry) => hasNumber(entry, text));
  const byName = entries.filter(({ facts, profile }) => facts.subject.cn === text || profile === text);
  const inUse = byName.filter(isActive);
  return [...new Set([...byNumber, ...(inUse.length > 0 ? inUse : byName)])];
}

function hasNumber({ id, facts }: AuthorityEntry, text: string): boolean {
  const digits = text.replace(SEPARATORS, '').replace(/^0x/iu, '').toLowerCase();
  if (!/^[0-9a-f]+$/u.test(digits)) return false;
  const serial = BigInt(`0x${facts.serialHex}`);
  if (BigInt(`0x${digits}`) === serial) return true;
  if (/^\d+$/u.test(text) && BigInt(text) === serial) return true;
  return digits.length >= FEWEST_DIGITS && id.startsWith(digits);
}
