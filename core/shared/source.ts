import type { Instant } from './instant.ts';

/** Where a credential was read. `entry` names the place in the file, `''` when the file is the credential. */
export interface Source {
  path: string;
  entry: string;
  /** Last change of the file when it was read. */
  fileModified: Instant;
  /** The last time that it was read there. */
  readAt: Instant;
}
