import type { Instant } from './instant.ts';

/** The place where a credential was read. `entry` names the place in the file; `''` if the file is the credential. */
export interface Source {
  path: string;
  entry: string;
  /** Last modification of the file at the time of reading. */
  fileModified: Instant;
  /** Time of the last reading. */
  readAt: Instant;
}
