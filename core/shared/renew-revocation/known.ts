import type { Source } from '../source.ts';
import type { Instant } from '../instant.ts';
import type { RenewRevocation } from './entry.ts';

/**
 * RenewRevocation objects found in files, and their meaning for the next certificates of a cluster. A renewal counts as
 * refused, and a repair as undone, if an entry also matches the new certificate: the same rule as the engine's. Source:
 * the article, "Certificate revocation"; that the rule applies at renewal is inferred.
 */

/** An object read from a file. No file shows whether the object is in the cluster: it is assumed to be. */
export interface KnownRevocation {
  object: RenewRevocation;
  source: Source;
  /** Whether the file holds no other object, so that `kubectl delete -f` removes nothing else. */
  isAlone: boolean;
  /** The instant since which the object has no longer been in force, as stated by the admin. */
  liftedAt?: Instant;
}
