import type { Instant } from './instant.ts';

/** `entry` names the place in the file; `''` if the file is the credential. */
export interface Source {
  path: string;
  entry: string;
  /** Last modification of the file at the time of reading. */
  fileModified: Instant;
  readAt: Instant;
}
