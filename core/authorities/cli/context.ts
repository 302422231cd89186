import { authorityNamed, entriesMeant } from '../operations/find.ts';
import type { Keeping } from '../operations/kept.ts';
import type { AuthorityStore } from '../store/store.ts';
import type { Authority, AuthorityEntry } from '../../pki/model/authority.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { passphraseFor } from './secrets.ts';
import { findingLines } from '../../cli/findings.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { UsageError } from '../../cli/usage.ts';

/** The authority that a command line names, and what operations on it need. */
export interface Named extends Keeping {
  authority: Authority;
}

const SHOWN_DIGITS = 12;

/** Works with the authority of the first word, which nothing is changed of. */
export async function reading<T>(invocation: Invocation, work: (named: Named) => Promise<T>): Promise<T> {
  const { ports, world, dataFolder } = invocation;
  const store = await world.readAuthorities(ports, dataFolder);
  try {
    return await work(namedIn(invocation, store));
  } finally {
    await store.close();
  }
}

/** Works with the authority of the first word while no other process does. */
export function changing<T>(invocation: Invocation, work: (named: Named) => Promise<T>): Promise<T> {
  const { ports, world, dataFolder } = invocation;
  return world.withAuthorities(ports, dataFolder, (store) => work(namedIn(invocation, store)));
}

/** Damage of the authority is told whatever is done with it: a list of revocations may lack something, for instance. */
function namedIn(invocation: Invocation, store: AuthorityStore): Named {
  const { ports, words } = invocation;
  try {
    const authority = authorityNamed(store, words[0] ?? '');
    tellDamage(invocation, store, (name) => name === authority.name);
    return { ports, store, authority };
  } catch (error) {
    // The one that is sought may be among those whose record, and so whose name, cannot be read.
    const open = new Set<unknown>(store.list().map(({ name }) => name));
    tellDamage(invocation, store, (name) => !open.has(name));
    throw error;
  }
}

/** On standard error also where JSON is asked for: the documents of these commands have no place for it. */
function tellDamage(
  { translate, world }: Invocation,
  store: AuthorityStore,
  isConcerned: (authority: unknown) => boolean,
): void {
  for (const finding of store.findings()) {
    if (!isConcerned(finding.params?.['authority'])) continue;
    for (const text of findingLines(finding, translate)) world.notice(text);
  }
}

/** The same with its keys unlocked. Whoever has to be asked is asked before, so that nobody else waits meanwhile. */
export async function signing<T>(invocation: Invocation, work: (named: Named) => Promise<T>): Promise<T> {
  const passphrase = await passphraseFor(invocation, invocation.words[0] ?? '');
  return changing(invocation, async (named) => {
    await named.store.keyring(named.authority.id).unlock(passphrase);
    return work(named);
  });
}

/** Unlocks an authority that is read only. Problems as `Keyring.unlock`. */
export async function unlock(invocation: Invocation, { store, authority }: Named): Promise<void> {
  const passphrase = await passphraseFor(invocation, authority.name);
  await store.keyring(authority.id).unlock(passphrase);
}

/** The certificate that a word means. `UsageError` when it means several, `authority.entry-unknown` when none. */
export function entryMeant(
  authority: Authority,
  word: string,
  isChoice: (entry: AuthorityEntry) => boolean = () => true,
): AuthorityEntry {
  const [entry, ...others] = entriesMeant(authority, word).filter(isChoice);
  if (entry === undefined) throw new ConsoleError('authority.entry-unknown', { authority: authority.name });
  if (others.length === 0) return entry;
  const choices = [entry, ...others].map(choiceText).join('; ');
  throw new UsageError('cli.usage.ambiguous-entry', { word, choices });
}

function choiceText({ id, facts }: AuthorityEntry): string {
  return `${id.slice(0, SHOWN_DIGITS)} (${facts.subject.text}, ${facts.notAfter})`;
}
