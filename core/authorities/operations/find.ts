import type { Authority, AuthorityEntry, AuthorityId } from '../../pki/model/authority.ts';
import type { AuthorityStore } from '../store/store.ts';

/** The fewest digits by which a fingerprint is looked for. */
const FEWEST_DIGITS = 8;
/** Serial numbers have 40 hex digits at most, fingerprints 64; the rest is for what stands between them. */
const LONGEST_SOUGHT = 200;
const SEPARATORS = /[\s:-]/gu;

/**
 * The authority of a name, whatever its case, or of an id. `authority.unknown`, and problems as `AuthorityStore.get`.
 */
export function authorityNamed(store: AuthorityStore, sought: string): Authority {
  const name = sought.normalize('NFC').trim().toLowerCase();
  const named = store.list().find((authority) => authority.name.toLowerCase() === name);
  return named ?? store.get(sought as AuthorityId);
}

/**
 * Certificates that a text may mean: those with this serial number in hex or decimal, whatever stands between its digits;
 * those whose SHA-256 begins with it; those with this common name or profile, in use before all others. More than one: the
 * text is ambiguous.
 */
export function entriesMeant({ entries }: Authority, sought: string): AuthorityEntry[] {
  const text = sought.trim();
  if (text === '' || text.length > LONGEST_SOUGHT) return [];
  const byNumber = entries.filter((entry) => hasNumber(entry, text));
  const byName = entries.filter(({ facts, profile }) => facts.subject.cn === text || profile === text);
  const inUse = byName.filter(({ supersededBy, revoked }) => supersededBy === undefined && revoked === undefined);
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
