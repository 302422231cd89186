import { authorityNamed, entriesMeant } from '../operations/find.ts';
import type { Keeping } from '../operations/kept.ts';
import { openAuthorities, type AuthorityStore } from '../store/store.ts';
import type { Authority, AuthorityEntry } from '../../pki/model/authority.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { passphraseFor } from './secrets.ts';
import { noticeFindings } from '../../shared/verb/findings.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { UsageError } from '../../shared/verb/usage.ts';

export interface Named extends Keeping {
  authority: Authority;
}

const SHOWN_DIGITS = 12;

export async function readStore<T>(invocation: Invocation, work: (store: AuthorityStore) => Promise<T>): Promise<T> {
  const store = await invocation.world.openToRead(invocation, openAuthorities);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

export function readAuthority<T>(invocation: Invocation, work: (named: Named) => Promise<T>): Promise<T> {
  return readStore(invocation, async (store) => work(resolveAuthority(invocation, store)));
}

export function changeAuthority<T>(invocation: Invocation, work: (named: Named) => Promise<T>): Promise<T> {
  return invocation.world.workAlone(invocation, openAuthorities, (store) => work(resolveAuthority(invocation, store)));
}

/** Also reports damaged files, which may make the authority's revocation list incomplete. */
function resolveAuthority(invocation: Invocation, store: AuthorityStore): Named {
  const { ports, words } = invocation;
  // Findings go to standard error even with JSON, whose documents have no field for them.
  const tellDamage = (isConcerned: (authority: unknown) => boolean): void =>
    noticeFindings(
      invocation,
      store.findings().filter(({ params }) => isConcerned(params?.['authority'])),
    );
  try {
    const authority = authorityNamed(store, words[0] ?? '');
    tellDamage((name) => name === authority.name);
    return { ports, store, authority };
  } catch (error) {
    // The authority may be one of those that cannot be read.
    const open = new Set<unknown>(store.list().map(({ name }) => name));
    tellDamage((name) => !open.has(name));
    throw error;
  }
}

/** Asks for the passphrase before taking the lock, so that no other process waits for the answer. */
export async function changeUnlocked<T>(invocation: Invocation, work: (named: Named) => Promise<T>): Promise<T> {
  const passphrase = await passphraseFor(invocation, invocation.words[0] ?? '');
  return changeAuthority(invocation, async (named) => {
    await named.store.getKeyring(named.authority.id).unlock(passphrase);
    return work(named);
  });
}

export async function unlock(invocation: Invocation, { store, authority }: Named): Promise<void> {
  const passphrase = await passphraseFor(invocation, authority.name);
  await store.getKeyring(authority.id).unlock(passphrase);
}

/**
 * Finds the certificate that a word identifies. Throws a `UsageError` for several certificates, and
 * `authority.entry-unknown` for none.
 */
export function entryMeant(
  { authority }: Named,
  word = '',
  isChoice: (entry: AuthorityEntry) => boolean = () => true,
): AuthorityEntry {
  const [entry, ...others] = entriesMeant(authority, word).filter(isChoice);
  if (entry === undefined) throw new ConsoleError('authority.entry-unknown', { authority: authority.name });
  if (others.length === 0) return entry;
  const choices = [entry, ...others]
    .map(({ id, facts }) => `${id.slice(0, SHOWN_DIGITS)} (${facts.subject.text}, ${facts.notAfter})`)
    .join('; ');
  throw new UsageError('cli.usage.ambiguous-entry', { word, choices });
}
