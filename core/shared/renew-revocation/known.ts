import type { Source } from '../source.ts';
import type { Instant } from '../instant.ts';
import type { RenewRevocation } from './entry.ts';

/**
 * RenewRevocation objects found in files, and their effect on the next certificates of a cluster. A renewal counts as
 * refused, and a repair as undone, if an entry also matches the new certificate. Source: the article, "Certificate
 * revocation"; the effect on renewals is inferred.
 */

/** Assumed to be in the cluster: no file can confirm that. */
export interface KnownRevocation {
  object: RenewRevocation;
  source: Source;
  /** Whether the file contains no other object, so that `kubectl delete -f` removes nothing else. */
  isAlone: boolean;
  /** The instant since which, according to the admin, the object has no longer been in force. */
  liftedAt?: Instant;
}
