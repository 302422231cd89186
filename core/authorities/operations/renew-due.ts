import { isActive, type Authority, type AuthorityEntry, type AuthorityId } from '../../pki/model/authority.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import { nextRenewalTry, renewalDueAt, renewalRetryMs } from '../../pki/model/renewal.ts';
import { epochMs, type Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { renewOperation } from './change.ts';
import type { Keeping } from './kept.ts';

/** A certificate that the authority itself renews. */
export interface Renewal {
  entry: AuthorityEntry;
  dueAt: Instant;
  /** The certificate that has taken its place. */
  made?: AuthorityEntry;
  /** Together with `made`, the certificate was renewed, but its act lacks an end in the audit trail. */
  problem?: ConsoleError;
}

/**
 * Returns the first instant at which the authority renews a certificate. Leaves out roots and the article's exceptions,
 * holders with a key of their own, and clients of the cloud agent, which renew themselves.
 */
export function ownRenewalDueAt(entry: AuthorityEntry): Instant | undefined {
  const { facts, keyFile, profile } = entry;
  const isOwn = isActive(entry) && !facts.isCa && keyFile !== null && facts.moc?.accessIdentity === undefined;
  return isOwn && profile !== null ? renewalDueAt(PROFILES[profile], facts) : undefined;
}

/** Lists what the authority renews itself, the first due first. */
export function listRenewals({ entries }: Pick<Authority, 'entries'>): Renewal[] {
  return entries
    .flatMap((entry): Renewal[] => {
      const dueAt = ownRenewalDueAt(entry);
      return dueAt === undefined ? [] : [{ entry, dueAt }];
    })
    .sort((a, b) => epochMs(a.dueAt) - epochMs(b.dueAt));
}

/** Returns when to try: when the renewal is due, or later after an attempt that failed at `refusedAt`. */
export function nextTryMs({ entry: { facts, profile }, dueAt }: Renewal, refusedAt?: number): number {
  const { retryShare = 0 } = profile === null ? {} : PROFILES[profile].renewal.value;
  const lifetimeMs = epochMs(facts.notAfter) - epochMs(facts.notBefore);
  return nextRenewalTry(epochMs(dueAt), refusedAt, renewalRetryMs(retryShare, lifetimeMs));
}

export interface RenewalOrder {
  authorityId: AuthorityId;
  /** Whether to try now. */
  isTried: (renewal: Renewal) => boolean;
  /** Records the renewal as an act of its own. */
  record: (entry: AuthorityEntry, renew: () => Promise<AuthorityEntry>) => Promise<unknown>;
}

/** Renews one certificate after another, each completely; a problem with one does not stop the others. */
export async function renewDueOperation(
  keeping: Keeping,
  { authorityId, isTried, record }: RenewalOrder,
): Promise<Renewal[]> {
  const renewals: Renewal[] = [];
  for (const renewal of listRenewals(keeping.store.get(authorityId)))
    renewals.push(isTried(renewal) ? await tryRenewal(renewal) : renewal);
  return renewals;

  async function tryRenewal(renewal: Renewal): Promise<Renewal> {
    const { entry } = renewal;
    let made: AuthorityEntry | undefined;
    try {
      await record(entry, async () => {
        made = (await renewOperation(keeping, { authorityId, entryId: entry.id })).entry;
        return made;
      });
      return { ...renewal, made };
    } catch (problem) {
      if (!(problem instanceof ConsoleError)) throw problem;
      return { ...renewal, made, problem };
    }
  }
}
