import type { Source } from '../source.ts';
import type { Instant } from '../instant.ts';
import type { RenewRevocation } from './entry.ts';

/*
 * What RenewRevocation objects that were read from files mean for the next certificates of a cluster. A renewal is taken to
 * be refused, and a repair undone, when an entry matches the new certificate too: the same rule as the engine's.
 * Source: the article, "Certificate revocation"; that it is looked at when a certificate is renewed is inferred.
 */

/** An object that was read from a file. Whether it is in the cluster no file can tell: it is taken to be. */
export interface KnownRevocation {
  object: RenewRevocation;
  source: Source;
  /** The file holds no other object, so that `kubectl delete -f` takes nothing else away. */
  isAlone: boolean;
  /** Since then, as the admin said, it is in force no longer. */
  liftedAt?: Instant;
}
